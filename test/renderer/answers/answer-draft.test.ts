import { describe, expect, it } from 'vitest';
import { type Answer, answerFormatSchema } from '../../../main/contract/answer.ts';
import { previewOf } from '../../../main/engine/answers/session-answers.ts';
import { guessFormat } from '../../../main/engine/answers/guess-format.ts';
import { fileNamesOf, knownFormat, textOf, withFormat, withText } from '../../../renderer/answers/answer-draft.ts';
import { starter } from '../../../renderer/answers/starters.ts';

const preseed: Answer = { name: 'x', format: 'preseed', files: [{ name: 'bench.cfg', text: 'a' }] };

describe('an answer while it is written', () => {
  it('is asked for by the names of its format', () => {
    const cloud = withFormat(preseed, 'cloud-init');
    expect(cloud.files).toEqual([{ name: 'user-data', text: 'a' }]);
    expect(fileNamesOf(cloud)).toContain('meta-data');
    const more = withText(cloud, 'meta-data', 'b');
    expect(textOf(more, 'meta-data')).toBe('b');
    expect(withFormat(more, 'kickstart').files).toEqual([{ name: 'answers', text: 'a' }]);
    expect(withFormat(preseed, 'kickstart').files).toEqual(preseed.files);
  });

  it('has no empty files beside the first one', () => {
    const more = withText(withFormat(preseed, 'cloud-init'), 'vendor-data', 'x');
    expect(withText(more, 'vendor-data', '').files).toHaveLength(1);
    expect(withText(more, 'user-data', '').files).toHaveLength(2);
  });

  it.each([
    ['kickstart', 'kickstart'],
    ['ignition', 'plain'],
    [undefined, 'plain'],
  ])('%j is written as %s', (word, format) => expect(knownFormat(word)).toBe(format));
});

describe('what is there to begin with', () => {
  const formats = answerFormatSchema.options.filter((format) => format !== 'plain');
  it.each(formats)('%s can be served as it is, and is told by its text', (format) => {
    const answer = starter(format, 'new');
    const secrets = { root: 'x', 'password-hash': '$6$x' };
    const { problems, files } = previewOf({ answer, secrets }, { kind: 'example' }, {});
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(files).not.toEqual([]);
    expect(guessFormat('untitled', answer.files[0]?.text ?? '')).toBe(format);
  });
});
