import { describe, expect, it } from 'vitest';
import { answerFormatSchema, answerSchema } from '../../../../main/contract/answer.ts';
import { answerOfFile } from '../../../../main/engine/answers/answer-of-file.ts';

describe('answerOfFile', () => {
  it.each([
    ['preseed.cfg', 'd-i a/b string x', 'preseed', 'preseed.cfg'],
    ['my answers (1).txt', 'hello', 'plain', 'my_answers__1_.txt'],
    ['bench.yaml', '#cloud-config\na: 1', 'cloud-init', 'user-data'],
    ['meta-data', 'instance-id: x', 'cloud-init', 'meta-data'],
    ['../../etc/passwd', 'root', 'plain', '.._.._etc_passwd'],
    ['..', 'x', 'plain', 'answers'],
  ])('%j %j', (fileName, text, format, served) => {
    expect(answerOfFile(fileName, text)).toEqual({ name: fileName, format, files: [{ name: served, text }] });
  });

  it.each(['a'.repeat(300), '漢字', '\u202Ex', '', ' '])('makes what the contract takes of %j', (name) => {
    for (const format of answerFormatSchema.options) {
      expect(answerSchema.safeParse(answerOfFile(name, '', format)).success).toBe(true);
    }
  });
});
