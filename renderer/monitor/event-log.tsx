import { ArrowDownToLine, X } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../main/contract/state.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './event-log.module.css';
import { monitorCatalogue } from './messages.ts';

interface EventLogProps {
  readonly onOpen: (mac: string) => void;
  readonly onClose: () => void;
}

/** What happened on the wire. Follows the newest line until somebody scrolls up to read; what they read then stays still. */
export const EventLog = memo(function EventLog({ onOpen, onClose }: EventLogProps) {
  const words = useMessages(monitorCatalogue).log;
  const log = useStation((station) => station.log);
  const [held, setHeld] = useState<readonly LogLine[]>();
  const list = useRef<HTMLOListElement>(null);
  const shown = held ?? log;
  const lastHeld = held?.at(-1)?.id ?? 0;
  const newer = held === undefined ? 0 : log.filter(({ id }) => id > lastHeld).length;

  useEffect(() => {
    if (held === undefined) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [held, log]);

  const onScroll = (): void => {
    const element = list.current;
    if (element === null) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    if (!isAtEnd && held === undefined) setHeld(log);
    if (isAtEnd && held !== undefined && newer === 0) setHeld(undefined);
  };
  return (
    <section className={styles.panel} aria-label={words.title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{words.title}</h2>
        {held === undefined ? (
          <span className={styles.state}>{words.following}</span>
        ) : (
          <>
            <span className={styles.state}>{newer > 0 ? words.newer(newer) : words.paused}</span>
            <Button size="small" icon={<ArrowDownToLine aria-hidden />} onClick={() => setHeld(undefined)}>
              {words.follow}
            </Button>
          </>
        )}
        <IconButton size="small" label={words.close} icon={<X aria-hidden />} onClick={onClose} />
      </header>
      {shown.length === 0 ? (
        <p className={styles.empty}>{words.empty}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <ol ref={list} className={styles.list} tabIndex={0} aria-label={words.title} onScroll={onScroll}>
          {shown.map((line) => (
            <Line key={line.id} line={line} onOpen={onOpen} />
          ))}
        </ol>
      )}
    </section>
  );
});

const Line = memo(function Line({ line, onOpen }: { readonly line: LogLine; readonly onOpen: (mac: string) => void }) {
  const words = useMessages(monitorCatalogue).log;
  const format = useFormats();
  const { at, level, mac, text } = line;
  return (
    <li className={styles.line} data-level={level}>
      <time className={styles.time}>{format.clock(at)}</time>
      <span className={styles.words}>
        {level !== 'info' && <span className={styles.level}>{words.level[level]}</span>}
        <Untrusted text={text} most={300} />
        {mac !== undefined && (
          <button type="button" className={styles.mac} onClick={() => onOpen(mac)}>
            {mac}
          </button>
        )}
      </span>
    </li>
  );
});
