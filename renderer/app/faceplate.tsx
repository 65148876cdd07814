import { Cable, History, LibraryBig, Settings2 } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useConnection, useStation } from '../store/context.tsx';
import { Lamp } from '../ui/badge.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import type { Tone } from '../ui/tone.ts';
import styles from './faceplate.module.css';
import { appCatalogue } from './messages.ts';
import { type Route, hrefOf, routes } from './route.ts';

const icons = { station: Cable, library: LibraryBig, sessions: History, settings: Settings2 };

/** The station's front: where to go, and in one lamp how it is. The cable leads to the screen that is shown. */
export function Faceplate({ route }: { readonly route: Route }) {
  const messages = useMessages(appCatalogue);
  return (
    <header className={styles.faceplate}>
      <div className={styles.name}>
        <Mark />
        <span className={styles.word}>{messages.name}</span>
      </div>
      <nav aria-label={messages.nav.label} className={styles.nav}>
        <ul>
          {routes.map((name) => {
            const Icon = icons[name];
            return (
              <li key={name}>
                <a
                  href={hrefOf(name)}
                  className={styles.way}
                  title={messages.nav[name]}
                  aria-current={name === route ? 'page' : undefined}
                >
                  <Icon aria-hidden />
                  <span className={styles.word}>{messages.nav[name]}</span>
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <StationLamp />
    </header>
  );
}

function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 28 28" aria-hidden>
      <path d="M7 14H23M7 14C15 14 12 5 20 5H23M7 14C15 14 12 23 20 23H23" />
      <circle cx="6" cy="14" r="4.500" className={styles.plug} />
      <circle cx="23.500" cy="5" r="3" className={styles.live} />
      <circle cx="23.500" cy="14" r="3" className={styles.live} />
      <circle cx="23.500" cy="23" r="3" className={styles.live} />
    </svg>
  );
}

function StationLamp() {
  const messages = useMessages(appCatalogue);
  const connection = useConnection();
  const session = useStation((station) => station.session);
  const { version, hostName, readOnly } = useStation((station) => station.station);
  const { lamp } = messages;
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
        {readOnly ? lamp.readOnly : <Untrusted text={hostName} most={40} />} · {version}
      </div>
    </div>
  );
}
