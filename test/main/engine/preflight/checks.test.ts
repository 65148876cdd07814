import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import type { ImageDescription } from '../../../../main/contract/image.ts';
import type { NetworkInterface } from '../../../../main/contract/network.ts';
import {
  type ForeignServer,
  type PreflightCheck,
  preflightCheckSchema,
  type ProbeResult,
} from '../../../../main/contract/session.ts';
import { isReady, preflightChecks } from '../../../../main/engine/preflight/checks.ts';
import type { PreflightDraft, PreflightFacts } from '../../../../main/engine/preflight/facts.ts';
import { installEntry, liveEntry, memtestEntry } from '../boot/menu-fixture.ts';

const wired: NetworkInterface = {
  name: 'eth0',
  mac: '52:54:00:00:00:01',
  kind: 'wired',
  link: 'up',
  speedMbps: 1000,
  addresses: [{ address: '192.168.77.1', prefixLength: 24, family: 'IPv4' }],
  defaultRoute: false,
  fit: true,
};
const image: ImageDescription = {
  id: 'debian-12',
  path: '/isos/debian.iso',
  name: 'Debian 12',
  recipe: 'debian-netboot',
  sizeBytes: 1,
  volumeLabel: '',
  fileSystems: ['iso9660'],
  bootCatalogue: ['bios'],
  hybrid: false,
  evidence: [],
  firmware: ['bios'],
  secureBoot: 'unknown',
  destructive: true,
  entries: [installEntry, liveEntry, memtestEntry],
  defaultEntryId: 'install',
  extracted: [{ path: 'a', sizeBytes: 30 * 1024 * 1024 }],
  warnings: [],
};
const silent: ProbeResult = {
  interfaceName: 'eth0',
  servers: [],
  durationMs: 3500,
  proposedMode: 'dhcp',
  reason: 'Nobody.',
};
const router: ForeignServer = { address: '192.168.77.254', kind: 'dhcp' };
const beside: ProbeResult = { ...silent, servers: [router], proposedMode: 'proxy', reason: '192.168.77.254 answers.' };
const elsewhere: ProbeResult = { ...beside, proposedMode: 'none', reason: '192.168.77.254 is of another network.' };
const otherProxy: ProbeResult = { ...elsewhere, servers: [{ ...router, kind: 'proxy' }] };
const nobody = { probe: { ok: true, value: silent } } as const;
const free = [
  { protocol: 'UDP', port: 67, purpose: 'DHCP' },
  { protocol: 'UDP', port: 69, purpose: 'TFTP' },
  { protocol: 'TCP', port: 80, purpose: 'HTTP' },
  { protocol: 'TCP', port: 8080, purpose: 'HTTP' },
] as const;
const taken = (port: number, protocol: 'UDP' | 'TCP'): StationError =>
  new StationError('E_PORT_IN_USE', { port, protocol, address: '0.0.0.0', owner: 'dnsmasq (process 812)' });

const good: PreflightFacts = {
  networkInterface: { ok: true, value: wired },
  probe: { ok: true, value: silent },
  ports: free,
  loaders: {
    ok: true,
    value: { folder: '/loaders', present: ['undionly.kpxe', 'snponly.efi', 'ipxe-arm64.efi'], missing: [] },
  },
  image: { ok: true, value: image },
  freeBytes: 1e12,
};
const draft: PreflightDraft = { interfaceName: 'eth0' };

function check(
  id: PreflightCheck['id'],
  facts: Partial<PreflightFacts>,
  changed: Partial<PreflightDraft> = {},
): PreflightCheck {
  const found = preflightChecks({ ...draft, ...changed }, { ...good, ...facts }).find((one) => one.id === id);
  if (found === undefined) throw new Error(`No check ${id}`);
  return found;
}
const on = (facts: Partial<NetworkInterface>): Partial<PreflightFacts> => ({
  networkInterface: { ok: true, value: { ...wired, ...facts } },
});

describe('preflightChecks', () => {
  it('passes all ten where all is well', () => {
    const checks = preflightChecks(draft, good);
    expect(checks.map(({ id }) => id).toSorted()).toEqual(preflightCheckSchema.shape.id.options.toSorted());
    expect(checks.filter(({ state }) => state !== 'passed')).toEqual([]);
    expect(isReady(checks)).toBe(true);
    for (const one of checks) expect(preflightCheckSchema.parse(one)).toEqual(one);
  });

  it('keeps Start off for an image that has no way over a network, and says why', () => {
    const netboot = { possible: false, because: 'It wants its disc.' } as const;
    const none = { ...image, entries: [], defaultEntryId: '', netboot };
    const checks = preflightChecks(draft, { ...good, image: { ok: true, value: none } });
    expect(checks.find(({ id }) => id === 'image')).toMatchObject({
      state: 'failed',
      detail: 'Debian 12 cannot be booted over a network.',
      advice: 'It wants its disc.',
    });
    expect(checks.map(({ id }) => id)).not.toContain('architecture');
    expect(isReady(checks)).toBe(false);
  });

  it('asks for the loader that Fieldboot may not bring', () => {
    const variants = [{ ...liveEntry.variants[0]!, method: 'wimboot' as const }];
    const windows = { ...image, entries: [{ ...liveEntry, variants }], defaultEntryId: 'live' };
    expect(check('architecture', { image: { ok: true, value: windows } })).toMatchObject({
      state: 'failed',
      advice: expect.stringContaining('ipxe.org/wimboot') as string,
    });
  });

  it('says nothing of an image that nobody asked about', () => {
    const ids = preflightChecks(draft, { ...good, image: undefined }).map(({ id }) => id);
    expect(ids).not.toContain('image');
    expect(ids).not.toContain('disk-space');
  });

  it.each([
    ['no link', 'link', on({ link: 'down' }), {}, { state: 'failed', fix: 'retry' }],
    ['a link nobody knows of', 'link', on({ link: 'unknown' }), {}, { state: 'warning' }],
    ['no address', 'address', on({ addresses: [] }), {}, { state: 'failed', fix: 'assign-address' }],
    ['an address to be given', 'address', on({ addresses: [] }), { address: '10.0.0.1/24' }, { state: 'passed' }],
    ['an address that is none', 'address', {}, { address: '10.0.0.1/31' }, { state: 'failed' }],
    [
      'the way to the internet',
      'interface-fit',
      on({ defaultRoute: true, fit: false, reason: 'it carries the default route' }),
      {},
      { state: 'failed', detail: expect.stringContaining('default route') as string },
    ],
    [
      'an interface whose address a check of its own is about',
      'interface-fit',
      on({ addresses: [], reason: 'it has no IPv4 address yet; a session can give it one' }),
      { address: '10.0.0.1/24' },
      { state: 'passed', detail: 'eth0 is wired and leads to no other network.' },
    ],
    [
      'a slow wire',
      'interface-fit',
      on({ reason: 'it runs at 100 Mbit/s; gigabit boots faster' }),
      {},
      { state: 'passed', detail: 'eth0: it runs at 100 Mbit/s; gigabit boots faster.' },
    ],
    ['the same, meant', 'interface-fit', on({ defaultRoute: true }), { override: true }, { state: 'warning' }],
    ['Wi-Fi', 'interface-fit', on({ kind: 'wireless', fit: false }), {}, { state: 'failed' }],
    [
      'a router where addresses are to be handed out',
      'foreign-dhcp',
      { probe: { ok: true, value: beside } },
      { mode: 'dhcp' },
      { state: 'failed', fix: 'retry', detail: beside.reason },
    ],
    [
      'the same, meant',
      'foreign-dhcp',
      { probe: { ok: true, value: beside } },
      { mode: 'dhcp', override: true },
      { state: 'warning' },
    ],
    [
      'a router',
      'foreign-dhcp',
      { probe: { ok: true, value: beside } },
      {},
      { state: 'passed', detail: beside.reason },
    ],
    [
      'a server of another network',
      'foreign-dhcp',
      { probe: { ok: true, value: elsewhere } },
      { override: true },
      {
        state: 'failed',
        detail: elsewhere.reason,
        advice: expect.stringContaining('cannot reach this station') as string,
      },
    ],
    [
      'somebody else who answers network boots',
      'foreign-dhcp',
      { probe: { ok: true, value: otherProxy } },
      {},
      { state: 'failed', fix: 'retry' },
    ],
    [
      'a router, for a proxy',
      'foreign-dhcp',
      { probe: { ok: true, value: beside } },
      { mode: 'proxy' },
      { state: 'passed' },
    ],
    [
      'a server of another network, for a proxy',
      'foreign-dhcp',
      { probe: { ok: true, value: elsewhere } },
      { mode: 'proxy' },
      { state: 'warning', detail: elsewhere.reason },
    ],
    [
      'no router, for a proxy',
      'foreign-dhcp',
      nobody,
      { mode: 'proxy' },
      { state: 'warning', detail: expect.stringContaining('No DHCP server answers on eth0') as string },
    ],
    [
      'a network that others use, beside its router',
      'interface-fit',
      { ...on({ defaultRoute: true, fit: false }), probe: { ok: true, value: beside } },
      {},
      { state: 'passed', detail: expect.stringContaining('stays in charge') as string },
    ],
    [
      'a network that others use, whose router does not answer',
      'interface-fit',
      { ...on({ defaultRoute: true, fit: false }), ...nobody },
      {},
      { state: 'failed' },
    ],
    [
      'addresses of a router',
      'pool',
      { probe: { ok: true, value: beside } },
      { pool: 'nonsense' },
      { state: 'passed' },
    ],
    [
      'a probe that failed',
      'foreign-dhcp',
      { probe: { ok: false, error: taken(68, 'UDP') } },
      {},
      { state: 'failed', detail: expect.stringContaining('dnsmasq') as string },
    ],
    [
      'a probe without a link',
      'foreign-dhcp',
      { ...on({ link: 'down' }), probe: { ok: false, error: taken(68, 'UDP') } },
      {},
      { state: 'warning' },
    ],
    [
      'TFTP taken',
      'ports',
      { ports: [free[0], { ...free[1], error: taken(69, 'UDP') }, free[2]] },
      {},
      { state: 'failed', detail: expect.stringMatching(/^TFTP: .*dnsmasq \(process 812\)/) as string },
    ],
    [
      'port 80 taken',
      'ports',
      { ports: [free[0], free[1], { ...free[2], error: taken(80, 'TCP') }, free[3]] },
      {},
      { state: 'warning', detail: expect.stringContaining('8080') as string },
    ],
    [
      'both web ports taken',
      'ports',
      {
        ports: [
          { ...free[2], error: taken(80, 'TCP') },
          { ...free[3], error: taken(8080, 'TCP') },
        ],
      },
      {},
      { state: 'failed' },
    ],
    ['a pool outside', 'pool', {}, { pool: '10.0.0.1-10.0.0.9' }, { state: 'failed' }],
    [
      'a pool',
      'pool',
      {},
      { pool: '192.168.77.10-192.168.77.20' },
      { state: 'passed', detail: expect.stringContaining('192.168.77.20') as string },
    ],
    [
      'a pool of an address to be given',
      'pool',
      on({ addresses: [] }),
      { address: '10.0.0.1/24', pool: '10.0.0.5-10.0.0.9' },
      { state: 'passed' },
    ],
    ['no address to choose a pool by', 'pool', on({ addresses: [] }), {}, { state: 'warning' }],
    [
      'no loaders',
      'loaders',
      { loaders: { ok: false, error: new StationError('E_LOADERS_MISSING', { folder: 'x', missing: ['y'] }) } },
      {},
      { state: 'failed' },
    ],
    [
      'some loaders',
      'loaders',
      { loaders: { ok: true, value: { folder: '/loaders', present: ['undionly.kpxe'], missing: ['hdt.c32'] } } },
      {},
      { state: 'warning' },
    ],
    [
      'no image',
      'image',
      { image: { ok: false, error: new StationError('E_IMAGE_NOT_FOUND', { path: 'x' }) } },
      {},
      { state: 'failed' },
    ],
    [
      'an image with a warning',
      'image',
      { image: { ok: true, value: { ...image, warnings: ['It stops.'] } } },
      {},
      { state: 'warning', detail: 'Debian 12: It stops.' },
    ],
    [
      'an image that is not what was published',
      'image',
      { checksum: { source: 'SHA256SUMS', matches: false } },
      {},
      {
        state: 'failed',
        required: true,
        fix: 'choose-image',
        detail: 'Debian 12 is not the image that SHA256SUMS describes: its SHA-256 differs.',
        advice: expect.stringContaining('Do not boot machines with it') as string,
      },
    ],
    [
      'the same, meant to start all the same',
      'image',
      { checksum: { source: 'SHA256SUMS', matches: false } },
      { override: true },
      { state: 'failed', required: true },
    ],
    [
      'an image that is what was published',
      'image',
      { checksum: { source: 'SHA256SUMS', matches: true } },
      {},
      { state: 'passed' },
    ],
    [
      'an image whose signature does not fit',
      'image',
      { signature: { state: 'bad', of: 'SHA256SUMS' } },
      {},
      { state: 'failed', required: true, detail: 'The signature beside Debian 12 does not fit SHA256SUMS.' },
    ],
    [
      'an image signed by a key that nobody knows',
      'image',
      { signature: { state: 'unknown-key', of: 'SHA256SUMS' } },
      {},
      { state: 'passed' },
    ],
    ['an entry that is not there', 'architecture', {}, { entryId: 'nope' }, { state: 'failed' }],
    [
      'an entry for two kinds of firmware',
      'architecture',
      {},
      { entryId: 'live' },
      { state: 'passed', detail: 'Live system boots machines with BIOS, UEFI x64.' },
    ],
    [
      'one of two loaders',
      'architecture',
      { loaders: { ok: true, value: { folder: '/loaders', present: ['undionly.kpxe'], missing: [] } } },
      { entryId: 'live' },
      { state: 'warning' },
    ],
    [
      'no loader for the only firmware',
      'architecture',
      { loaders: { ok: true, value: { folder: '/loaders', present: ['undionly.kpxe'], missing: [] } } },
      { entryId: 'memtest' },
      { state: 'failed' },
    ],
    ['a full disk', 'disk-space', { freeBytes: 1024 }, {}, { state: 'warning', required: false }],
    ['a disk nobody knows of', 'disk-space', { freeBytes: undefined }, {}, { state: 'warning' }],
  ] as const)('%s', (_what, id, facts, changed, expected) => {
    expect(check(id, facts as Partial<PreflightFacts>, changed)).toMatchObject(expected);
  });

  it('says of every failure what a person can do', () => {
    const failing = preflightChecks(draft, {
      ...good,
      ...on({ link: 'down', addresses: [], defaultRoute: true }),
      ports: [{ ...free[0], error: taken(67, 'UDP') }],
      image: { ok: false, error: new StationError('E_IMAGE_EMPTY', { path: 'x' }) },
    }).filter(({ state }) => state === 'failed');
    expect(failing.map(({ id }) => id)).toEqual(['link', 'address', 'interface-fit', 'ports', 'image']);
    for (const { advice, detail } of failing) expect([typeof advice, detail.endsWith('.')]).toEqual(['string', true]);
  });

  it('is only about the interface where there is none of that name', () => {
    const error = new StationError('E_INTERFACE_NOT_FOUND', { name: 'x', known: [] });
    const checks = preflightChecks(draft, { ...good, networkInterface: { ok: false, error } });
    expect(checks[0]).toMatchObject({ id: 'link', state: 'failed', required: true });
    expect(checks.map(({ id }) => id)).not.toContain('pool');
  });
});

describe('isReady', () => {
  const one = (state: PreflightCheck['state'], required: boolean): PreflightCheck => ({
    id: 'pool',
    title: '',
    detail: '',
    state,
    required,
  });
  it.each([
    [one('passed', true), true],
    [one('warning', true), true],
    [one('failed', true), false],
    [one('running', true), false],
    [one('failed', false), true],
  ])('%j: %s', (check, ready) => expect(isReady([one('passed', true), check])).toBe(ready));
});
