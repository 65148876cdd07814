import { type Evidence, type SessionState, stageNames } from '../../main/contract/session.ts';
import { formatsOf } from '../language/formats.ts';

const format = formatsOf('en-GB');

const machines = (count: number): string => format.count(count, 'machine', 'machines');

export const evidenceWords: Record<Evidence, { readonly name: string; readonly meaning: string }> = {
  seen: { name: 'Seen', meaning: 'Seen on the wire: this station sent or received it.' },
  reported: { name: 'Reported', meaning: 'Reported: the machine itself said so.' },
  inferred: { name: 'Inferred', meaning: 'Inferred: nothing says so, but all that was seen speaks for it.' },
};

const stateNames: Record<SessionState['state'], string> = {
  starting: 'Starting',
  running: 'Serving',
  stopping: 'Stopping',
  ended: 'Ended',
  failed: 'Failed',
};

export const monitorMessages = {
  stages: stageNames,
  evidence: evidenceWords,
  session: {
    state: stateNames,
    rehearsal: 'Rehearsal',
    destructive: 'Can erase disks',
    facts: 'About this session',
    // The part that both addresses share is said once.
    pool: (first: string, last: string) => {
      const shared = first.slice(0, first.lastIndexOf('.') + 1);
      return `gives out ${first} to ${last.startsWith(shared) ? last.slice(shared.length - 1) : last}`;
    },
    proxy: 'addresses by another server (ProxyDHCP)',
    elapsed: 'Elapsed',
    lasted: 'Lasted',
    started: 'Bringing up DHCP, TFTP and HTTP',
    wall: 'Wall view',
    desk: 'Desk view',
    again: 'Start again',
    another: 'New session',
  },
  router: {
    open: 'Router settings',
    title: 'Where a machine does not listen',
    text: 'Some firmware hears only the DHCP server that gives it its address. Then that server has to name this station, by these settings.',
    servers: 'Kind of server',
    server: { router: 'Router’s page', dhcpd: 'ISC DHCP', dnsmasq: 'dnsmasq' },
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'The browser does not let it be copied: mark the text and copy it yourself.',
    close: 'Close',
  },
  wire: {
    down: {
      title: (interfaceName: string) => `No link on ${interfaceName}`,
      text: 'Machines cannot reach this station. Plug its cable in, or switch the bench’s switch on: the session goes on by itself.',
    },
    gone: {
      title: (interfaceName: string) => `${interfaceName} is gone`,
      text: 'Its adapter was unplugged. Plug it in, stop this session, and start it again.',
    },
  },
  stop: {
    label: 'Stop',
    title: 'Stop while machines boot?',
    text: (count: number) =>
      `${format.count(count, 'machine is', 'machines are')} still booting and will hang where they are. Running machines that fetch files from here may hang too.`,
    keep: 'Keep serving',
    stop: 'Stop the session',
  },
  totals: {
    label: 'Show only',
    all: 'Machines',
    waiting: 'Waiting for you',
    booting: 'Booting',
    running: 'Running',
    trouble: 'In trouble',
  },
  throughput: {
    label: (now: number, highest: number) =>
      `Throughput of the last minutes: ${format.rate(now)} now, ${format.rate(highest)} at most`,
    now: 'Sent to machines',
    highest: 'At most',
    share: (percent: number) => `${format.percent(percent)} of the wire`,
    limit: (bytesPerSecond: number) => `limit of the wire ${format.rate(bytesPerSecond)}`,
    noLimit: 'no wire in between',
    ago: (minutes: number) => `${format.number(minutes)} min ago`,
    present: 'now',
    end: 'the end',
  },
  toolbar: {
    search: 'Search name, MAC, model, serial',
    view: 'View',
    cards: 'Cards',
    table: 'Table',
    sort: (order: string) => `Sort: ${order}`,
    log: 'Event log',
  },
  order: {
    attention: 'Needs you first',
    stage: 'Furthest first',
    name: 'Name',
    arrival: 'First seen',
  },
  legend: { label: 'How a stage is known' },
  machine: {
    rail: (stage: string, evidence: string) => `Boot: ${stage}, ${evidence}`,
    code: 'Code on its screen',
    sinceStage: 'Time in this stage',
    refused: 'Refused',
    serial: 'S/N',
  },
  rename: { label: 'Name of this machine', start: 'Rename', hint: 'Enter keeps it, Escape leaves it as it was.' },
  approval: {
    approve: 'Approve',
    refuse: 'Refuse',
    approveAfterAll: 'Approve after all',
    approveName: (name: string) => `Approve ${name}`,
    refuseName: (name: string) => `Refuse ${name}`,
    band: (count: number) => `${format.count(count, 'machine waits', 'machines wait')} for your approval`,
    bandText: 'Compare the code with the one on the machine’s own screen.',
    all: 'Approve all',
    allTitle: (count: number) => `Approve ${machines(count)}?`,
    allDestructive: (entry: string) => `They start ${entry}, which can erase their disks.`,
    allHarmless: (entry: string) => `They start ${entry}.`,
    allDo: (count: number) => `Approve ${format.number(count)}`,
    cancel: 'Cancel',
  },
  selection: {
    all: 'Select all that are shown',
    one: (name: string) => `Select ${name}`,
    count: (count: number) => `${format.number(count)} selected`,
    copy: 'Copy MACs',
    clear: 'Clear',
  },
  table: {
    label: 'Machines',
    machine: 'Machine',
    mac: 'MAC',
    model: 'Vendor, model',
    serial: 'Serial',
    firmware: 'Firmware',
    rail: 'Boot',
    stage: 'Stage',
    percent: '%',
    rate: 'Rate',
    time: 'In stage',
    sentence: 'What it does',
  },
  drawer: {
    close: 'Close',
    timeline: 'Timeline',
    noTimeline: 'Nothing is written down for this machine yet.',
    facts: 'Facts',
    copyAll: 'Copy all',
    copied: 'Copied',
    notCopied: 'The browser did not let it be copied. Select the text instead.',
    loading: 'Reading the timeline',
    again: 'Try again',
    labels: {
      asset: 'Asset tag',
      processor: 'Processor',
      memory: 'Memory',
      mac: 'MAC',
      macs: 'MACs',
      networkChip: 'Network chip',
      address: 'Address',
      reservedAddress: 'Kept address',
      hostName: 'Host name',
      manufacturer: 'Manufacturer',
      product: 'Model',
      vendor: 'Network card',
      serial: 'Serial number',
      uuid: 'UUID',
      firmware: 'Firmware',
      loader: 'Boot loader',
      boots: 'Boots',
      firstSeen: 'First seen',
      lastSeen: 'Last heard',
      approval: 'Approval',
    },
    approval: { approved: 'may boot', waiting: 'waits for you', refused: 'refused' },
    approvalUse: {
      armed: 'Approved for one boot, which it has not had yet.',
      used: 'It had the boot that it was approved for.',
    },
    bootOnce: 'Let it boot once more',
  },
  keeping: {
    title: 'Keep for this machine',
    address: 'Its address',
    addressHint: 'Given to it when it asks next. Empty: one of the pool.',
    keep: 'Keep',
    free: 'Free it',
    wake: 'Wake up',
    wakeHint: 'Wake-on-LAN, over this session’s interface. It has to be allowed in its firmware.',
    woken: 'Woken',
    wakeListed: (count: number) =>
      count === 1 ? 'Wake the machine of your list' : `Wake the ${format.number(count)} machines of your list`,
    wakeChosen: (count: number) => `Wake ${format.number(count)}`,
  },
  log: {
    title: 'Event log',
    empty: 'What happens on the wire is written here.',
    follow: 'Follow',
    following: 'Follows',
    newer: (count: number) => `${format.number(count)} newer`,
    paused: 'Paused',
    close: 'Close the event log',
    level: { info: 'Note', warning: 'Warning', error: 'Error' },
  },
  empty: {
    title: 'Waiting for machines',
    text: 'Switch them on and let them boot from the network. Each one shows here as soon as it asks for an address.',
    checks: [
      {
        title: 'Cable',
        text: (interfaceName: string) =>
          `The machine is on the switch that ${interfaceName} leads to, and its port lights up.`,
      },
      {
        title: 'Boot menu',
        text: () => 'Press F12, F11, F9 or Esc at power-on and choose the network card (PXE, IPv4).',
      },
      { title: 'Firmware', text: () => 'Network boot (PXE, “network stack”) is switched on in the firmware set-up.' },
    ],
    ended: { title: 'No machine asked', text: 'While this session ran, no machine asked for an address.' },
  },
  noMatch: {
    title: 'No machine fits',
    text: 'Other machines are hidden by the search or by what is shown only.',
    clear: 'Show all',
  },
  noSession: {
    screen: 'Station',
    title: 'No session is running',
    text: 'As soon as one is started at the station, its machines show here.',
  },
} as const;
