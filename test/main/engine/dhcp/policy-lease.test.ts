import { beforeEach, describe, expect, it } from 'vitest';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import {
  Bench,
  clientPacket,
  MAC,
  OTHER_MAC,
  requested,
  server,
  set,
  STATION,
  text,
  valueOf,
} from './scripted-client.ts';

/** The state table of RFC 2131 section 4.3, message by message. */

const FREE = '10.88.0.77';
const identifier = (value: string): readonly [number, Uint8Array] => [61, text(value)];
const MINUTE = 60_000;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

describe('DISCOVER', () => {
  it('is offered the free address it asks for (TC-01)', () => {
    const { message, reply } = bench.send(clientPacket('DISCOVER', { options: [requested(FREE)] }));
    expect({ message, yiaddr: reply?.yiaddr, ciaddr: reply?.ciaddr }).toEqual({
      message: 'OFFER',
      yiaddr: FREE,
      ciaddr: '0.0.0.0',
    });
  });

  it('has no address yet, whatever it says (TC-02)', () => {
    const { reply, prepared } = bench.send(clientPacket('DISCOVER', { ciaddr: FREE }));
    expect(reply?.ciaddr).toBe('0.0.0.0');
    expect(prepared?.destination).toEqual({ address: '255.255.255.255', port: 68 });
  });

  it('is offered the same address again, and reserves no second one (TC-03)', () => {
    const first = bench.send(clientPacket('DISCOVER', { xid: 1 })).reply?.yiaddr;
    expect(bench.send(clientPacket('DISCOVER', { xid: 2, options: [requested(FREE)] })).reply?.yiaddr).toBe(first);
  });

  it.each(['10.88.0.1', '10.88.0.0', '10.88.0.255', '10.88.0.49', '192.168.1.9', '255.255.255.255'])(
    'is not offered %s',
    (address) => {
      const { message, reply } = bench.send(clientPacket('DISCOVER', { options: [requested(address)] }));
      expect(message).toBe('OFFER');
      expect(reply?.yiaddr).not.toBe(address);
    },
  );

  it('is not offered what another client has', () => {
    const taken = bench.lease({ mac: OTHER_MAC }).reply?.yiaddr ?? '';
    expect(bench.send(clientPacket('DISCOVER', { options: [requested(taken)] })).reply?.yiaddr).not.toBe(taken);
  });

  it('keeps the lease of a client that asks anew', () => {
    const leased = bench.lease().reply?.yiaddr;
    const offered = bench.send(clientPacket('DISCOVER', { xid: 9 })).reply?.yiaddr;
    expect({ offered, kind: bench.pool.bindingOf(`1/${MAC}`)?.kind }).toEqual({ offered: leased, kind: 'leased' });
  });

  it('of ROM, boot loader and system of one machine gets one address (TC-30)', () => {
    const addresses = [[], [identifier('\u0001RT')], [identifier('\u00ffduid')]].map(
      (options) => bench.lease({ options }).reply?.yiaddr,
    );
    expect(new Set(addresses).size).toBe(1);
  });

  it('is met with silence when no address is left (TC-27)', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.51' } });
    bench.lease();
    bench.lease({ mac: OTHER_MAC });
    const third = bench.send(clientPacket('DISCOVER', { mac: '52:54:00:00:00:03' }));
    expect(third.reply).toBeUndefined();
    expect(third.events).toContainEqual({ type: 'dhcp.pool-exhausted', mac: '52:54:00:00:00:03', poolSize: 2 });
  });

  it('reserves an address for a minute only', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.50' } });
    bench.send(clientPacket('DISCOVER'));
    bench.pass(MINUTE - 1);
    expect(bench.send(clientPacket('DISCOVER', { mac: OTHER_MAC })).reply).toBeUndefined();
    bench.pass(1);
    expect(bench.send(clientPacket('DISCOVER', { mac: OTHER_MAC })).reply?.yiaddr).toBe('10.88.0.50');
  });
});

describe('REQUEST, SELECTING', () => {
  const select = (options: readonly (readonly [number, Uint8Array])[]): ReturnType<Bench['send']> =>
    bench.send(clientPacket('REQUEST', { options }));

  it('of our offer is acknowledged with the same values (TC-04)', () => {
    const offer = bench.send(clientPacket('DISCOVER')).reply;
    const { message, reply, binding } = select([requested(offer?.yiaddr ?? ''), server(STATION)]);
    expect(message).toBe('ACK');
    expect({ ...reply, options: undefined }).toEqual({ ...offer, options: undefined });
    const withoutType = (packet: typeof reply): unknown[] =>
      [...(packet?.options ?? [])].filter(([code]) => code !== 53);
    expect(withoutType(reply)).toEqual(withoutType(offer));
    expect(binding).toMatchObject({ kind: 'leased', address: offer?.yiaddr, expiresAtMs: bench.nowMs + 3_600_000 });
  });

  it('of another server’s offer frees ours (TC-05)', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.50' } });
    bench.send(clientPacket('DISCOVER'));
    expect(select([requested('10.88.0.200'), server('10.88.0.2')]).reply).toBeUndefined();
    expect(bench.send(clientPacket('DISCOVER', { mac: OTHER_MAC })).reply?.yiaddr).toBe('10.88.0.50');
  });

  it('of another server’s offer does not end a lease', () => {
    bench.lease();
    select([requested('10.88.0.200'), server('10.88.0.2')]);
    expect(bench.pool.bindingOf(`1/${MAC}`)?.kind).toBe('leased');
  });

  it('of an address that was not offered is refused', () => {
    bench.send(clientPacket('DISCOVER'));
    expect(select([requested(FREE), server(STATION)]).message).toBe('NAK');
  });

  it('of an address that another client has is refused', () => {
    const taken = bench.lease({ mac: OTHER_MAC }).reply?.yiaddr ?? '';
    expect(select([requested(taken), server(STATION)]).message).toBe('NAK');
  });

  it('after a restart between offer and choice is acknowledged where the address is free', () => {
    expect(select([requested(FREE), server(STATION)])).toMatchObject({ message: 'ACK', reply: { yiaddr: FREE } });
    expect(select([requested('10.88.0.1'), server(STATION)]).message).toBe('NAK');
  });

  it('without an address is met with silence', () => {
    expect(select([server(STATION)])).toMatchObject({ reply: undefined, reason: 'it names no address' });
  });
});

describe('REQUEST, INIT-REBOOT', () => {
  const reboot = (address: string): ReturnType<Bench['send']> =>
    bench.send(clientPacket('REQUEST', { options: [requested(address)] }));

  it('of its lease is acknowledged (TC-07)', () => {
    const address = bench.lease().reply?.yiaddr ?? '';
    bench.pass(10 * MINUTE);
    expect(reboot(address)).toMatchObject({ message: 'ACK', reply: { yiaddr: address } });
    expect(bench.pool.bindingOf(`1/${MAC}`)?.expiresAtMs).toBe(bench.nowMs + 3_600_000);
  });

  it('of an address of another network is refused by broadcast (TC-08)', () => {
    bench = new Bench({ authoritative: false });
    const { message, reply, prepared } = reboot('192.168.1.9');
    expect({ message, yiaddr: reply?.yiaddr, siaddr: reply?.siaddr }).toEqual({
      message: 'NAK',
      yiaddr: '0.0.0.0',
      siaddr: '0.0.0.0',
    });
    expect(prepared?.destination).toEqual({ address: '255.255.255.255', port: 68 });
  });

  it('of an unknown client is refused where we are authoritative, else left to others (TC-09)', () => {
    expect(reboot(FREE).message).toBe('NAK');
    bench = new Bench({ authoritative: false });
    expect(reboot(FREE).reply).toBeUndefined();
  });

  it('of another address than its own is refused', () => {
    bench.lease();
    expect(reboot('10.88.0.99').message).toBe('NAK');
  });

  it('is still possible after the lease ended, until the address is needed', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.50' } });
    bench.lease();
    bench.pass(61 * MINUTE);
    expect(reboot('10.88.0.50').message).toBe('ACK');
    bench.pass(61 * MINUTE);
    bench.lease({ mac: OTHER_MAC });
    expect(reboot('10.88.0.50').message).toBe('NAK');
  });
});

describe('REQUEST, RENEWING and REBINDING', () => {
  const renew = (address: string): ReturnType<Bench['send']> =>
    bench.send(clientPacket('REQUEST', { ciaddr: address, flags: 0 }), { address, port: 68 });

  it('extends the lease, unicast to the client (TC-10)', () => {
    const address = bench.lease().reply?.yiaddr ?? '';
    bench.pass(30 * MINUTE);
    const { message, reply, prepared } = renew(address);
    expect({ message, yiaddr: reply?.yiaddr, ciaddr: reply?.ciaddr }).toEqual({
      message: 'ACK',
      yiaddr: address,
      ciaddr: address,
    });
    expect(prepared?.destination).toEqual({ address, port: 68 });
    expect(bench.pool.bindingOf(`1/${MAC}`)?.expiresAtMs).toBe(bench.nowMs + 3_600_000);
  });

  it('of an unknown address is refused by broadcast (TC-11)', () => {
    expect(renew(FREE)).toMatchObject({
      message: 'NAK',
      prepared: { destination: { address: '255.255.255.255', port: 68 } },
    });
  });

  it('of an unknown address is left to others where we are not authoritative', () => {
    bench = new Bench({ authoritative: false });
    expect(renew(FREE).reply).toBeUndefined();
  });

  it('with option 54, which it must not have, is understood', () => {
    const address = bench.lease().reply?.yiaddr ?? '';
    expect(bench.send(clientPacket('REQUEST', { ciaddr: address, options: [server(STATION)] })).message).toBe('ACK');
  });

  it('with option 50 too goes by option 50', () => {
    const address = bench.lease().reply?.yiaddr ?? '';
    const packet = clientPacket('REQUEST', { ciaddr: '10.88.0.99', options: [requested(address)] });
    expect(bench.send(packet)).toMatchObject({
      message: 'ACK',
      reply: { yiaddr: address, ciaddr: '0.0.0.0' },
      prepared: { destination: { address: '255.255.255.255' } },
    });
  });

  it('without any address is met with silence', () => {
    expect(bench.send(clientPacket('REQUEST')).reply).toBeUndefined();
  });
});

describe('DECLINE', () => {
  const decline = (address: string, ...more: (readonly [number, Uint8Array])[]): ReturnType<Bench['send']> =>
    bench.send(clientPacket('DECLINE', { options: [requested(address), ...more] }));

  it('puts the address in quarantine for 10 minutes (TC-13)', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.51' } });
    const address = bench.lease().reply?.yiaddr ?? '';
    const { reply, events, binding } = decline(address, server(STATION), set(dhcpOption.message, 'in use'));
    expect(reply).toBeUndefined();
    expect(events).toContainEqual({ type: 'dhcp.declined', mac: MAC, address, message: 'in use' });
    expect(binding).toMatchObject({ kind: 'declined', address, clientKey: undefined });

    expect(bench.lease().reply?.yiaddr).not.toBe(address);
    bench.pass(10 * MINUTE - 1);
    expect(bench.send(clientPacket('DISCOVER', { mac: OTHER_MAC })).reply).toBeUndefined();
    bench.pass(1);
    expect(bench.send(clientPacket('DISCOVER', { mac: OTHER_MAC })).reply?.yiaddr).toBe(address);
  });

  it.each<[string, (readonly [number, Uint8Array])[]]>([
    ['without option 54', []],
    ['for another server', [server('10.88.0.2')]],
  ])('%s changes nothing (TC-14)', (_, options) => {
    const address = bench.lease().reply?.yiaddr ?? '';
    expect(decline(address, ...options)).toMatchObject({ reply: undefined, binding: undefined });
    expect(bench.pool.bindingOf(`1/${MAC}`)?.kind).toBe('leased');
  });

  it('of an address that the client was not given changes nothing', () => {
    bench.lease();
    const other = bench.lease({ mac: OTHER_MAC }).reply?.yiaddr ?? '';
    expect(decline(other, server(STATION)).binding).toBeUndefined();
    expect(bench.pool.bindingOf(`1/${OTHER_MAC}`)?.kind).toBe('leased');
    expect(decline(FREE, server(STATION)).binding).toBeUndefined();
  });
});

describe('RELEASE', () => {
  const release = (
    address: string,
    options: readonly (readonly [number, Uint8Array])[],
    mac = MAC,
  ): ReturnType<Bench['send']> => bench.send(clientPacket('RELEASE', { mac, ciaddr: address, options }));

  it('frees the address, which stays its client’s first choice (TC-15)', () => {
    bench = new Bench({ pool: { first: '10.88.0.50', last: '10.88.0.51' } });
    const address = bench.lease().reply?.yiaddr ?? '';
    const { reply, binding } = release(address, [server(STATION)]);
    expect(reply).toBeUndefined();
    expect(binding).toMatchObject({ kind: 'released', address });
    expect(bench.lease({ mac: OTHER_MAC }).reply?.yiaddr).not.toBe(address);
    expect(bench.lease().reply?.yiaddr).toBe(address);

    release(address, [server(STATION)]);
    expect(bench.lease({ mac: '52:54:00:00:00:03' }).reply?.yiaddr).toBe(address);
  });

  it.each<[string, string, (readonly [number, Uint8Array])[]]>([
    ['by another machine', OTHER_MAC, [server(STATION), identifier('mine')]],
    ['with another client identifier', MAC, [server(STATION), identifier('other')]],
    ['without the client identifier', MAC, [server(STATION)]],
    ['to another server', MAC, [server('10.88.0.2'), identifier('mine')]],
    ['to no server', MAC, [identifier('mine')]],
  ])('%s changes nothing (TC-15)', (_, mac, options) => {
    const address = bench.lease({ options: [identifier('mine')] }).reply?.yiaddr ?? '';
    expect(release(address, options, mac).binding).toBeUndefined();
    expect(bench.pool.bindingOf(`1/${MAC}`)?.kind).toBe('leased');
  });

  it('of another address, or twice, changes nothing', () => {
    const address = bench.lease().reply?.yiaddr ?? '';
    expect(release('10.88.0.98', [server(STATION)]).binding).toBeUndefined();
    expect(release(address, [server(STATION)]).binding).toBeDefined();
    expect(release(address, [server(STATION)]).binding).toBeUndefined();
  });
});

describe('INFORM', () => {
  it('is told the settings, and no address or lease (TC-16)', () => {
    const { message, reply, prepared, binding } = bench.send(clientPacket('INFORM', { ciaddr: '10.88.0.60' }));
    expect({ message, ciaddr: reply?.ciaddr, yiaddr: reply?.yiaddr, binding }).toEqual({
      message: 'ACK',
      ciaddr: '10.88.0.60',
      yiaddr: '0.0.0.0',
      binding: undefined,
    });
    expect(prepared?.destination).toEqual({ address: '10.88.0.60', port: 68 });
    expect([...(reply?.options?.keys() ?? [])]).toEqual([53, 54, 1, 28]);
  });

  it('with option 54 is answered all the same', () => {
    expect(bench.send(clientPacket('INFORM', { ciaddr: '10.88.0.60', options: [server('10.88.0.2')] })).message).toBe(
      'ACK',
    );
  });

  it('without an address, or with one of another network, is met with silence', () => {
    expect(bench.send(clientPacket('INFORM')).reply).toBeUndefined();
    for (const ciaddr of ['203.0.113.5', '10.88.0.255', '10.88.0.0', STATION, '127.0.0.1']) {
      expect(bench.send(clientPacket('INFORM', { ciaddr })).reply).toBeUndefined();
    }
  });
});

describe('BOOTP', () => {
  it('is given an address without a word of DHCP in the reply (TC-18)', () => {
    const { message, reply, prepared, binding } = bench.send(clientPacket('BOOTP'));
    expect(message).toBe('BOOTP');
    expect(prepared?.bytes).toHaveLength(300);
    expect([...(reply?.options?.keys() ?? [])]).toEqual([1]);
    expect(reply).toMatchObject({ siaddr: STATION, file: 'undionly.kpxe', sname: STATION });
    expect(binding).toMatchObject({ kind: 'bootp', address: reply?.yiaddr });
    expect((binding?.expiresAtMs ?? 0) - bench.nowMs).toBeGreaterThan(24 * 60 * MINUTE);
  });

  it('fits into 64 bytes of vendor area, whatever the station knows', () => {
    bench = new Bench({
      router: STATION,
      dnsServers: Array.from({ length: 20 }, (_, index) => `10.88.0.${index + 2}`),
    });
    expect(bench.send(clientPacket('BOOTP')).prepared?.bytes).toHaveLength(300);
  });

  it('shares the address of the same machine’s DHCP', () => {
    const address = bench.send(clientPacket('BOOTP')).reply?.yiaddr;
    expect(bench.lease().reply?.yiaddr).toBe(address);
  });

  it('is met with silence where it is switched off', () => {
    bench = new Bench({ bootp: 'off' });
    expect(bench.send(clientPacket('BOOTP'))).toMatchObject({ reply: undefined, reason: 'BOOTP is switched off' });
  });

  it('shorter than 300 bytes is noise', () => {
    expect(bench.send(clientPacket('BOOTP').subarray(0, 299)).outcome.kind).toBe('dropped');
  });
});

describe('what is not for us', () => {
  it.each<[string, Uint8Array]>([
    ['an OFFER', clientPacket('OFFER')],
    ['an ACK', clientPacket('ACK')],
    ['a NAK', clientPacket('NAK')],
    ['a LEASEQUERY', edited((bytes) => (bytes[242] = 10))],
    ['a FORCERENEW', edited((bytes) => (bytes[242] = 9))],
    ['message type 0', edited((bytes) => (bytes[242] = 0))],
    ['a reply', clientPacket('DISCOVER', { op: 2 })],
    ['op 0', clientPacket('DISCOVER', { op: 0 })],
    ['a hardware address of zeros', clientPacket('DISCOVER', { mac: '00:00:00:00:00:00' })],
    ['a message type of 2 bytes', clientPacket('BOOTP', { options: [[53, Uint8Array.of(1, 1)]] })],
  ])('%s is dropped', (_, packet) => {
    expect(bench.send(packet).outcome.kind).toBe('dropped');
  });

  it('our own machine’s client is ignored (TC-32)', () => {
    bench = new Bench({ ownMacs: [MAC] });
    expect(bench.send(clientPacket('DISCOVER')).outcome).toEqual({ kind: 'ignored' });
    expect(bench.pool.bindingOf(`1/${MAC}`)).toBeUndefined();
  });

  it('a relay of another subnet gets no answer and takes no address', () => {
    expect(bench.send(clientPacket('DISCOVER', { giaddr: '192.168.5.1' })).reply).toBeUndefined();
    expect(bench.pool.bindingOf(`1/${MAC}`)).toBeUndefined();
  });
});

it('tells every client the mask, the server, the lease and its timers, in OFFER and ACK', () => {
  const told = (packet: ReturnType<Bench['lease']>['reply']): unknown => ({
    mask: valueOf(packet, dhcpOption.subnetMask),
    broadcast: valueOf(packet, dhcpOption.broadcastAddress),
    server: valueOf(packet, dhcpOption.serverIdentifier),
    lease: valueOf(packet, dhcpOption.leaseTime),
    renewal: valueOf(packet, dhcpOption.renewalTime),
    rebinding: valueOf(packet, dhcpOption.rebindingTime),
  });
  const expected = {
    mask: '255.255.255.0',
    broadcast: '10.88.0.255',
    server: STATION,
    lease: 3600,
    renewal: 1800,
    rebinding: 3150,
  };
  expect(told(bench.send(clientPacket('DISCOVER')).reply)).toEqual(expected);
  expect(told(bench.lease().reply)).toEqual(expected);
});

function edited(edit: (bytes: Uint8Array) => unknown): Uint8Array {
  const bytes = clientPacket('DISCOVER');
  edit(bytes);
  return bytes;
}
