import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { AnswerProblem } from '../../main/contract/answer.ts';
import { useMessages } from '../language/context.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './answer-problems.module.css';
import { answerCatalogue } from './messages.ts';

interface AnswerProblemsProps {
  readonly problems: readonly AnswerProblem[];
  /** The station has looked at it. */
  readonly isChecked: boolean;
  readonly onGoTo: (problem: AnswerProblem) => void;
}

/** What is wrong, each with the way to its place. */
export function AnswerProblems({ problems, isChecked, onGoTo }: AnswerProblemsProps) {
  const words = useMessages(answerCatalogue).editor;
  if (problems.length === 0) {
    return (
      <p className={styles.none} role="status">
        {isChecked && (
          <>
            <CircleCheck aria-hidden /> {words.noProblems}
          </>
        )}
      </p>
    );
  }
  return (
    <ul className={styles.list} aria-label={words.problemList}>
      {problems.map((problem) => {
        const { file, line, column, severity, message } = problem;
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li key={`${file}:${line}:${column}:${message}`}>
            <button type="button" className={styles.problem} data-severity={severity} onClick={() => onGoTo(problem)}>
              <Icon aria-label={words[severity]} />
              <span className={styles.message}>
                <Untrusted text={message} most={300} />
              </span>
              <span className={styles.place}>{words.place(file, line)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
