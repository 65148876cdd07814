import { FlaskConical, TriangleAlert, Tv } from 'lucide-react';
import { memo } from 'react';
import type { SessionState } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Badge, Lamp } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import type { Tone } from '../ui/tone.ts';
import { Untrusted } from '../ui/untrusted.tsx';
import { Elapsed } from './elapsed.tsx';
import { EndedActions } from './ended-actions.tsx';
import { monitorCatalogue } from './messages.ts';
import { RouterSettingsButton } from './router-settings.tsx';
import styles from './session-header.module.css';
import { StopSession } from './stop-session.tsx';

const tones: Record<SessionState['state'], Tone> = {
  starting: 'wire',
  running: 'wire',
  stopping: 'waiting',
  ended: 'neutral',
  failed: 'trouble',
};

interface SessionHeaderProps {
  readonly session: SessionState;
  readonly isWall: boolean;
  readonly onWall: (isWall: boolean) => void;
}

/** What runs, where, since when; and how to end it. */
export const SessionHeader = memo(function SessionHeader({ session, isWall, onWall }: SessionHeaderProps) {
  const words = useMessages(monitorCatalogue).session;
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const { state, startedAtMs, endedAtMs } = session;
  const isOver = state === 'ended' || state === 'failed';
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <div className={styles.first}>
          <h1 className={styles.title}>
            <Untrusted text={session.imageName} oneLine />
          </h1>
          {session.rehearsal && (
            <Badge tone="wire" icon={<FlaskConical aria-hidden />}>
              {words.rehearsal}
            </Badge>
          )}
          {session.destructive && (
            <Badge tone="trouble" icon={<TriangleAlert aria-hidden />}>
              {words.destructive}
            </Badge>
          )}
        </div>
        <SessionFacts session={session} />
      </div>
      <div className={styles.clock}>
        <span className={styles.state} role="status">
          <Lamp tone={tones[state]} live={!isOver} />
          {words.state[state]}
        </span>
        <span className={styles.time} role="timer" aria-label={isOver ? words.lasted : words.elapsed}>
          <Elapsed sinceMs={startedAtMs} untilMs={endedAtMs} />
        </span>
      </div>
      <div className={styles.actions}>
        <Button kind="quiet" icon={<Tv aria-hidden />} aria-pressed={isWall} onClick={() => onWall(!isWall)}>
          {isWall ? words.desk : words.wall}
        </Button>
        {session.mode === 'proxy' && !isOver && session.routerSettings !== undefined && (
          <RouterSettingsButton settings={session.routerSettings} />
        )}
        {!isReadOnly &&
          (isOver ? <EndedActions session={session} /> : <StopSession isStopping={state === 'stopping'} />)}
      </div>
    </header>
  );
});

function SessionFacts({ session }: { readonly session: SessionState }) {
  const words = useMessages(monitorCatalogue).session;
  const format = useFormats();
  const { entryTitle, draft, address, mode, pool, linkMbps, rehearsal } = session;
  return (
    <ul className={styles.facts} aria-label={words.facts}>
      <li>
        <Untrusted text={entryTitle} most={60} />
      </li>
      {!rehearsal && (
        <>
          <li>
            <Untrusted text={draft.interfaceName} most={40} />
            {linkMbps !== undefined && `, ${format.linkSpeed(linkMbps)}`}
          </li>
          {address !== undefined && <li className={styles.code}>{address}</li>}
          {mode === 'proxy' ? (
            <li>{words.proxy}</li>
          ) : (
            pool !== undefined && <li>{words.pool(pool.first, pool.last)}</li>
          )}
        </>
      )}
    </ul>
  );
}
