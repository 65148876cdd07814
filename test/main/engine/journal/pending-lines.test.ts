import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PendingLines } from '../../../../main/engine/journal/pending-lines.ts';

/** Writes everything with a file that takes `steps[i]` bytes at a time; the text that the file then holds. */
function written(lines: readonly string[], steps: readonly number[], mostBytes = 1e6): string {
  const pending = new PendingLines(mostBytes);
  let file = '';
  let turn = 0;
  const step = (): void => {
    const bytes = pending.toWrite();
    const taken = Math.min(bytes.length, steps[turn++ % steps.length] ?? 1e6);
    file += bytes.subarray(0, taken).toString('latin1');
    pending.taken(taken);
  };
  for (const line of lines) {
    pending.add(line);
    step();
  }
  for (let guard = 0; !pending.isEmpty && guard < 10_000; guard += 1) {
    pending.taken(pending.toWrite().length > 0 ? take(1e6) : 0);
  }
  return file;

  function take(most: number): number {
    const bytes = pending.toWrite();
    const taken = Math.min(bytes.length, most);
    file += bytes.subarray(0, taken).toString('latin1');
    return taken;
  }
}

describe('pending lines', () => {
  it('are written whole where the file takes all', () => {
    expect(written(['a\n', 'bc\n'], [1e6])).toBe('a\nbc\n');
  });

  it('are written again after a piece that was torn off', () => {
    expect(written(['abcd\n'], [2])).toBe('ab\nabcd\n');
  });

  it('come out whole and in order however little the file takes at a time', () => {
    const line = fc.stringMatching(/^[a-z]{20,30}$/).map((text) => `{${text}}\n`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(fc.nat(60), { minLength: 1 }), (lines, steps) => {
        const whole = written(lines, steps)
          .split('\n')
          .filter((text) => /^\{[a-z]+\}$/.test(text));
        expect(whole.map((text) => `${text}\n`)).toEqual(lines);
      }),
    );
  });

  it('say how many gave way, where they would have stood', () => {
    const pending = new PendingLines(10);
    for (const line of ['1234\n', '2345\n', '3456\n']) pending.add(line);
    expect(pending.lostCount).toBe(1);
    expect(pending.toWrite().toString()).toBe('{"lostEvents":1}\n2345\n3456\n');
  });

  it('longer than all that may wait are lost, and counted', () => {
    const pending = new PendingLines(3);
    pending.add('1234\n');
    expect(pending.toWrite().toString()).toBe('{"lostEvents":1}\n');
    pending.taken(pending.toWrite().length);
    expect(pending.isEmpty).toBe(true);
  });
});
