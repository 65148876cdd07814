import { describe, expect, it } from 'vitest';
import { readAnswerFile } from '../../../renderer/answers/read-answer-file.ts';

const file = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => new File([bytes], name);

describe('readAnswerFile', () => {
  it('reads text', async () => {
    expect(await readAnswerFile(file('bench.cfg', 'd-i x string é\n'))).toEqual({
      text: 'd-i x string é\n',
    });
  });

  it.each([
    ['what is no UTF-8', new Uint8Array([0x64, 0xff, 0xfe]), 'notText'],
    ['what holds a NUL', 'a\0b', 'notText'],
    ['what is larger than any answer file', 'x'.repeat(1_000_001), 'tooLarge'],
  ])('refuses %s', async (_what, bytes, problem) => {
    expect(await readAnswerFile(file('x', bytes))).toBe(problem);
  });
});
