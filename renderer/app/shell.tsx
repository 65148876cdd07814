import { type ComponentType, Suspense, lazy, useEffect, useRef } from 'react';
import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useDraft, useStation } from '../store/context.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { WizardScreen } from '../wizard/wizard-screen.tsx';
import { ConnectionBanner, ResumeBanner } from './banners.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Faceplate } from './faceplate.tsx';
import { appCatalogue } from './messages.ts';
import { type Route, useRoute } from './route.ts';
import styles from './shell.module.css';

const MonitorScreen = lazy(async () => ({ default: (await import('../monitor/monitor-screen.tsx')).MonitorScreen }));
const screens: Record<Exclude<Route, 'station'>, ComponentType> = {
  library: lazy(async () => ({ default: (await import('../library/library-screen.tsx')).LibraryScreen })),
  sessions: lazy(async () => ({ default: (await import('../reports/sessions-screen.tsx')).SessionsScreen })),
  settings: lazy(async () => ({ default: (await import('../settings/settings-screen.tsx')).SettingsScreen })),
};

/** The faceplate with the ways to the screens, the banners that hold everywhere, and the screen itself. */
export function Shell() {
  const messages = useMessages(appCatalogue);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // A new screen is announced by its focus; the first one is announced by the page itself.
    if (!first.current) main.current?.focus();
    first.current = false;
    document.title = `${messages.nav[route]} · ${messages.name}`;
  }, [route]);
  useEffect(() => stayOnDrop(window), []);
  return (
    <div className={styles.shell}>
      <Faceplate route={route} />
      <div className={styles.column}>
        <ConnectionBanner />
        <ResumeBanner />
        <main ref={main} tabIndex={-1} className={styles.screen}>
          <ErrorBoundary key={route}>
            <Suspense
              fallback={
                <div className={styles.loading}>
                  <Spinner label={messages.nav[route]} />
                </div>
              }
            >
              <Screen route={route} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </div>
  );
}

/** A file that is let go beside its place must not make the browser leave for it. */
function stayOnDrop(window: Window): () => void {
  const stay = (event: Event): void => event.preventDefault();
  window.addEventListener('dragover', stay);
  window.addEventListener('drop', stay);
  return () => {
    window.removeEventListener('dragover', stay);
    window.removeEventListener('drop', stay);
  };
}

function Screen({ route }: { readonly route: Route }) {
  const { leftSessionId } = useDraft();
  // A session that has ended stays on the monitor until the person leaves it. Who may only look has no use for the wizard.
  const showsMonitor = useStation(
    ({ station, session }) =>
      station.readOnly || (session !== null && (session.id !== leftSessionId || !isOver(session))),
  );
  if (route !== 'station') {
    const Chosen = screens[route];
    return <Chosen />;
  }
  return showsMonitor ? <MonitorScreen /> : <WizardScreen />;
}

const isOver = ({ state }: SessionState): boolean => state === 'ended' || state === 'failed';
