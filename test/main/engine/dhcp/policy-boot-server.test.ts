import { describe, expect, it } from 'vitest';
import type { BootPlan } from '../../../../main/engine/boot/plan.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import {
  Bench,
  type BenchOptions,
  bootPlan,
  type ClientPacket,
  clientPacket,
  OTHER_MAC,
  pxeRom,
  set,
  STATION,
  text,
  valueOf,
  vendorClass,
} from './scripted-client.ts';

/** Port 4011. */

const from = { address: '10.88.0.50', port: 4011 };
const client: ClientPacket = { ciaddr: '10.88.0.50', options: pxeRom };
const bootItem = (...layer: number[]): readonly [number, Uint8Array] =>
  set(dhcpOption.vendorSpecific, Uint8Array.of(71, 4, 0, 1, ...layer, 255));

/** A station that the client was offered something by. */
function offered(options: BenchOptions = {}): Bench {
  const bench = new Bench(options);
  expect(bench.send(clientPacket('DISCOVER', { options: pxeRom })).message).toBe('OFFER');
  return bench;
}

describe.each(['dhcp', 'proxy'] as const)('the boot server’s port in mode %s', (mode) => {
  // TC-22
  it.each<[string, 'REQUEST' | 'INFORM', { address: string; port: number }]>([
    ['EDK2, which asks from 4011', 'REQUEST', from],
    ['iPXE, which asks from 68', 'REQUEST', { address: '10.88.0.50', port: 68 }],
    ['a ROM with an INFORM', 'INFORM', { address: '10.88.0.51', port: 2071 }],
  ])('answers %s, exactly there', (_, message, source) => {
    const {
      message: answer,
      reply,
      prepared,
    } = offered({ mode }).sendToBootServer(clientPacket(message, client), source);
    expect(prepared?.destination).toEqual(source);
    expect(answer).toBe('ACK');
    expect(reply).toMatchObject({ yiaddr: '0.0.0.0', ciaddr: '10.88.0.50', siaddr: STATION, file: 'undionly.kpxe' });
    expect([...(reply?.options?.keys() ?? [])]).toEqual([53, 54, 60, 66, 67]);
    expect(valueOf(reply, dhcpOption.vendorClass)).toBe('PXEClient');
  });

  it('gives back the machine identifier and the chosen menu item', () => {
    const machine = set(dhcpOption.clientMachineIdentifier, new Uint8Array(17));
    const options = [...pxeRom, machine, bootItem(0, 0)];
    const { reply } = offered({ mode }).sendToBootServer(clientPacket('REQUEST', { ...client, options }), from);
    expect(valueOf(reply, dhcpOption.clientMachineIdentifier)).toEqual(new Uint8Array(17));
    expect(valueOf(reply, dhcpOption.vendorSpecific)).toEqual(Uint8Array.of(71, 4, 0, 1, 0, 0, 255));
  });

  it('passes over a vendor option that is cut short', () => {
    const options = [...pxeRom, set(dhcpOption.vendorSpecific, Uint8Array.of(0, 6, 1, 8, 71, 4, 0))];
    const { reply } = offered({ mode }).sendToBootServer(clientPacket('REQUEST', { ...client, options }), from);
    expect(reply?.file).toBe('undionly.kpxe');
    expect(valueOf(reply, dhcpOption.vendorSpecific)).toBeUndefined();
  });

  it.each<[string, Uint8Array, { address: string; port: number }, RegExp]>([
    ['a DISCOVER', clientPacket('DISCOVER', client), from, /does not ask for a boot server/],
    ['a RELEASE', clientPacket('RELEASE', client), from, /does not ask for a boot server/],
    ['no PXE client', clientPacket('REQUEST', { options: [vendorClass('MSFT 5.0')] }), from, /no PXE client/],
    [
      'another network',
      clientPacket('REQUEST', client),
      { address: '203.0.113.5', port: 4011 },
      /not an address of this/,
    ],
    [
      'the broadcast address',
      clientPacket('REQUEST', client),
      { address: '10.88.0.255', port: 4011 },
      /not an address/,
    ],
    [
      'who wants a signed item',
      clientPacket('REQUEST', { ...client, options: [...pxeRom, bootItem(0x80, 0)] }),
      from,
      /signed boot item/,
    ],
    [
      'an operating system in PXE clothes',
      clientPacket('REQUEST', { options: [vendorClass('PXEClient'), [93, text('\u0012\u0034')]] }),
      { ...from, address: '0.0.0.0' },
      /not an address/,
    ],
  ])('does not answer %s', (_, packet, source, reason) => {
    const { reply, reason: told } = offered({ mode }).sendToBootServer(packet, source);
    expect(reply).toBeUndefined();
    expect(told).toMatch(reason);
  });

  it('says why where there is nothing to boot, or nothing that can be sent', () => {
    const reasonWith = (later: BootPlan): string | undefined => {
      let plan: BootPlan = bootPlan('undionly.kpxe');
      const bench = offered({ mode, plan: () => plan });
      plan = later;
      return bench.sendToBootServer(clientPacket('REQUEST', client), from).reason;
    };
    expect(reasonWith({ kind: 'nothing', reason: 'not approved' })).toMatch(/nothing for it to boot: not approved/);
    expect(reasonWith(bootPlan('x'.repeat(255)))).toMatch(/cannot be sent/);
  });

  it('does not answer who was offered nothing', () => {
    const bench = new Bench({ mode });
    const ask = (): ReturnType<Bench['sendToBootServer']> =>
      bench.sendToBootServer(clientPacket('REQUEST', client), from);
    expect(ask()).toMatchObject({ reply: undefined, reason: 'it asks a boot server that it was not offered' });
    bench.send(clientPacket('DISCOVER', { options: pxeRom, mac: OTHER_MAC }));
    expect(ask().reply).toBeUndefined();
    bench.send(clientPacket('DISCOVER', { options: pxeRom }));
    expect(ask().message).toBe('ACK');
  });

  it('takes no address, and drops what is no request', () => {
    const bench = new Bench({ mode });
    bench.sendToBootServer(clientPacket('REQUEST', client), from);
    expect([...bench.pool.lasting()]).toEqual([]);
    expect(bench.sendToBootServer(clientPacket('ACK'), from).outcome.kind).toBe('dropped');
    expect(bench.sendToBootServer(new Uint8Array(9), from).outcome.kind).toBe('dropped');
  });
});
