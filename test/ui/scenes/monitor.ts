import { firstLoader } from '../../../main/engine/boot/loader-rungs.ts';
import { routerSettings } from '../../../main/engine/dhcp/router-settings.ts';
import { StationError } from '../../../main/contract/errors.ts';
import type { MonitoredClient, SessionState } from '../../../main/contract/session.ts';
import type { StationState } from '../../../main/contract/state.ts';
import {
  benchMachines,
  labMachines,
  logOf,
  machine,
  monitorStation,
  runningSession,
  timeline,
  waitingMachine,
} from './machines.ts';
import { type Scene, type SceneAnswers, sceneNowMs } from './scene.ts';

const answers: SceneAnswers = { 'clients.timeline': () => ({ entries: [...timeline] }) };

const station = (
  session: Partial<SessionState>,
  clients: readonly MonitoredClient[],
  own: Partial<StationState> = {},
): StationState => ({
  ...monitorStation,
  session: { ...runningSession, ...session },
  clients: [...clients],
  log: logOf(clients),
  ...own,
});

const besideARouter: Partial<SessionState> = {
  address: '192.168.178.20',
  mode: 'proxy',
  modeReason:
    '192.168.178.1 (AVM) already hands out addresses on enp3s0, so this station only tells machines what to boot (ProxyDHCP).',
  routerSettings: routerSettings({
    address: '192.168.178.20',
    baseUrl: 'http://192.168.178.20',
    loaderFor: firstLoader,
  }),
};

const over = { endedAtMs: sceneNowMs - 60_000 };

const hostile = [
  '<img src=x onerror="document.title=\'owned\'">',
  '\u202Egnp.exe\u2066\u0000\u001B[31m',
  'A'.repeat(10_000),
  '\u200B\u200D\uFEFF',
  '💾'.repeat(200),
  'x\n\n\n\ny\t\u2028z',
];

/** Machines whose every word is an attack. */
const hostileMachines = hostile.map((text, index) =>
  machine(index, index === 3 ? 'kernel' : 'running', {
    hostName: text,
    vendor: text,
    manufacturer: text,
    product: text,
    serial: text,
    uuid: text,
    sentence: `It fetches ${text}.`,
    ...(index === 3 ? { problem: text } : {}),
  }),
);

export const monitorScenes: readonly Scene[] = [
  { name: 'monitor-bench', state: monitorStation, answers, inReadme: 'light' },
  {
    name: 'monitor-drawer',
    state: monitorStation,
    answers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Desk 1', exact: true }).click();
      await page.getByText('was approved').waitFor();
    },
    inReadme: 'dark',
  },
  {
    name: 'monitor-proxy',
    state: station({ ...besideARouter }, benchMachines),
    answers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Router settings' }).click();
      await page.getByRole('button', { name: 'dnsmasq' }).click();
      await page.getByText('dhcp-userclass').waitFor();
    },
  },
  {
    name: 'monitor-drawer-facts',
    state: station({}, [
      machine(3, 'running', {
        name: 'Desk 4',
        macs: ['88:a4:c2:6f:18:c7', '00:e0:4c:68:00:1a'],
        memoryMiB: 16_384,
        processor: 'AMD Ryzen 5 PRO 5650GE with Radeon Graphics',
        networkChip: 'rtl8168',
        asset: 'A-10042',
        reservedAddress: '192.168.77.24',
        approvalUse: 'used',
      }),
    ]),
    answers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Desk 4', exact: true }).click();
      await page.getByText('Asset tag').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'monitor-log',
    state: monitorStation,
    act: async (page) => {
      const log = page.getByRole('region', { name: 'Event log' });
      if (!(await log.isVisible())) await page.getByRole('button', { name: 'Event log' }).click();
      await log.waitFor();
    },
  },
  { name: 'monitor-lab', state: station({}, labMachines), answers, inReadme: 'dark' },
  {
    name: 'monitor-lab-selected',
    state: station({}, labMachines),
    act: async (page) => {
      for (const row of [0, 1, 6])
        await page
          .getByRole('checkbox')
          .nth(row + 1)
          .check();
    },
  },
  {
    name: 'monitor-waiting',
    state: station({}, [
      ...[0, 1, 2, 3, 4].map((index) => waitingMachine(index)),
      ...[6, 7, 8].map((index) => machine(index, 'running')),
    ]),
  },
  {
    name: 'monitor-approve-all',
    state: station(
      {},
      [0, 1, 2, 3, 4].map((index) => waitingMachine(index)),
    ),
    act: async (page) => {
      await page.getByRole('button', { name: 'Approve all' }).click();
    },
  },
  {
    name: 'monitor-rename',
    state: station({}, benchMachines.slice(0, 5)),
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Rename/ })
        .nth(2)
        .click();
    },
  },
  {
    name: 'monitor-trouble',
    state: station(
      { trouble: new StationError('E_INTERFACE_LOST', { name: 'enp3s0' }).toReport() },
      benchMachines
        .slice(0, 9)
        .map((client, index) =>
          index % 2 === 0 ? client : { ...client, problem: 'It could not start what it was given.' },
        ),
    ),
  },
  { name: 'monitor-one', state: station({}, benchMachines.slice(0, 1)) },
  { name: 'monitor-empty', state: station({}, [], { throughput: [], log: [] }) },
  {
    name: 'monitor-starting',
    state: station({ state: 'starting', startedAtMs: sceneNowMs - 2000, address: undefined, pool: undefined }, [], {
      throughput: [],
      log: [],
    }),
  },
  {
    name: 'monitor-failed',
    state: station(
      {
        state: 'failed',
        ...over,
        trouble: new StationError('E_PORT_IN_USE', {
          port: 67,
          protocol: 'UDP',
          address: '0.0.0.0',
          owner: 'dnsmasq (812)',
        }).toReport(),
      },
      [],
      { throughput: [], log: [] },
    ),
  },
  {
    name: 'monitor-ended',
    state: station(
      { state: 'ended', ...over },
      benchMachines.map((client, index) =>
        machine(index, index % 3 === 0 ? 'done' : 'running', {
          mac: client.mac,
          name: client.name,
          stageSinceMs: over.endedAtMs - 40_000 - index * 9000,
        }),
      ),
    ),
  },
  {
    name: 'monitor-stop',
    state: monitorStation,
    act: async (page) => {
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
    },
  },
  {
    name: 'monitor-no-match',
    state: monitorStation,
    act: async (page) => {
      await page.getByRole('searchbox').fill('no such machine');
    },
  },
  {
    name: 'monitor-wall',
    state: monitorStation,
    act: async (page) => {
      await page.getByRole('button', { name: 'Wall view' }).click();
    },
  },
  {
    name: 'monitor-rehearsal',
    state: station(
      {
        rehearsal: true,
        destructive: false,
        imageName: 'Rehearsal',
        entryTitle: '24 simulated machines',
        linkMbps: undefined,
        draft: { ...runningSession.draft, interfaceName: 'lo' },
        address: '127.0.0.1',
      },
      benchMachines.map((client) => ({ ...client, approval: 'approved' as const })),
    ),
  },
  {
    name: 'monitor-read-only',
    state: station({}, benchMachines, { station: { ...monitorStation.station, readOnly: true } }),
    answers,
  },
  {
    name: 'monitor-hostile',
    state: station({ imageName: hostile[1] ?? '', entryTitle: hostile[0] ?? '' }, hostileMachines),
    answers,
  },
];
