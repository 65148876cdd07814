import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../main/engine/dhcp/option-values.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import {
  architecture,
  Bench,
  type BenchOptions,
  bootPlan,
  type ClientPacket,
  clientPacket,
  type Exchange,
  pxeRom,
  requested,
  server,
  set,
  STATION,
  text,
  valueOf,
  vendorClass,
} from './scripted-client.ts';

/** Boot data beside another server's addresses. */

const OTHER_SERVER = '10.88.0.254';
const TAKE_THE_FILE = '060108ff';
const pxe = (code: number): ClientPacket => ({
  options: [vendorClass(`PXEClient:Arch:${String(code).padStart(5, '0')}:UNDI:003016`), architecture(code)],
});
const iPxe: ClientPacket = { options: [...pxeRom, [77, text('iPXE')]] };
const httpBoot: ClientPacket = { options: [vendorClass('HTTPClient:Arch:00016:UNDI:003001'), architecture(16)] };
const windows: ClientPacket = { options: [vendorClass('MSFT 5.0')] };

const proxy = (options: BenchOptions = {}): Bench => new Bench({ mode: 'proxy', ...options });
const offerTo = (packet: ClientPacket, options?: BenchOptions): Exchange =>
  proxy(options).send(clientPacket('DISCOVER', packet));

const vendorBlock = ({ reply }: Exchange): string | undefined => {
  const block = valueOf(reply, dhcpOption.vendorSpecific);
  return block && hexOf(block);
};

describe('a proxy’s offer', () => {
  // EDK2 sorts offers by options 60 and 43: without 43 it asks port 4011 (BINL), with 6 it takes the file (PXE 1.0).
  it.each<[string, ClientPacket, BenchOptions, string, string | undefined]>([
    ['a BIOS takes the file', pxe(0), {}, 'PXEClient', TAKE_THE_FILE],
    ['UEFI asks port 4011', pxe(7), {}, 'PXEClient', undefined],
    ['UEFI on arm64 asks port 4011', pxe(11), {}, 'PXEClient', undefined],
    ['UEFI takes the file where nobody is at port 4011', pxe(7), { bootServer: false }, 'PXEClient', TAKE_THE_FILE],
    ['iPXE takes the file', iPxe, {}, 'PXEClient', TAKE_THE_FILE],
    ['UEFI HTTP Boot goes by its URL', httpBoot, {}, 'HTTPClient', undefined],
  ])('so that %s', (_, packet, options, vendor, block) => {
    const exchange = offerTo(packet, { ...options, plan: () => bootPlan('http://10.88.0.1/file') });
    expect(exchange.message).toBe('OFFER');
    expect(valueOf(exchange.reply, dhcpOption.vendorClass)).toBe(vendor);
    expect(vendorBlock(exchange)).toBe(block);
  });

  it.each<[string, ClientPacket]>([
    ['a BIOS', pxe(0)],
    ['UEFI', pxe(7)],
    ['iPXE', iPxe],
    ['UEFI HTTP Boot', httpBoot],
  ])('to %s says what to boot in the header and in options, and nothing of addresses', (_, packet) => {
    const { reply, prepared } = offerTo(packet, { router: STATION, dnsServers: [STATION] });
    expect(reply).toMatchObject({ yiaddr: '0.0.0.0', ciaddr: '0.0.0.0', siaddr: STATION });
    expect(reply?.file).toMatch(/undionly\.kpxe$/);
    expect(valueOf(reply, dhcpOption.bootFileName)).toBe(reply?.file);
    expect(valueOf(reply, dhcpOption.serverIdentifier)).toBe(STATION);
    const codes = [...(reply?.options?.keys() ?? [])];
    // Mask, router, name servers, broadcast, lease and its times.
    expect(codes.filter((code) => [1, 3, 6, 28, 51, 58, 59].includes(code))).toEqual([]);
    // iPXE's "no proxy will follow" would be a lie.
    expect(codes).not.toContain(dhcpOption.etherboot.code);
    expect(prepared?.destination).toEqual({ address: '255.255.255.255', port: 68 });
  });

  it('echoes machine and client identifier', () => {
    const identifiers = [
      set(dhcpOption.clientMachineIdentifier, new Uint8Array(17)),
      set(dhcpOption.clientIdentifier, text('x')),
    ];
    const { reply } = offerTo({ options: [...pxeRom, ...identifiers] });
    expect(valueOf(reply, dhcpOption.clientMachineIdentifier)).toEqual(new Uint8Array(17));
    expect(valueOf(reply, dhcpOption.clientIdentifier)).toEqual(text('x'));
  });

  it('to a Raspberry Pi has the menu that it looks for', () => {
    const plan = (): ReturnType<typeof bootPlan> => bootPlan('bootcode.bin');
    const exchange = proxy({ plan }).send(clientPacket('DISCOVER', { mac: 'b8:27:eb:00:00:01', options: pxeRom }));
    expect(exchange.reply?.yiaddr).toBe('0.0.0.0');
    expect(vendorBlock(exchange)).toContain(hexOf(text('Raspberry Pi Boot   ')));
  });

  it('goes back through a relay', () => {
    const relay = { address: '10.88.0.250', port: 67 };
    const packet = clientPacket('DISCOVER', { ...pxe(0), giaddr: relay.address });
    expect(proxy().send(packet, relay).prepared?.destination).toEqual(relay);
  });
});

describe('a proxy keeps silent', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['to an operating system', clientPacket('DISCOVER', windows), /does not boot from the network/],
    [
      'to an operating system that asks for settings',
      clientPacket('INFORM', { ...windows, ciaddr: '10.88.0.60' }),
      /does not boot/,
    ],
    [
      'where a machine takes its address',
      clientPacket('REQUEST', { options: [...pxeRom, requested('10.88.0.60'), server(OTHER_SERVER)] }),
      /takes its address from 10\.88\.0\.254/,
    ],
    [
      'where a machine confirms its address',
      clientPacket('REQUEST', { options: [...pxeRom, requested('10.88.0.60')] }),
      /other server/,
    ],
    [
      'where a machine renews its address',
      clientPacket('REQUEST', { ...pxe(0), ciaddr: '10.88.0.60' }),
      /other server/,
    ],
    [
      'where a machine declines, even one of ours',
      clientPacket('DECLINE', { options: [...pxeRom, requested('10.88.0.60'), server(STATION)] }),
      /other server/,
    ],
    ['where a machine releases', clientPacket('RELEASE', { ...pxe(0), ciaddr: '10.88.0.60' }), /other server/],
    ['to BOOTP', clientPacket('BOOTP'), /BOOTP/],
    ['to an INFORM without an address', clientPacket('INFORM', pxe(0)), /without an address/],
    [
      'to an INFORM from elsewhere',
      clientPacket('INFORM', { ...pxe(0), ciaddr: '203.0.113.5' }),
      /not an address of this/,
    ],
  ])('%s', (_, packet, reason) => {
    const bench = proxy();
    const { reply, binding, reason: told } = bench.send(packet);
    expect({ reply, binding, bindings: [...bench.pool.lasting()], asked: bench.machines }).toEqual({
      reply: undefined,
      binding: undefined,
      bindings: [],
      asked: [],
    });
    expect(told).toMatch(reason);
  });

  it('where there is nothing to boot, so that the machine goes on with its own boot order', () => {
    const { reply, reason } = offerTo(pxe(0), { plan: () => ({ kind: 'nothing', reason: 'it booted already' }) });
    expect(reply).toBeUndefined();
    expect(reason).toMatch(/nothing for it to boot: it booted already/);
  });

  it('where the boot file cannot be sent', () => {
    expect(offerTo(pxe(0), { plan: () => bootPlan('x'.repeat(300)) }).reason).toMatch(/cannot be sent/);
  });
});

describe('a proxy that is asked by name', () => {
  it('confirms what it offered, without an address', () => {
    const plans = ['first.efi', 'second.efi'];
    const bench = proxy({ plan: () => bootPlan(plans.shift() ?? '') });
    bench.send(clientPacket('DISCOVER', pxe(7)));
    const { message, reply } = bench.send(
      clientPacket('REQUEST', { options: [...(pxe(7).options ?? []), server(STATION)] }),
    );
    expect({ message, yiaddr: reply?.yiaddr, file: reply?.file }).toEqual({
      message: 'ACK',
      yiaddr: '0.0.0.0',
      file: 'first.efi',
    });
  });

  it('tells a machine with an address what to boot, there', () => {
    const { message, reply, prepared } = proxy().send(clientPacket('INFORM', { ...pxe(0), ciaddr: '10.88.0.60' }));
    expect({ message, ciaddr: reply?.ciaddr, file: reply?.file }).toEqual({
      message: 'ACK',
      ciaddr: '10.88.0.60',
      file: 'undionly.kpxe',
    });
    expect(prepared?.destination).toEqual({ address: '10.88.0.60', port: 68 });
  });
});

describe('what a proxy tells of a machine', () => {
  it('is what it takes and from whom, never an address that it says it has', () => {
    const bench = proxy();
    const options = [...pxeRom, requested('10.88.0.60'), server(OTHER_SERVER)];
    expect(bench.send(clientPacket('REQUEST', { options })).events[0]).toMatchObject({
      type: 'dhcp.request',
      requestedAddress: '10.88.0.60',
      serverAddress: OTHER_SERVER,
    });
    const informed = bench.send(clientPacket('INFORM', { ...pxe(0), ciaddr: '10.88.0.60' }));
    expect(informed.prepared?.event).not.toHaveProperty('address');
  });
});
