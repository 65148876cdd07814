import { Unplug } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useConnection, useTransport } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { appCatalogue } from './messages.ts';
import styles from './waiting.module.css';

/** Before the first snapshot: nothing to show yet, and perhaps a reason. */
export function Waiting() {
  const messages = useMessages(appCatalogue);
  const connection = useConnection();
  const transport = useTransport();
  const { refused, lost, connecting } = messages;
  if (connection.state === 'refused') {
    return (
      <main className={styles.waiting}>
        <EmptyState
          icon={<Unplug aria-hidden />}
          title={refused.title}
          action={<Button onClick={() => window.location.reload()}>{refused.retry}</Button>}
        >
          {refused.text}
        </EmptyState>
      </main>
    );
  }
  return (
    <main className={styles.waiting}>
      {connection.state === 'lost' ? (
        <EmptyState
          icon={<Unplug aria-hidden />}
          title={lost.title}
          action={<Button onClick={() => transport.retry()}>{lost.retry}</Button>}
        />
      ) : (
        <Spinner label={connecting} />
      )}
    </main>
  );
}
