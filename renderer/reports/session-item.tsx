import { FlaskConical, MoreHorizontal, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { PastSession } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { goTo } from '../app/route.ts';
import { useChangeDraft, useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { draftAgain } from '../store/wizard-draft.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { sessionsCatalogue } from './messages.ts';
import { RemoveSession } from './remove-session.tsx';
import styles from './session-item.module.css';

/** One session: when, what, where, and how it went. */
export function SessionItem({ session }: { readonly session: PastSession }) {
  const words = useMessages(sessionsCatalogue);
  const format = useFormats();
  const { id, imageName, entryTitle, interfaceName, rehearsal, startedAtMs, endedAtMs, machines, finished } = session;
  const running = useStation((station) => station.session);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const isServing = running !== null && running.endedAtMs === undefined;
  const isThis = isServing && running.id === id;
  const isCutOff = endedAtMs === undefined && !isThis;
  return (
    <li className={styles.item}>
      <span className={styles.time}>{format.time(startedAtMs)}</span>
      <div className={styles.words}>
        <h3 className={styles.image}>
          <Untrusted text={imageName} oneLine />
          {rehearsal && <Badge icon={<FlaskConical aria-hidden />}>{words.rehearsal}</Badge>}
          {isCutOff && <Badge tone="waiting">{words.cutOff}</Badge>}
          {isThis && <Badge tone="wire">{words.running}</Badge>}
        </h3>
        <p className={styles.facts}>
          <Untrusted text={entryTitle} most={60} /> {!rehearsal && words.on(inertText(interfaceName, 40))}
        </p>
      </div>
      <div className={styles.figures}>
        <span>{words.finished(finished, machines)}</span>
        <time className={styles.lasted}>{endedAtMs !== undefined && format.duration(endedAtMs - startedAtMs)}</time>
      </div>
      {!isReadOnly && <SessionActions session={session} isServing={isServing} isThis={isThis} isCutOff={isCutOff} />}
    </li>
  );
}

interface SessionActionsProps {
  readonly session: PastSession;
  /** Some session runs: no other can be started. */
  readonly isServing: boolean;
  readonly isThis: boolean;
  readonly isCutOff: boolean;
}

function SessionActions({ session, isServing, isThis, isCutOff }: SessionActionsProps) {
  const words = useMessages(sessionsCatalogue);
  const change = useChangeDraft();
  const shownSession = useStation((station) => station.session);
  const resume = useCall('session.resume');
  const dismiss = useCall('session.dismiss');
  const [isRemoving, setIsRemoving] = useState(false);
  const canResume = isCutOff && !session.rehearsal && !isServing;
  const again = (): void => {
    change(() => ({ ...draftAgain(session.draft), leftSessionId: shownSession?.id }));
    goTo('station');
  };
  const goOn = async (): Promise<void> => {
    if ((await resume.run({ sessionId: session.id })) !== undefined) goTo('station');
  };
  const error = resume.error ?? dismiss.error;
  return (
    <div className={styles.actions}>
      {isThis && <Button onClick={() => goTo('station')}>{words.show}</Button>}
      {canResume && (
        <Button busy={resume.busy} onClick={() => void goOn()}>
          {words.resume}
        </Button>
      )}
      {!isServing && !canResume && !session.rehearsal && (
        <Button icon={<RotateCcw aria-hidden />} title={words.againTitle} onClick={again}>
          {words.again}
        </Button>
      )}
      {!isThis && (
        <Menu
          trigger={
            <IconButton label={words.more(inertText(session.imageName, 40))} icon={<MoreHorizontal aria-hidden />} />
          }
          items={[
            ...(canResume
              ? [
                  {
                    id: 'again',
                    label: words.again,
                    icon: <RotateCcw aria-hidden />,
                    onChoose: again,
                  },
                  {
                    id: 'dismiss',
                    label: words.dismiss,
                    onChoose: () => void dismiss.run({ sessionId: session.id }),
                  },
                ]
              : []),
            {
              id: 'remove',
              label: words.remove.action,
              icon: <Trash2 aria-hidden />,
              danger: true,
              onChoose: () => setIsRemoving(true),
            },
          ]}
        />
      )}
      {isRemoving && <RemoveSession session={session} onClose={() => setIsRemoving(false)} />}
      {error !== undefined && (
        <div className={styles.error}>
          <ErrorNote error={error} />
        </div>
      )}
    </div>
  );
}
