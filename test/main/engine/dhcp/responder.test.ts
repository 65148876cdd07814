import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageTypeNumber } from '../../../../main/engine/dhcp/message.ts';
import { Bench, bootPlan, clientPacket, requested, server, STATION } from './scripted-client.ts';

/** What holds for every reply, whatever was asked. */

type Option = readonly [number, Uint8Array];

const macs = fc.integer({ min: 1, max: 4 }).map((number) => `52:54:00:00:00:0${number}`);
const addresses = fc.constantFrom('10.88.0.50', '10.88.0.51', '10.88.0.52', '10.88.0.1', '10.88.0.255', '192.168.1.9');
const messages = fc.constantFrom(
  ...(Object.keys(messageTypeNumber) as (keyof typeof messageTypeNumber)[]),
  'BOOTP' as const,
);
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const oneOf = (values: readonly string[]): fc.Arbitrary<Uint8Array> =>
  fc.constantFrom(...values).map((value) => new TextEncoder().encode(value));

const options: fc.Arbitrary<Option[]> = fc.uniqueArray(
  fc.oneof(
    addresses.map((address) => requested(address)),
    fc.constantFrom(STATION, '10.88.0.2').map((address) => server(address)),
    fc.tuple(fc.constant(57), fc.uint8Array({ minLength: 2, maxLength: 2 })),
    fc.tuple(fc.constant(60), oneOf(['PXEClient', 'HTTPClient:Arch:00016', 'U-Boot.armv8', 'MSFT 5.0'])),
    fc.tuple(fc.constant(77), oneOf(['iPXE', 'other'])),
    fc.tuple(
      fc.constant(93),
      fc.constantFrom(0, 7, 11, 16, 22, 99).map((code) => Uint8Array.of(0, code)),
    ),
    fc.tuple(fc.constantFrom(12, 55, 61, 82, 94, 97, 175, 230), bytes(255)),
  ),
  { selector: ([code]) => code, maxLength: 8 },
);

const requests = fc.record({
  message: messages,
  mac: macs,
  xid: fc.constantFrom(1, 2, 0xffffffff),
  flags: fc.constantFrom(0, 0x8000),
  ciaddr: fc.oneof(fc.constant('0.0.0.0'), addresses),
  giaddr: fc.constantFrom('0.0.0.0', '10.88.0.250', '172.16.0.1'),
  options,
});

/** A relay sends from its own address. */
const relayOf = ({ giaddr }: { readonly giaddr: string }): string => giaddr;

const bootFiles = fc.oneof(
  fc.constantFrom('undionly.kpxe', 'http://10.88.0.1/boot.ipxe', ''),
  fc.string({ minLength: 100, maxLength: 300 }),
);

const modes = fc.constantFrom('dhcp' as const, 'proxy' as const);

/** Codes of an options area that must be one after the other, each once, to an END with a pad behind it. */
function codesOf(datagram: Uint8Array): number[] {
  const codes: number[] = [];
  let offset = 240;
  while (datagram[offset] !== 255) {
    const code = datagram[offset];
    const length = datagram[offset + 1];
    if (code === undefined || length === undefined) throw new Error('no END');
    codes.push(code);
    offset += 2 + length;
  }
  expect(datagram[offset + 1]).toBe(0);
  expect(datagram.subarray(offset + 1).every((byte) => byte === 0)).toBe(true);
  return codes;
}

const usable = new Set(['0.0.0.0', ...Array.from({ length: 50 }, (_, index) => `10.88.0.${50 + index}`)]);

describe('every reply (TC-26)', () => {
  it('keeps the rules that old firmware depends on', () => {
    let replies = 0;
    fc.assert(
      fc.property(fc.array(requests, { maxLength: 12 }), bootFiles, modes, (packets, bootFile, mode) => {
        const boot = { plan: () => bootPlan(bootFile), router: STATION, dnsServers: ['10.88.0.2'] };
        const bench = new Bench({ ...boot, mode });
        for (const { message, ...packet } of packets) {
          const { prepared, reply } = bench.send(clientPacket(message, packet), { address: relayOf(packet), port: 67 });
          if (prepared === undefined || reply === undefined) continue;
          replies++;
          const codes = codesOf(prepared.bytes);
          const { length } = prepared.bytes;
          expect({
            forbidden: codes.filter((code) => code === 0 || code === 52),
            distinct: new Set(codes).size,
            first: message === 'BOOTP' ? 53 : codes[0],
            relayInformation: codes.includes(82) ? codes.at(-1) : 82,
            isLongEnough: length >= 300,
            isShortEnough: length <= (packet.options.some(([code]) => code === 57) ? 1472 : 548),
            endOfFile: prepared.bytes[108 + 127],
            endOfServerName: prepared.bytes[44 + 63],
            isSubnetBroadcast: prepared.destination.address === '10.88.0.255',
            header: [reply.op, reply.xid, reply.giaddr, reply.hops],
            isOurs: mode === 'proxy' ? reply.yiaddr === '0.0.0.0' : usable.has(reply.yiaddr),
          }).toEqual({
            forbidden: [],
            distinct: codes.length,
            first: 53,
            relayInformation: 82,
            isLongEnough: true,
            isShortEnough: true,
            endOfFile: 0,
            endOfServerName: 0,
            isSubnetBroadcast: false,
            header: [2, packet.xid, packet.giaddr, 0],
            isOurs: true,
          });
        }
      }),
      { numRuns: 800 },
    );
    // A property over silence would hold for a station that never answers.
    expect(replies).toBeGreaterThan(300);
  });
});

describe('one address has one owner', () => {
  it('through any sequence of messages, clients and waits', () => {
    const steps = fc.array(fc.tuple(requests, fc.constantFrom(0, 1_000, 61_000, 3_601_000)), {
      minLength: 30,
      maxLength: 60,
    });
    let promises = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        const bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.52' } });
        /** What clients believe: address -> owner and end. */
        const believed = new Map<string, { mac: string; endsAtMs: number }>();
        for (const [{ message, ...packet }, waitMs] of sequence) {
          bench.pass(waitMs);
          const exchange = bench.send(clientPacket(message, packet));
          if (exchange.binding?.kind === 'released' || exchange.binding?.kind === 'declined') {
            believed.delete(exchange.binding.address);
          }
          const isPromise = exchange.message === 'ACK' && exchange.reply?.yiaddr !== '0.0.0.0';
          if (!isPromise && exchange.message !== 'BOOTP') continue;
          const address = exchange.reply?.yiaddr ?? '';
          const owner = believed.get(address);
          const isTaken = owner !== undefined && owner.endsAtMs > bench.nowMs;
          expect(isTaken ? owner.mac : packet.mac).toBe(packet.mac);
          promises++;
          believed.set(address, { mac: packet.mac, endsAtMs: exchange.binding?.expiresAtMs ?? 0 });
        }
      }),
      { numRuns: 500 },
    );
    expect(promises).toBeGreaterThan(300);
  });
});

describe('garbage (TC-23, TC-28)', () => {
  const folder = join(import.meta.dirname, '../../../fixtures/dhcp/captured');
  const seeds = readdirSync(folder)
    .filter((name) => name.endsWith('.hex'))
    .map((name) => Uint8Array.from(Buffer.from(readFileSync(join(folder, name), 'utf8').replace(/\s/g, ''), 'hex')));

  it('is never answered and never takes an address', () => {
    const bench = new Bench();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (datagram) => {
        datagram[0] = datagram[0] === 1 ? 3 : (datagram[0] ?? 3);
        expect(bench.send(datagram).outcome.kind).toBe('dropped');
      }),
      { numRuns: 3000 },
    );
    expect([...bench.pool.lasting()]).toEqual([]);
  });

  // What ended other servers: ISC's CVE-2019-6473 and its like.
  it.each<[string, number, readonly number[]]>([
    ['an empty host name', 12, []],
    ['a host name of a dot', 12, [46]],
    ['a host name of dots', 12, [46, 46, 46]],
    ['a host name of NULs', 12, [0, 0, 0, 0]],
    ['a host name that is no UTF-8', 12, [0xff, 0xfe, 0xc0, 0x80]],
    ['a host name of 255 bytes', 12, Array.from({ length: 255 }, () => 97)],
    ['a domain name with an empty label', 81, [0, 0, 0, 46]],
    ['an empty client identifier', 61, []],
    ['a client identifier of 255 bytes', 61, Array.from({ length: 255 }, () => 255)],
    ['an empty parameter request list', 55, []],
    ['a requested address of 3 bytes', 50, [10, 88, 0]],
    ['a server identifier of 5 bytes', 54, [10, 88, 0, 1, 0]],
    ['a maximum size of 1 byte', 57, [255]],
    ['an empty user class', 77, []],
    ['a user class that is longer than it is', 77, [31, 65]],
    ['an Etherboot option that is longer than it is', 175, [0x13, 255, 1]],
    ['an empty relay option', 82, []],
  ])('in one option does no harm: %s', (_, code, bytes) => {
    const { message, reply } = new Bench().send(
      clientPacket('DISCOVER', { options: [[code, Uint8Array.from(bytes)]] }),
    );
    expect({ message, yiaddr: reply?.yiaddr }).toEqual({
      message: 'OFFER',
      yiaddr: expect.stringMatching(/^10\.88\.0\./),
    });
  });

  it('made of real packets by a fuzzer does not end the station', () => {
    // Its own small generator: so many packets would take fast-check minutes.
    let state = 0x2545f491;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const bench = new Bench();
    let answered = 0;
    for (let round = 0; round < 30_000; round++) {
      const datagram = seeds[random(seeds.length)]?.slice() ?? new Uint8Array(0);
      for (let edits = 1 + random(6); edits > 0; edits--) datagram[random(datagram.length)] = random(256);
      const { outcome } = bench.send(random(4) === 0 ? datagram.subarray(0, random(datagram.length)) : datagram);
      if (outcome.kind === 'handled' && outcome.reply !== undefined) answered++;
      bench.pass(random(100));
    }
    expect(answered).toBeGreaterThan(1000);
    // Every client has one address at most, so that nothing grows beyond the pool.
    expect([...bench.pool.lasting()].length).toBeLessThanOrEqual(50);
  });
});
