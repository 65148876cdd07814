import { useEffect, useState } from 'react';
import type { Answer, PreviewMachine, VariableValues } from '../../main/contract/answer.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Note } from '../ui/note.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { answerCatalogue } from './messages.ts';
import { useAnswerPreview } from './use-answer-preview.ts';

interface AnswerVerdictProps {
  readonly answerId: string;
  readonly variables: VariableValues;
  readonly secrets: VariableValues;
}

const example: PreviewMachine = { kind: 'example' };
const mostShown = 3;

/** Whether a session can start with it as it is. */
export function AnswerVerdict({ answerId, variables, secrets }: AnswerVerdictProps) {
  const messages = useMessages(answerCatalogue);
  const words = messages.choice;
  const { run } = useCall('answers.read');
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    void run({ answerId }).then((opened) => setAnswer(opened?.answer));
  }, [run, answerId]);
  const { value } = useAnswerPreview(answer, example, { variables, secrets });
  if (value === undefined) return null;
  const errors = value.problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return <Note tone="done" title={words.right} />;
  return (
    <Note tone="trouble" title={words.problems(errors.length)}>
      <ul>
        {errors.slice(0, mostShown).map(({ file, line, column, message }) => (
          <li key={`${file}:${line}:${column}:${message}`}>
            {messages.editor.place(file, line)}: <Untrusted text={message} most={200} />
          </li>
        ))}
      </ul>
    </Note>
  );
}
