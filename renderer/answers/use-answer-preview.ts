import { useEffect } from 'react';
import type { Answer, PreviewMachine, VariableValues } from '../../main/contract/answer.ts';
import { type StationCall, useCall } from '../store/use-call.ts';

/** Long enough that nobody's typing is checked letter by letter. */
const PAUSE_MS = 250;

/** What the station says of an answer, a moment after it was last changed. */
export function useAnswerPreview(
  answer: Answer | undefined,
  machine: PreviewMachine,
  values: { readonly variables: VariableValues; readonly secrets: VariableValues },
): StationCall<'answers.preview'> {
  const preview = useCall('answers.preview');
  const { run } = preview;
  const asked = answer === undefined ? undefined : JSON.stringify({ answer, machine, ...values });
  useEffect(() => {
    if (asked === undefined) return undefined;
    const timer = setTimeout(() => void run(JSON.parse(asked) as Parameters<typeof run>[0]), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked, run]);
  return preview;
}
