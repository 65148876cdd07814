import type { AnswerFormat } from '../../../../main/contract/answer.ts';
import { exampleMachine, valuesOf } from '../../../../main/engine/answers/machine-values.ts';
import { type RenderedAnswer, renderAnswer } from '../../../../main/engine/answers/render-answer.ts';

export const station = { baseUrl: 'http://192.168.77.1', address: '192.168.77.1', imageId: 'debian-12' };

/** One file filled in for the example machine. */
export function render(
  format: AnswerFormat,
  text: string,
  given: Record<string, string> = {},
  {
    name = 'answers',
    secrets = {},
    masked = false,
  }: { name?: string; secrets?: Record<string, string>; masked?: boolean } = {},
): RenderedAnswer {
  const values = valuesOf({ machine: exampleMachine, station, given, secrets });
  return renderAnswer({ format, files: [{ name, text }] }, values, { unknown: (one) => `No ${one}.`, masked });
}

/** The text of its first file; throws what stands in the way. */
export function rendered(...args: Parameters<typeof render>): string {
  const { files, problems } = render(...args);
  const [file] = files;
  if (file === undefined) throw new Error(problems.map(({ message }) => message).join(' '));
  return file.text;
}
