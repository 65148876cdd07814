import { useState } from 'react';
import { useCall } from '../store/use-call.ts';
import type { CallError } from '../transport/transport.ts';
import { readAnswerFile } from './read-answer-file.ts';

export interface AnswerImport {
  /** Resolves to the id it has in the library; to undefined where it is not taken. */
  readonly take: (file: File) => Promise<string | undefined>;
  readonly busy: boolean;
  readonly problem: 'tooLarge' | 'notText' | undefined;
  readonly error: CallError | undefined;
}

/** Puts a file of this computer into the library. */
export function useAnswerImport(): AnswerImport {
  const keep = useCall('answers.import');
  const [problem, setProblem] = useState<'tooLarge' | 'notText'>();
  return {
    busy: keep.busy,
    problem,
    error: keep.error,
    async take(file) {
      const read = await readAnswerFile(file);
      setProblem(typeof read === 'string' ? read : undefined);
      if (typeof read === 'string') return undefined;
      return (await keep.run({ fileName: file.name.slice(-255), text: read.text }))?.answerId;
    },
  };
}
