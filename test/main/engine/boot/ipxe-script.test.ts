import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ipxeBootScript,
  ipxeIdentifyScript,
  ipxeMenuScript,
  ipxeNothingScript,
} from '../../../../main/engine/boot/ipxe-script.ts';
import { installEntry, liveEntry, menu } from './menu-fixture.ts';

const station = { ...menu, baseUrl: 'http://192.168.77.1:8080', timeoutSeconds: undefined };

describe('ipxeMenuScript', () => {
  it('has every entry for every firmware, and paths relative to itself', () => {
    expect(ipxeMenuScript(menu)).toMatchSnapshot();
  });

  it('starts the default entry at once where there is no time-out', () => {
    const script = ipxeMenuScript({ ...menu, timeoutSeconds: undefined });
    expect(script).toContain('goto live\n');
    expect(script).not.toContain('choose');
  });

  it('jumps only to labels that it has', () => {
    for (const timeoutSeconds of [undefined, 5]) {
      const script = ipxeMenuScript({ ...menu, timeoutSeconds });
      const labels = new Set([...script.matchAll(/^:(\S+)/gm)].map(([, label]) => label));
      const targets = [...script.matchAll(/goto (\S+)/g)]
        .map(([, target]) => target)
        .filter((t) => t !== '${selected}');
      expect(targets.filter((target) => !labels.has(target))).toEqual([]);
    }
  });
});

describe('ipxeBootScript', () => {
  it('boots one variant from the station', () => {
    expect(ipxeBootScript(station, liveEntry, liveEntry.variants[0]!)).toMatchSnapshot();
  });

  it('names the initrds, which a UEFI kernel cannot find otherwise', () => {
    for (const variant of installEntry.variants) {
      expect(ipxeBootScript(station, installEntry, variant)).toContain('/vmlinuz initrd=initrd.magic ');
    }
  });

  it('lets nothing out of an image become a command, a comment or a setting of iPXE', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom(
          '\n',
          '\r\n',
          ' || ',
          ' && ',
          ' ; ',
          '#',
          '${net0/mac}',
          '${',
          '$',
          '}',
          '\u2028',
          '\0',
          '"',
          ' ',
        ),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, path, words) => {
        const variant = { ...liveEntry.variants[0]!, kernel: `k${path.join('')}`, commandLine: words.join('') };
        const entry = { ...liveEntry, title: `t${title.join('')}`, variants: [variant] };
        const script = ipxeBootScript({ ...station, title: title.join('') }, entry, variant);
        const kernelLines = script.split('\n').filter((line) => line.startsWith('kernel '));
        expect(kernelLines).toHaveLength(1);
        const tokens = kernelLines[0]!.split(/\s+/);
        expect(tokens.slice(-3)).toEqual(['||', 'goto', 'failed']);
        expect(tokens.slice(0, -3).filter((token) => /^(\|\||&&|;|#.*)$/.test(token))).toEqual([]);
        const settings = [...script.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
        expect(
          settings.every((name) => ['errno', 'failure', 'next-server', 'netX/mac', 'netX/mac:hexhyp'].includes(name!)),
        ).toBe(true);
        expect(script.split('\n')).toHaveLength(13);
      }),
      { examples: [[['$', '${net0/mac}'], [], ['$', '${net0/mac}']]] },
    );
  });
});

describe('ipxeIdentifyScript', () => {
  it('says who the machine is and does not wait for IPv6', () => {
    expect(ipxeIdentifyScript('http://192.168.77.1')).toMatchSnapshot();
  });
});

describe('ipxeNothingScript', () => {
  it('says why, and goes on with the boot order of the machine', () => {
    expect(ipxeNothingScript('not for\nthis || machine')).toMatchSnapshot();
  });
});
