import { CircleAlert, MonitorDown, Unplug } from 'lucide-react';
import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { WakeListed } from './wake-listed.tsx';
import { monitorCatalogue } from './messages.ts';
import styles from './waiting-for-machines.module.css';

/** Before the first machine: what to do, and what to look at when none comes. */
export function WaitingForMachines({ session }: { readonly session: SessionState }) {
  const words = useMessages(monitorCatalogue).empty;
  const messages = useMessages(monitorCatalogue);
  if (session.state === 'failed') {
    const { trouble } = session;
    if (trouble === undefined) return null;
    return (
      <EmptyState icon={<CircleAlert aria-hidden />} title={<Untrusted text={trouble.title} most={300} />}>
        <p role="alert">{trouble.advice}</p>
        <p className={styles.error}>{trouble.code}</p>
      </EmptyState>
    );
  }
  if (session.state === 'starting') {
    return (
      <div className={styles.starting}>
        <Spinner label={messages.session.started} />
      </div>
    );
  }
  if (session.state === 'ended') {
    return (
      <EmptyState icon={<Unplug aria-hidden />} title={words.ended.title}>
        {words.ended.text}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<MonitorDown aria-hidden />} title={words.title}>
      <p>{words.text}</p>
      <ol className={styles.checks}>
        {words.checks.map(({ title, text }, index) => (
          <li key={title} className={styles.check}>
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
            <div>
              <h3 className={styles.title}>{title}</h3>
              <p>{text(inertText(session.draft.interfaceName, 40))}</p>
            </div>
          </li>
        ))}
      </ol>
      {!session.rehearsal && <WakeListed />}
    </EmptyState>
  );
}
