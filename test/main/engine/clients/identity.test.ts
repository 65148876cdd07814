import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { type Client, hasFinished } from '../../../../main/engine/clients/client.ts';
import { identify } from '../../../../main/engine/clients/identity.ts';
import { applyEvent } from '../../../../main/engine/clients/journey.ts';
import { emptyJourneys, type Journeys } from '../../../../main/engine/clients/journeys.ts';

const adapter = '52:54:00:00:00:01';
const other = '52:54:00:00:00:02';
const uuids = ['4c4c4544-0042-3510-8054-b4c04f4d3331', '4c4c4544-0042-3510-8054-b4c04f4d3332'] as const;
/** Of a board whose maker wrote the same on all: no list of placeholders knows it. */
const batchUuid = '44454c4c-4200-1035-8054-b4c04f4d3333';

interface Says {
  readonly mac?: string;
  /** What firmware sends as option 97. */
  readonly uuid?: string;
  /** What its loader reads from SMBIOS. */
  readonly smbiosUuid?: string;
  readonly serial?: string;
}

const addressOf = (mac: string): string => `192.168.77.1${mac.slice(-2)}`;

const asks = ({ mac = adapter, uuid }: Says): EngineEvent[] => [
  {
    type: 'dhcp.request',
    at: 0,
    mac,
    message: 'DISCOVER',
    transactionId: 1,
    bootClient: 'pxe',
    firmware: 'bios',
    ...(uuid === undefined ? {} : { uuid }),
  },
  { type: 'dhcp.reply', at: 0, mac, message: 'ACK', transactionId: 1, address: addressOf(mac), bootFile: 'x' },
  {
    type: 'transfer.started',
    at: 0,
    transferId: `${mac} loader`,
    protocol: 'tftp',
    peerAddress: addressOf(mac),
    path: 'undionly.kpxe',
    kind: 'loader',
    sizeBytes: 1,
  },
];
const reports = ({ mac = adapter, uuid, smbiosUuid = uuid, serial }: Says): EngineEvent[] => [
  {
    type: 'client.identified',
    at: 0,
    mac,
    peerAddress: addressOf(mac),
    ...(smbiosUuid === undefined ? {} : { uuid: smbiosUuid }),
    ...(serial === undefined ? {} : { serial }),
  },
];
const boots = (says: Says): EngineEvent[] => [...asks(says), ...reports(says)];
/** Everything that it needs is sent to it: it runs what it was given. */
const runs = (mac = adapter): EngineEvent[] => [
  { type: 'client.planned', at: 0, mac, entryTitle: 'Install', bootFiles: ['k'], fetchesSystemFiles: false },
  {
    type: 'transfer.started',
    at: 0,
    transferId: `${mac} k`,
    protocol: 'http',
    peerAddress: addressOf(mac),
    path: 'k',
    kind: 'kernel',
    sizeBytes: 1,
  },
  {
    type: 'transfer.ended',
    at: 0,
    transferId: `${mac} k`,
    outcome: 'complete',
    sentBytes: 1,
    durationMs: 1,
    bytesPerSecond: 1,
    retransmits: 0,
  },
];

function fold(...events: readonly EngineEvent[][]): Journeys {
  const journeys = emptyJourneys();
  for (const [index, event] of events.flat().entries()) applyEvent(journeys, { ...event, at: index * 1000 });
  return journeys;
}
const clients = (...events: readonly EngineEvent[][]): Client[] => [...fold(...events).clients.values()];
const serials = (...events: readonly EngineEvent[][]): (string | undefined)[] =>
  clients(...events).map(({ serial }) => serial);

describe('a shared adapter', () => {
  it('with three serials is three machines', () => {
    const all = clients(...['S-1', 'S-2', 'S-3'].map((serial) => boots({ serial })));
    expect(all.map(({ id, serial, boots }) => ({ id, serial, boots }))).toEqual([
      { id: adapter, serial: 'S-1', boots: 1 },
      { id: `${adapter}/s2`, serial: 'S-2', boots: 1 },
      { id: `${adapter}/s3`, serial: 'S-3', boots: 1 },
    ]);
  });

  it('leaves the first machine as it was when the second one boots', () => {
    const [first, second] = clients(boots({ serial: 'S-1' }), runs(), boots({ serial: 'S-2' }));
    expect(first).toMatchObject({ serial: 'S-1', stage: 'running', finished: true, boots: 1 });
    expect(second).toMatchObject({ serial: 'S-2', stage: 'loader', boots: 1, firmware: 'bios' });
    expect(hasFinished(second!)).toBe(false);
  });

  it('knows each machine again', () => {
    const all = clients(boots({ serial: 'S-1' }), boots({ serial: 'S-2' }), boots({ serial: 's-1 ' }), runs());
    expect(all.map(({ serial, boots, finished }) => ({ serial, boots, finished }))).toEqual([
      { serial: 's-1', boots: 2, finished: true },
      { serial: 'S-2', boots: 1, finished: false },
    ]);
  });

  it('with two UUIDs is two machines before a loader says anything', () => {
    const journeys = fold(boots({ uuid: uuids[0] }), runs(), asks({ uuid: uuids[1] }));
    expect([...journeys.clients.values()].map(({ uuid, finished }) => [uuid, finished])).toEqual([
      [uuids[0], true],
      [uuids[1], false],
    ]);
    expect(identify(journeys, { mac: adapter, uuid: uuids[0] })).toMatchObject({ id: adapter, isCertain: true });
  });

  it('is told apart by the serial where a whole batch has one UUID', () => {
    const uuid = batchUuid;
    const journeys = fold(
      boots({ uuid, serial: 'S-1' }),
      runs(),
      boots({ mac: other, uuid, serial: 'S-2' }),
      asks({ mac: other, uuid }),
    );
    expect([...journeys.clients.values()].map(({ serial, finished, boots }) => [serial, finished, boots])).toEqual([
      ['S-1', true, 1],
      ['S-2', false, 2],
    ]);
  });

  it('is not gone by alone where a serial is known: a second laptop may stand there', () => {
    const journeys = fold(boots({ serial: 'S-1' }));
    expect(identify(journeys, { mac: adapter })).toMatchObject({ id: adapter, isCertain: false });
    expect(identify(journeys, { mac: adapter, serial: 'S-2' })).toMatchObject({ id: `${adapter}/s2` });
    // A machine without serial and UUID has only its adapter.
    expect(identify(fold(boots({ serial: 'Default string' })), { mac: adapter })).toMatchObject({ isCertain: true });
  });
});

describe('a machine with several adapters', () => {
  it.each([
    ['serial and UUID', { serial: 'S-1', uuid: uuids[0] }],
    ['a serial only', { serial: 'S-1' }],
    ['a UUID only', { uuid: uuids[0] }],
    ['a UUID that its loader alone reads', { smbiosUuid: uuids[0] }],
  ])('is one client by %s', (_what, says) => {
    const all = clients(
      boots({ ...says, mac: adapter }),
      boots({ ...says, mac: other }),
      boots({ ...says, mac: adapter }),
    );
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ id: adapter, mac: adapter, macs: [adapter, other], boots: 3 });
  });

  it('is still done when it comes back by the other one', () => {
    const journeys = fold(boots({ serial: 'S-1' }), runs(), boots({ serial: 'S-1', mac: other }));
    const [client] = [...journeys.clients.values()];
    expect([...journeys.clients.keys()]).toEqual([adapter]);
    expect(client).toMatchObject({ mac: other, stage: 'loader', boots: 2 });
    expect(hasFinished(client!)).toBe(true);
  });

  it('tells what became of the client that the second adapter was at first', () => {
    const journeys = fold(boots({ serial: 'S-1' }), asks({ mac: other }));
    expect([...journeys.clients.keys()]).toEqual([adapter, other]);
    for (const event of reports({ mac: other, serial: 'S-1' })) applyEvent(journeys, event);
    expect(journeys.news.merged).toEqual([{ from: other, into: adapter }]);
    expect([...journeys.clients.keys()]).toEqual([adapter]);
  });

  it('is two machines where one serial comes with two UUIDs: clones of a board', () => {
    expect(
      serials(boots({ serial: 'S-1', uuid: uuids[0] }), boots({ serial: 'S-1', uuid: uuids[1], mac: other })),
    ).toEqual(['S-1', 'S-1']);
  });
});

describe('the UUID', () => {
  it('is the same in both byte orders', () => {
    const swapped = '44454c4c-4200-1035-8054-b4c04f4d3331';
    expect(clients(boots({ uuid: uuids[0] }), boots({ uuid: swapped, mac: other }))).toHaveLength(1);
  });

  it('may be one in DHCP and another in SMBIOS', () => {
    const says = { uuid: uuids[0], smbiosUuid: uuids[1] };
    const all = clients(boots(says), runs(), boots({ ...says }), reports(says));
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ boots: 2 });
    expect(clients(boots({ ...says, serial: 'S-1' }), boots({ ...says, serial: 'S-1' }))).toHaveLength(1);
  });

  it.each(['00000000-0000-0000-0000-000000000000', '03000200-0400-0500-0006-000700080009'])('%s joins nobody', (uuid) =>
    expect(clients(boots({ uuid }), boots({ uuid, mac: other })).map(({ id }) => id)).toEqual([adapter, other]),
  );

  it.each(['To be filled by O.E.M.', 'Default string', '0'])('and neither does the serial %j', (serial) => {
    expect(clients(boots({ serial }), boots({ serial, mac: other })).map(({ id }) => id)).toEqual([adapter, other]);
  });
});

describe('identities', () => {
  it('are the same at every replay', () => {
    const told = [
      boots({ serial: 'S-1' }),
      boots({ serial: 'S-2' }),
      runs(),
      boots({ serial: 'S-1', mac: other }),
      boots({}),
    ];
    expect(fold(...told)).toEqual(fold(...told));
  });

  it('of strangers without end take no memory without end', () => {
    const journeys = emptyJourneys();
    for (let index = 0; index < 6000; index++) {
      const mac = `52:54:01:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 0xff).toString(16).padStart(2, '0')}`;
      const uuid = `4c4c4544-0042-3510-8054-${index.toString(16).padStart(12, '0')}`;
      for (const event of boots({ mac, uuid, serial: `S-${index}x` })) applyEvent(journeys, { ...event, at: index });
    }
    const { clients: known, idByMac, idBySerial, idByUuid, uuidOfBoot, clientsOfMac, beforeBoot } = journeys;
    for (const { size } of [known, idByMac, idBySerial, idByUuid, uuidOfBoot, clientsOfMac, beforeBoot]) {
      expect(size).toBeLessThanOrEqual(4096);
    }
  });

  it('of one serial at adapters without end are kept as a few', () => {
    const journeys = emptyJourneys();
    for (let index = 0; index < 100; index++) {
      const mac = `52:54:02:00:00:${index.toString(16).padStart(2, '0')}`;
      const uuid = `4c4c4544-0042-3510-8054-${index.toString(16).padStart(12, '0')}`;
      for (const event of boots({ mac, smbiosUuid: uuids[0], serial: 'S-1' })) applyEvent(journeys, event);
      for (const event of asks({ mac, uuid })) applyEvent(journeys, event);
      for (const event of reports({ mac, uuid: uuids[0], serial: 'S-1' })) applyEvent(journeys, event);
    }
    expect([...journeys.clients.values()].map(({ macs }) => macs.length)).toEqual([16]);
    expect(journeys.idByMac.size).toBeLessThanOrEqual(16);
  });
});
