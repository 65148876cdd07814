import { History } from 'lucide-react';
import { useMemo } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from '../ui/screen.tsx';
import { groupByDay } from './group-by-day.ts';
import { sessionsCatalogue } from './messages.ts';
import { SessionItem } from './session-item.tsx';
import styles from './sessions-screen.module.css';

/** What was booted here, by day. */
export function SessionsScreen() {
  const words = useMessages(sessionsCatalogue);
  const format = useFormats();
  const sessions = useStation((station) => station.sessions);
  const days = useMemo(() => groupByDay(sessions), [sessions]);
  return (
    <Screen title={words.title} lead={words.lead} width="reading">
      {days.length === 0 ? (
        <EmptyState icon={<History aria-hidden />} title={words.empty.title}>
          {words.empty.text}
        </EmptyState>
      ) : (
        days.map(({ startMs, sessions: ofDay }) => (
          <section key={startMs} className={styles.day}>
            <h2 className={styles.date}>
              <time>{format.day(startMs)}</time>
            </h2>
            <ul className={styles.list} aria-label={words.list}>
              {ofDay.map((session) => (
                <SessionItem key={session.id} session={session} />
              ))}
            </ul>
          </section>
        ))
      )}
    </Screen>
  );
}
