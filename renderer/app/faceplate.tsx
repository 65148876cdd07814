import { Cable, History, LibraryBig, Settings2 } from 'lucide-react';
import { useConnection, useStation } from '../store/context.tsx';
import { Lamp } from '../ui/badge.tsx';
import type { Tone } from '../ui/tone.ts';
import styles from './faceplate.module.css';
import { appMessages } from './messages.en.ts';
import { type Route, hrefOf, routes } from './route.ts';

const icons = { station: Cable, library: LibraryBig, sessions: History, settings: Settings2 };

/** The station's front: where to go, and in one lamp how it is. The cable leads to the screen that is shown. */
export function Faceplate({ route }: { readonly route: Route }) {
  return (
    <div className={styles.faceplate}>
      <div className={styles.name}>
        <Mark />
        <span className={styles.word}>{appMessages.name}</span>
      </div>
      <nav aria-label={appMessages.nav.label} className={styles.nav}>
        <ul>
          {routes.map((name) => {
            const Icon = icons[name];
            return (
              <li key={name}>
                <a href={hrefOf(name)} className={styles.way} aria-current={name === route ? 'page' : undefined}>
                  <Icon aria-hidden />
                  <span className={styles.word}>{appMessages.nav[name]}</span>
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <StationLamp />
    </div>
  );
}

function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 28 28" aria-hidden>
      <path d="M7 5v8a5 5 0 0 0 5 5h9" className={styles.lit} />
      <path d="M7 13v4a6.500 6.500 0 0 0 6.500 6.500h1.500" className={styles.dark} />
      <circle cx="7" cy="5" r="3" className={styles.plug} />
      <circle cx="22" cy="18" r="3" className={styles.live} />
    </svg>
  );
}

function StationLamp() {
  const connection = useConnection();
  const session = useStation((station) => station.session);
  const { version, hostName, readOnly } = useStation((station) => station.station);
  const { lamp } = appMessages;
  const [tone, word]: readonly [Tone, string] =
    connection.state === 'open'
      ? session === null || session.state === 'ended'
        ? ['neutral', lamp.idle]
        : session.state === 'failed'
          ? ['trouble', lamp.failed]
          : ['wire', session.rehearsal ? lamp.rehearsal : lamp[session.state]]
      : ['trouble', lamp.lost];
  const serves = session?.state === 'running' && !session.rehearsal && connection.state === 'open';
  return (
    <div className={styles.status}>
      <div className={styles.state} role="status">
        <Lamp tone={tone} live={tone === 'wire'} />
        <span className={styles.word}>
          {word}
          {serves && <span className={styles.faint}> {lamp.on(session.draft.interfaceName)}</span>}
        </span>
      </div>
      <div className={styles.about}>
        {readOnly ? lamp.readOnly : hostName} · {version}
      </div>
    </div>
  );
}
