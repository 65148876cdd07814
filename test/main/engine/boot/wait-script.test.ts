import { describe, expect, it } from 'vitest';
import { bigText } from '../../../../main/engine/boot/big-text.ts';
import { ipxeWaitScript } from '../../../../main/engine/boot/wait-script.ts';
import { codeAlphabet } from '../../../../main/engine/clients/approval-code.ts';

const baseUrl = 'http://192.168.77.1:8080';

describe('bigText', () => {
  it('draws', () => {
    expect(bigText('7K4', 1)).toEqual(
      [
        '#####  #..#.  ..##.',
        '    #  #.#..  .#.#.',
        '   #.  ##...  #..#.',
        '  #..  #.#..  #####',
        ' #...  #..#.  ...#.',
      ].map((row) => row.replaceAll('.', ' ').trimEnd()),
    );
  });

  it('has another picture of five full rows for every character of a code', () => {
    const pictures = Array.from(codeAlphabet, (character) => bigText(character).join('\n'));
    expect(new Set(pictures).size).toBe(codeAlphabet.length);
    for (const picture of pictures) {
      expect(picture.split('\n').filter((row) => row.includes('#'))).toHaveLength(5);
      expect(Math.max(...picture.split('\n').map((row) => row.length))).toBeLessThanOrEqual(10);
    }
  });

  it('fits on the narrowest console', () => {
    expect(Math.max(...bigText('MMMM').map((row) => row.length))).toBeLessThanOrEqual(80);
  });
});

describe('ipxeWaitScript', () => {
  const script = ipxeWaitScript(baseUrl, '7K4');

  it('shows the code, asks again and takes the place of itself', () => {
    expect(script).toMatchSnapshot();
    expect(script).toContain('Code: 7K4\n');
    expect(script).toContain(`chain --replace --autofree ${baseUrl}/machine.ipxe?mac=\${netX/mac}&`);
    expect(script).toContain('&waited=7K4 ||\n');
  });

  it('goes on where the station does not answer, or somebody presses Ctrl-C', () => {
    const lines = script.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('goto again');
    expect(lines.slice(lines.indexOf(':again') + 1, -1).every((line) => line.endsWith(' ||'))).toBe(true);
  });

  it('starts nothing', () => {
    expect(script).not.toMatch(/^\s*(kernel|initrd|boot|sanboot|exit|imgexec)\b/m);
  });

  it('has no line that iPXE takes for a comment', () => {
    for (const character of codeAlphabet) {
      const lines = ipxeWaitScript(baseUrl, character.repeat(3)).split('\n').slice(1);
      expect(lines.filter((line) => line.includes('#'))).toEqual([]);
    }
  });
});
