import { describe, expect, it } from 'vitest';
import { sessionDraftSchema } from '../../../main/contract/session.ts';
import { readAnswerFile, servedName } from '../../../renderer/wizard/read-answer-file.ts';

const file = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => new File([bytes], name);

describe('readAnswerFile', () => {
  it('reads text', async () => {
    expect(await readAnswerFile(file('bench.cfg', 'd-i x string é\n'))).toEqual({
      name: 'bench.cfg',
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

describe('servedName', () => {
  const nameSchema = sessionDraftSchema.shape.answerFile.unwrap().shape.name;
  it.each([
    ['preseed.cfg', 'preseed.cfg'],
    ['my answers (1).yaml', 'my-answers-1-.yaml'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['..', 'answers'],
    ['漢字', 'answers'],
  ])('%j', (name, served) => {
    expect(servedName(name)).toBe(served);
  });
  it.each(['preseed.cfg', 'a'.repeat(300), '漢字', '\u202Ex', ''])('the contract takes %j', (name) => {
    expect(nameSchema.safeParse(servedName(name)).success).toBe(true);
  });
});
