import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgressBar, formatBytes, progressLine } from '../../../main/commands/progress.ts';

describe('progressLine', () => {
  const state = { label: 'Hashing', doneBytes: 2.5e9, totalBytes: 5e9, elapsedMs: 5000 };

  it('says how far, how fast and how long', () => {
    expect(progressLine(state, 100)).toBe(
      'Hashing  [###############...............]   50 %  2.5 GB of 5.0 GB  500 MB/s  5 s left',
    );
  });

  it.each([20, 40, 60, 80, 200])('fits into %i columns', (columns) => {
    expect(progressLine(state, columns).length).toBeLessThan(columns);
  });

  it.each([
    [{ ...state, doneBytes: 0, elapsedMs: 0 }, '    0 %'],
    [{ ...state, doneBytes: 0, totalBytes: 0 }, '  100 %'],
    [{ ...state, doneBytes: 6e9 }, '  100 %'],
  ])('copes with the ends', (odd, expected) => {
    const line = progressLine(odd, 100);
    expect(line).toContain(expected);
    expect(line).not.toMatch(/NaN|Infinity/);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [123_456_789, '123 MB'],
    [5e9, '5.0 GB'],
  ])('%i is %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });
});

describe('createProgressBar', () => {
  const terminal = (
    isTTY: boolean,
  ): { stream: PassThrough & { isTTY: boolean; columns: number }; text: () => string } => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    return { stream, text: () => String(stream.read() ?? '') };
  };
  const half = { doneBytes: 1, totalBytes: 2 };

  it('draws on a terminal after a moment, not too often, and cleans up', () => {
    let nowMs = 0;
    const { stream, text } = terminal(true);
    const bar = createProgressBar('Work', stream, () => nowMs);
    bar.update(half);
    expect(text()).toBe('');
    nowMs = 1000;
    bar.update(half);
    expect(text()).toContain('50 %');
    nowMs = 1050;
    bar.update(half);
    expect(text()).toBe('');
    bar[Symbol.dispose]();
    expect(text()).toBe('\u001b[1G\u001b[2K');
    bar[Symbol.dispose]();
    expect(text()).toBe('');
  });

  it('says nothing into a pipe', () => {
    let nowMs = 0;
    const { stream, text } = terminal(false);
    using bar = createProgressBar('Work', stream, () => (nowMs += 1000));
    bar.update(half);
    bar.update(half);
    expect(text()).toBe('');
  });
});
