import { describe, expect, it } from 'vitest';
import { commandLineWords, withWords } from '../../../../main/engine/boot/command-line.ts';
import { ipxeBootScript } from '../../../../main/engine/boot/ipxe-script.ts';
import { sessionEntry } from '../../../../main/engine/boot/session-entry.ts';
import { installEntry, liveEntry, menu } from './menu-fixture.ts';

const linesOf = (...args: Parameters<typeof sessionEntry>): string[] =>
  sessionEntry(...args).variants.map(({ commandLine }) => commandLine);

describe('withWords', () => {
  it.each([
    ['a b', 'c d', 'a b c d'],
    ['', 'c', 'c'],
    ['a', '', 'a'],
    ['a --- quiet', 'c', 'a c --- quiet'],
    ['a -- b', 'c', 'a c -- b'],
    ['a', ' c\n\td\0e ', 'a c d e'],
  ])('%j and %j: %j', (commandLine, added, expected) => expect(withWords(commandLine, added)).toBe(expected));
});

describe('sessionEntry', () => {
  it('is the entry itself where nothing is added', () => {
    expect(sessionEntry(installEntry, {})).toEqual(installEntry);
  });

  it('adds the words of the person to every variant, before what the installed system gets', () => {
    expect(linesOf(installEntry, { extraArguments: 'console=ttyS0 nomodeset' })).toEqual([
      'vga=788 BOOTIF=01-{mac-} console=ttyS0 nomodeset --- quiet',
      'BOOTIF=01-{mac-} console=ttyS0 nomodeset --- quiet',
    ]);
  });

  it('takes the person’s own command line for every variant, its control characters as spaces', () => {
    expect(linesOf(installEntry, { commandLine: ' own {mac-}\n\0x --- y', extraArguments: 'more' })).toEqual([
      'own {mac-} x more --- y',
      'own {mac-} x more --- y',
    ]);
    expect(linesOf(installEntry, { commandLine: '' })).toEqual(['', '']);
  });

  it('names the answer file as the recipe says, and the words of the person behind it', () => {
    const [line] = linesOf(liveEntry, {
      extraArguments: 'locale=de_DE',
      answerFileName: 'bench.cfg',
      answerFileArguments: 'auto=true url={http}/answer/{name}',
    });
    const words = commandLineWords(line ?? '', { http: 'http://192.168.77.1', iso: 'live' });
    expect(words.slice(-3)).toEqual(['auto=true', 'url=http://192.168.77.1/answer/bench.cfg', 'locale=de_DE']);
  });

  it('waits for a person where an answer file may tell a live system to erase disks', () => {
    const answered = { answerFileName: 'a.cfg', answerFileArguments: 'autoinstall s={http}/answer/' };
    expect(sessionEntry(liveEntry, answered).destructive).toBe(true);
    expect(sessionEntry(liveEntry, { extraArguments: 'quiet' }).destructive).toBe(false);
  });

  it.each([
    ['an image that does not know answer files', { answerFileName: 'a.cfg' }],
    ['no answer file', { answerFileArguments: 'url={http}/answer/{name}' }],
  ])('changes no command line with %s', (_what, session) => {
    expect(sessionEntry(liveEntry, session)).toEqual(liveEntry);
  });

  it('lets no word of the person become a command of iPXE', () => {
    const entry = sessionEntry(liveEntry, { extraArguments: 'a || shell\nboot evil && ${net0/mac} # x' });
    const script = ipxeBootScript({ ...menu, baseUrl: 'http://192.168.77.1' }, entry, entry.variants[0]!);
    const [kernel] = script.split('\n').filter((line) => line.startsWith('kernel '));
    expect(kernel).toMatch(/ a +shell boot evil +\{net0\/mac\} +x \|\| goto failed$/);
    expect(script).not.toMatch(/^(shell|boot evil)/m);
  });
});
