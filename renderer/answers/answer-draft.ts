import { type Answer, type AnswerFormat, answerFolders, answerFormatSchema } from '../../main/contract/answer.ts';

/** Changes of an answer while it is written. Pure. */

/** In another format the same text is asked for by another name. */
export function withFormat(answer: Answer, format: AnswerFormat): Answer {
  if (answer.format === format) return answer;
  const [first, ...others] = answer.files;
  const folder = answerFolders[format];
  const wasFolder = answerFolders[answer.format] !== undefined;
  const name = folder?.[0] ?? (wasFolder ? 'answers' : first?.name) ?? 'answers';
  const kept = others.filter((file) => folder?.includes(file.name) === true);
  return { ...answer, format, files: [{ name, text: first?.text ?? '' }, ...kept] };
}

/** An empty file beside the main one is none. */
export function withText(answer: Answer, name: string, text: string): Answer {
  const [main] = answer.files;
  const files = answer.files.some((file) => file.name === name)
    ? answer.files.map((file) => (file.name === name ? { name, text } : file))
    : [...answer.files, { name, text }];
  return { ...answer, files: files.filter((file) => file.text !== '' || file.name === main?.name) };
}

/** Names of the files that there are or may be. */
export const fileNamesOf = ({ format, files }: Answer): readonly string[] =>
  answerFolders[format] ?? files.map(({ name }) => name);

export const textOf = ({ files }: Answer, name: string): string => files.find((file) => file.name === name)?.text ?? '';

/** What an image wants, as one of the formats that are known here. */
export function knownFormat(word: string | undefined): AnswerFormat {
  const parsed = answerFormatSchema.safeParse(word);
  return parsed.success ? parsed.data : 'plain';
}
