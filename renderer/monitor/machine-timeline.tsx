import { useEffect } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { EvidenceMark } from './evidence-mark.tsx';
import styles from './machine-timeline.module.css';
import { monitorCatalogue } from './messages.ts';

/** Everything that is known of a machine's way, the newest first. */
export function MachineTimeline({ client }: { readonly client: MonitoredClient }) {
  const words = useMessages(monitorCatalogue).drawer;
  const messages = useMessages(monitorCatalogue);
  const format = useFormats();
  const { id: clientId, stage, sentence, boots } = client;
  const { run, value, error, busy } = useCall('clients.timeline');
  useEffect(() => {
    void run({ clientId });
    // Progress alone adds nothing to a timeline; a new stage or a new sentence does.
  }, [run, clientId, stage, sentence, boots]);
  if (error !== undefined) {
    return (
      <ErrorNote
        error={error}
        action={
          <Button size="small" busy={busy} onClick={() => void run({ clientId })}>
            {words.again}
          </Button>
        }
      />
    );
  }
  if (value === undefined) return <Spinner label={words.loading} />;
  if (value.entries.length === 0) return <p>{words.noTimeline}</p>;
  return (
    <ol className={styles.timeline}>
      {value.entries.toReversed().map((entry, index) => (
        <li key={value.entries.length - index} className={styles.entry} data-newest={index === 0}>
          <time className={styles.time}>{format.clock(entry.at)}</time>
          <span className={styles.mark}>
            <EvidenceMark evidence={entry.evidence} />
          </span>
          <div className={styles.words}>
            <span className={styles.stage}>{messages.stages[entry.stage]}</span>
            <Untrusted text={entry.sentence} most={300} />
          </div>
        </li>
      ))}
    </ol>
  );
}
