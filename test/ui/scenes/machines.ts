import type { Firmware } from '../../../main/contract/firmware.ts';
import type { MonitoredClient, SessionState, Stage, TimelineEntry } from '../../../main/contract/session.ts';
import type { LogLine, StationState, ThroughputSample } from '../../../main/contract/state.ts';
import { sceneNowMs } from './scene.ts';
import { benchStation, debianInstaller, wiredBench } from './station.ts';

/** Machines, their log and their wire, made up but always the same. */

const makes = [
  { vendor: 'Dell', manufacturer: 'Dell Inc.', product: 'OptiPlex 7090', prefix: 'd8:9e:f3' },
  { vendor: 'LCFC(HeFei) Electronics', manufacturer: 'LENOVO', product: 'ThinkCentre M75q', prefix: '88:a4:c2' },
  { vendor: 'Hewlett Packard', manufacturer: 'HP', product: 'EliteDesk 800 G6', prefix: 'c8:d9:d2' },
  { vendor: 'Intel Corporate', manufacturer: 'Intel(R) Client Systems', product: 'NUC11PAHi5', prefix: '1c:69:7a' },
] as const;
const firmware: readonly Firmware[] = ['uefi-x64', 'uefi-x64', 'bios', 'uefi-x64', 'uefi-arm64'];

const sentences: Record<Stage, string> = {
  'power-on': 'Its firmware asks for an address and something to boot.',
  dhcp: 'It has an address and was told what to fetch.',
  loader: 'It fetches the loader snponly.efi.',
  menu: 'It fetches its boot script.',
  kernel: 'It fetches the kernel vmlinuz.',
  initrd: 'It fetches the initrd initrd.gz.',
  'system-files': 'It fetches filesystem.squashfs.',
  running: 'It has all it needs and starts Graphical install.',
  done: 'It is done: the system on its own disk runs.',
};

export function machine(index: number, stage: Stage, own: Partial<MonitoredClient> = {}): MonitoredClient {
  const make = makes[index % makes.length] ?? makes[0];
  const fetches = ['loader', 'kernel', 'initrd', 'system-files'].includes(stage);
  const isKnown = !['power-on', 'dhcp', 'loader'].includes(stage);
  const hex = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');
  const mac = `${make.prefix}:${hex(index * 37)}:${hex(index * 91 + 7)}:${hex(index * 13 + 160)}`;
  return {
    id: mac,
    mac,
    vendor: make.vendor,
    firmware: firmware[index % firmware.length] ?? 'uefi-x64',
    ...(stage === 'power-on' ? {} : { address: `192.168.77.${100 + index}` }),
    ...(isKnown
      ? {
          manufacturer: make.manufacturer,
          product: make.product,
          serial: `${make.prefix.slice(0, 2).toUpperCase()}${(index * 7919 + 46_656).toString(36).toUpperCase()}`,
          uuid: `4c4c4544-0035-4a10-8052-b7c04f4d${String(index).padStart(4, '0')}`,
        }
      : {}),
    ...(stage === 'power-on' || stage === 'dhcp' ? {} : { loader: 'snponly.efi' }),
    boots: 1,
    stage,
    evidence: stage === 'running' ? 'inferred' : stage === 'menu' || stage === 'done' ? 'reported' : 'seen',
    stageSinceMs: sceneNowMs - 4000 - index * 3100,
    firstSeenMs: sceneNowMs - 180_000 + index * 4000,
    lastSeenMs: sceneNowMs - (index % 5) * 400,
    ...(fetches
      ? { percent: (index * 23 + 11) % 100, bytesPerSecond: 1_900_000 + ((index * 7_310_000) % 21_000_000) }
      : {}),
    sentence: sentences[stage],
    approval: 'approved',
    ...own,
  };
}

const stages: readonly Stage[] = [
  'initrd',
  'system-files',
  'kernel',
  'running',
  'running',
  'loader',
  'done',
  'menu',
  'system-files',
  'running',
  'dhcp',
  'initrd',
];

export const codes = ['K7P', '4XM', 'RA9', 'HW3', 'C6T', 'N9E'];
export const waitingMachine = (index: number, own: Partial<MonitoredClient> = {}): MonitoredClient =>
  machine(index, 'menu', {
    approval: 'waiting',
    code: codes[index % codes.length],
    sentence: `It waits for approval; its screen shows ${codes[index % codes.length]}.`,
    ...own,
  });

/** A bench in the middle of its work: all stages, a person's names, one machine that waits and two in trouble. */
export const benchMachines: readonly MonitoredClient[] = Array.from({ length: 24 }, (_, index) => {
  if (index === 5) return waitingMachine(index);
  if (index === 13) {
    return machine(index, 'initrd', {
      problem: 'It stopped fetching the initrd initrd.gz: no packet for 30 seconds. Look at its cable.',
      sentence: 'It stopped fetching the initrd initrd.gz: no packet for 30 seconds.',
      percent: 41,
      bytesPerSecond: undefined,
    });
  }
  if (index === 18) return machine(index, 'power-on', { evidence: 'inferred' });
  return machine(
    index,
    stages[index % stages.length] ?? 'initrd',
    index % 6 === 0 ? { name: `Desk ${index + 1}` } : {},
  );
});

/** A lab: two hundred machines. */
export const labMachines: readonly MonitoredClient[] = Array.from({ length: 200 }, (_, index) => {
  if (index % 41 === 5) return waitingMachine(index);
  const own = { name: `Lab ${'ABCD'[Math.floor(index / 50)] ?? 'A'}-${String((index % 50) + 1).padStart(2, '0')}` };
  if (index % 67 === 13)
    return machine(index, 'kernel', {
      ...own,
      problem: 'It could not start what it was given.',
      percent: undefined,
      bytesPerSecond: undefined,
    });
  return machine(index, stages[(index * 5) % stages.length] ?? 'initrd', own);
});

export const runningSession: SessionState = {
  id: 's-21',
  state: 'running',
  rehearsal: false,
  draft: {
    imageId: debianInstaller.id,
    interfaceName: wiredBench.name,
    address: '192.168.77.1/24',
    entryId: 'graphical-install',
    extraArguments: '',
    approval: { kind: 'approved' },
    afterBoot: 'local-disk',
    override: false,
  },
  imageName: debianInstaller.name,
  entryTitle: 'Graphical install',
  destructive: true,
  address: '192.168.77.1',
  baseUrl: 'http://192.168.77.1',
  pool: { first: '192.168.77.100', last: '192.168.77.250' },
  linkMbps: 1000,
  startedAtMs: sceneNowMs - 761_000,
};

/** Five minutes of a bench that was switched on three minutes ago. */
export const throughput: readonly ThroughputSample[] = Array.from({ length: 300 }, (_, index) => {
  const wave = Math.sin(index / 9) * 0.08 + Math.sin(index / 3.1) * 0.05;
  const level = index < 105 ? 0 : index < 120 ? (index - 105) / 15 : index < 210 ? 0.9 : 0.62;
  return {
    at: sceneNowMs - (299 - index) * 1000,
    bytesPerSecond: level === 0 ? 0 : Math.max(0, Math.round(118e6 * Math.min(1, level + wave))),
  };
});

const line = (id: number, secondsAgo: number, text: string, own: Partial<LogLine> = {}): LogLine => ({
  id,
  at: sceneNowMs - secondsAgo * 1000,
  level: 'info',
  text,
  ...own,
});

export function logOf(clients: readonly MonitoredClient[]): LogLine[] {
  const lines = clients.flatMap(({ mac, address = '192.168.77.99' }, index) => [
    line(index * 3 + 1, 180 - index * 4, 'DISCOVER from uefi-x64 firmware', { mac }),
    line(index * 3 + 2, 179 - index * 4, `ACK ${address}, boot file snponly.efi`, { mac }),
  ]);
  return [
    line(0, 190, 'Serving Debian 13.1 netinst: Graphical install on enp3s0 (192.168.77.1).'),
    ...lines,
    line(9001, 52, 'A transfer failed: no packet for 30 seconds.', { level: 'warning', mac: clients[13]?.mac }),
    line(9002, 30, 'Dropped bytes that are no DHCP packet: too short (3 so far).', { level: 'warning' }),
    line(9003, 8, 'No free address: all 151 are taken.', { level: 'error', mac: clients[18]?.mac }),
  ].map((entry, id) => ({ ...entry, id }));
}

export const timeline: readonly TimelineEntry[] = [
  { at: sceneNowMs - 96_000, stage: 'power-on', evidence: 'inferred', sentence: sentences['power-on'] },
  { at: sceneNowMs - 94_000, stage: 'dhcp', evidence: 'seen', sentence: sentences.dhcp },
  { at: sceneNowMs - 92_000, stage: 'loader', evidence: 'seen', sentence: sentences.loader },
  {
    at: sceneNowMs - 91_000,
    stage: 'loader',
    evidence: 'seen',
    sentence:
      'Its firmware fetched snponly.efi and did not start it, as with Secure Boot on. Now it is offered shimx64.efi, loader 3 of 3.',
  },
  {
    at: sceneNowMs - 88_000,
    stage: 'menu',
    evidence: 'reported',
    sentence: 'Its loader says who it is: Dell OptiPlex 7090.',
  },
  {
    at: sceneNowMs - 71_000,
    stage: 'menu',
    evidence: 'seen',
    sentence: 'It was approved, and fetches its boot script.',
  },
  { at: sceneNowMs - 70_000, stage: 'kernel', evidence: 'seen', sentence: sentences.kernel },
  { at: sceneNowMs - 66_000, stage: 'initrd', evidence: 'seen', sentence: sentences.initrd },
];

export const monitorStation: StationState = {
  ...benchStation,
  session: runningSession,
  clients: [...benchMachines],
  log: logOf(benchMachines),
  throughput: [...throughput],
};
