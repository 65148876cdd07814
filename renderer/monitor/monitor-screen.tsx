import { MonitorOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { ApprovalBand } from './approval-band.tsx';
import { EventLog } from './event-log.tsx';
import { MachineDrawer } from './machine-drawer.tsx';
import type { MachineGroup } from './machine-groups.ts';
import { type MachineOrder, machineOrders } from './machine-order.ts';
import { Machines } from './machines.tsx';
import { useOpenByMac } from './use-open-by-mac.ts';
import { monitorCatalogue } from './messages.ts';
import styles from './monitor-screen.module.css';
import { SessionHeader } from './session-header.tsx';
import { ThroughputChart } from './throughput-chart.tsx';
import { Toolbar } from './toolbar.tsx';
import { Totals } from './totals.tsx';
import { useKeptState } from './use-kept-state.ts';
import { learnStationTime } from './use-second.ts';
import { WireTrouble } from './wire-trouble.tsx';

/** From here on a bench is a lab: rows instead of cards, unless the person says otherwise. */
const manyMachines = 24;
/** Up to here a row has no room: a phone. */
const narrowScreen = 600;
/** From here on there is room for the event log beside four cards. */
const wideScreen = 1500;

/** The session while it runs, and after it until the person goes on. */
export function MonitorScreen() {
  const messages = useMessages(monitorCatalogue);
  const session = useStation((station) => station.session);
  if (session === null) {
    const { screen, title, text } = messages.noSession;
    return (
      <Screen title={screen}>
        <EmptyState icon={<MonitorOff aria-hidden />} title={title}>
          {text}
        </EmptyState>
      </Screen>
    );
  }
  return <Monitor key={session.id} session={session} />;
}

/** While the station serves, it tells its throughput each second: that is its clock. */
function useStationClock(isServing: boolean): void {
  const toldMs = useStation(({ throughput }) => throughput.at(-1)?.at);
  useEffect(() => {
    if (isServing && toldMs !== undefined) learnStationTime(toldMs);
  }, [isServing, toldMs]);
}

function Monitor({ session }: { readonly session: SessionState }) {
  useStationClock(session.state === 'running');
  const isMany = useStation(({ clients }) => clients.length > manyMachines);
  const hasMachines = useStation(({ clients }) => clients.length > 0);
  const [group, setGroup] = useState<MachineGroup>();
  const [search, setSearch] = useState('');
  const [openId, setOpenId] = useState<string>();
  // A line of the log is about an adapter: its machine is the one that used it last.
  const openByMac = useOpenByMac(setOpenId);
  const [order, setOrder] = useKeptState<MachineOrder>('fieldboot.monitor.order', machineOrders, 'attention');
  const [view, setView] = useKeptState('fieldboot.monitor.view', ['auto', 'cards', 'table'], 'auto');
  const [log, setLog] = useKeptState('fieldboot.monitor.log', ['auto', 'open', 'closed'], 'auto');
  const [wall, setWall] = useKeptState('fieldboot.monitor.wall', ['on', 'off'], 'off');
  const side = useRef<HTMLDivElement>(null);
  const isWall = wall === 'on';
  // Before and after a session without machines there is nothing to look for.
  const hasFigures = hasMachines || session.state !== 'failed';
  const hasList = hasMachines || session.state === 'running';
  const shownView = view !== 'auto' ? view : isMany && !isWall && window.innerWidth >= narrowScreen ? 'table' : 'cards';
  const hasLog = !isWall && (log === 'auto' ? window.innerWidth >= wideScreen : log === 'open');
  return (
    <div className={classNames(styles.monitor, isWall && styles.wall)}>
      <div className={styles.head}>
        <SessionHeader session={session} isWall={isWall} onWall={(on) => setWall(on ? 'on' : 'off')} />
        {session.trouble !== undefined && hasFigures && <ErrorNote error={session.trouble} />}
        <WireTrouble session={session} />
      </div>
      <div className={styles.body}>
        <div className={styles.column}>
          <div className={styles.top}>
            {hasFigures && (
              <div className={styles.band}>
                <Totals chosen={group} onChoose={setGroup} />
                <ThroughputChart linkMbps={session.linkMbps} isOver={session.endedAtMs !== undefined} />
              </div>
            )}
            {!isWall && hasList && (
              <Toolbar
                search={search}
                onSearch={setSearch}
                order={order}
                onOrder={setOrder}
                view={shownView}
                onView={setView}
                hasLog={hasLog}
                onLog={(open) => setLog(open ? 'open' : 'closed')}
              />
            )}
            <ApprovalBand />
          </div>
          <Machines
            session={session}
            choice={{ group, search, order }}
            onShowAll={() => {
              setGroup(undefined);
              setSearch('');
            }}
            onOrder={setOrder}
            view={shownView}
            openId={openId}
            onOpen={setOpenId}
          />
        </div>
        {/* One thing at a time beside the machines: the log comes back when the machine is looked at. */}
        <div ref={side} className={styles.side} data-for={openId === undefined ? 'log' : 'machine'}>
          {hasLog && openId === undefined && <EventLog onOpen={openByMac} onClose={() => setLog('closed')} />}
        </div>
        {openId !== undefined && <MachineDrawer clientId={openId} place={side} onClose={() => setOpenId(undefined)} />}
      </div>
    </div>
  );
}
