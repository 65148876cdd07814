import { RotateCcw, Unplug } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useConnection, useStation, useTransport } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import styles from './banners.module.css';
import { appCatalogue } from './messages.ts';
import { goTo } from './route.ts';

/** While the line is cut: what is shown may be old. */
export function ConnectionBanner() {
  const messages = useMessages(appCatalogue);
  const connection = useConnection();
  const transport = useTransport();
  if (connection.state !== 'lost') return null;
  const { title, text, retry } = messages.lost;
  return (
    <div className={styles.banner} data-tone="trouble" role="alert">
      <Unplug className={styles.icon} aria-hidden />
      <p className={styles.words}>
        <strong>
          {title}
          <span className={styles.dots} aria-hidden />
        </strong>{' '}
        {text}
      </p>
      <Button size="small" onClick={() => transport.retry()}>
        {retry}
      </Button>
    </div>
  );
}

/** A session that a crash or a pulled plug cut off can go on where it was. */
export function ResumeBanner() {
  const messages = useMessages(appCatalogue);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const cutOff = useStation(({ session, sessions }) =>
    session !== null && session.state !== 'ended' && session.state !== 'failed'
      ? undefined
      : sessions.find((past) => past.endedAtMs === undefined && past.id !== session?.id && !past.rehearsal),
  );
  const resume = useCall('session.resume');
  const dismiss = useCall('session.dismiss');
  if (cutOff === undefined || isReadOnly) return null;
  const { title, text, resume: resumeLabel, dismiss: dismissLabel } = messages.resume;
  const error = resume.error ?? dismiss.error;
  const start = async (): Promise<void> => {
    if ((await resume.run({ sessionId: cutOff.id })) !== undefined) goTo('station');
  };
  return (
    <>
      <div className={styles.banner} data-tone="waiting" role="status">
        <RotateCcw className={styles.icon} aria-hidden />
        <p className={styles.words}>
          <strong>{title}.</strong> {text(cutOff)}
        </p>
        <Button
          size="small"
          kind="quiet"
          busy={dismiss.busy}
          onClick={() => void dismiss.run({ sessionId: cutOff.id })}
        >
          {dismissLabel}
        </Button>
        <Button size="small" busy={resume.busy} onClick={() => void start()}>
          {resumeLabel}
        </Button>
      </div>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}
