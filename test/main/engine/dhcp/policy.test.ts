import { describe, expect, it } from 'vitest';
import type { BootPlan } from '../../../../main/engine/boot/plan.ts';
import { dhcpOption, optionCodec } from '../../../../main/engine/dhcp/options.ts';
import type { DhcpPacket } from '../../../../main/engine/dhcp/packet.ts';
import {
  architecture,
  Bench,
  bootPlan,
  type ClientPacket,
  clientPacket,
  MAC,
  pxeRom,
  requested,
  server,
  set,
  STATION,
  text,
  valueOf,
  vendorClass,
} from './scripted-client.ts';

/** Who is told what to boot, and how. */

const ipxe = [vendorClass('PXEClient:Arch:00007:UNDI:003010'), architecture(7), [77, text('iPXE')] as const];
const httpBoot = [vendorClass('HTTPClient:Arch:00016:UNDI:003000'), architecture(16)];
const uBoot = [vendorClass('U-Boot.armv8'), architecture(22)];
const bootOptions = [60, 43, 66, 67, 175, 209, 210];

/** Every boot field of a reply, options by number, decoded. */
function bootFields(packet: DhcpPacket | undefined): Record<string, unknown> {
  const { siaddr, sname, file, options } = packet ?? { options: undefined };
  const present = bootOptions.flatMap((code) => {
    const bytes = options?.get(code);
    return bytes === undefined ? [] : [[code, optionCodec(code).decode(bytes)]];
  });
  return { siaddr, sname, file, ...Object.fromEntries(present) };
}

const offerFor = (plan: BootPlan, packet: ClientPacket): DhcpPacket | undefined =>
  new Bench({ plan: () => plan }).send(clientPacket('DISCOVER', packet)).reply;

const addressOnly = { siaddr: '0.0.0.0', sname: '', file: '' };
const served = { siaddr: STATION, sname: STATION };
const scriptUrl = 'http://10.88.0.1/boot.ipxe';

describe('answer matrix', () => {
  it.each<[string, ClientPacket, string, Record<string, unknown>]>([
    [
      'BIOS PXE',
      { options: pxeRom },
      'undionly.kpxe',
      { ...served, file: 'undionly.kpxe', 66: STATION, 67: 'undionly.kpxe' },
    ],
    [
      'UEFI PXE',
      { options: [vendorClass('PXEClient:Arch:00007:UNDI:003000'), architecture(7)] },
      'x64/snponly.efi',
      { ...served, file: 'x64/snponly.efi', 66: STATION, 67: 'x64/snponly.efi' },
    ],
    [
      'UEFI HTTP boot',
      { options: httpBoot },
      'http://10.88.0.1/x64/snponly.efi',
      { ...served, file: 'http://10.88.0.1/x64/snponly.efi', 60: 'HTTPClient', 67: 'http://10.88.0.1/x64/snponly.efi' },
    ],
    [
      'iPXE with a script',
      { options: ipxe },
      scriptUrl,
      { ...served, file: scriptUrl, 67: scriptUrl, 175: Uint8Array.of(0xb0, 1, 1) },
    ],
    [
      'iPXE with a binary, by a whole URL',
      { options: ipxe },
      'x64/ipxe.efi',
      {
        ...served,
        file: 'tftp://10.88.0.1/x64/ipxe.efi',
        66: STATION,
        67: 'tftp://10.88.0.1/x64/ipxe.efi',
        175: Uint8Array.of(0xb0, 1, 1),
      },
    ],
    ['U-Boot', { options: uBoot }, 'boot.scr.uimg', { ...served, file: 'boot.scr.uimg', 67: 'boot.scr.uimg' }],
    [
      'Raspberry Pi (TC-49)',
      { mac: 'b8:27:eb:01:02:03', options: pxeRom },
      'bootcode.bin',
      {
        ...served,
        file: '',
        60: 'PXEClient',
        66: STATION,
        43: Uint8Array.from([6, 1, 3, 10, 4, 0, ...text('PXE'), 9, 23, 0, 0, 20, ...text('Raspberry Pi Boot   '), 255]),
      },
    ],
    ['an operating system', { options: [vendorClass('udhcp 1.35.0')] }, scriptUrl, addressOnly],
    ['an installer without a vendor class', {}, scriptUrl, addressOnly],
  ])('%s', (_, packet, bootFile, expected) => {
    expect(bootFields(offerFor(bootPlan(bootFile), packet))).toEqual(expected);
  });

  it('gives the address only where the plan says nothing', () => {
    const plan: BootPlan = { kind: 'nothing', reason: 'not approved' };
    for (const options of [pxeRom, httpBoot, ipxe, uBoot]) {
      expect(bootFields(offerFor(plan, { options }))).toEqual(addressOnly);
    }
  });

  it('asks the plan with what is known of the machine', () => {
    const bench = new Bench();
    const uuid = set(
      dhcpOption.clientMachineIdentifier,
      Uint8Array.from({ length: 17 }, (_, index) => index),
    );
    const { reply } = bench.send(clientPacket('DISCOVER', { options: [...pxeRom, uuid] }));
    expect(bench.machines).toEqual([
      {
        mac: MAC,
        address: reply?.yiaddr,
        uuid: '04030201-0605-0807-090a-0b0c0d0e0f10',
        firmware: 'bios',
        bootClient: 'pxe',
        ipxeFeatures: undefined,
        transactionId: 0x12345678,
      },
    ]);
  });

  it('does not ask the plan about an operating system, or where there is nothing to grant', () => {
    const bench = new Bench();
    bench.send(clientPacket('DISCOVER'));
    bench.send(clientPacket('REQUEST', { options: [...pxeRom, requested('192.168.1.9')] }));
    bench.send(clientPacket('RELEASE', { options: pxeRom }));
    expect(bench.machines).toEqual([]);
  });

  it('acknowledges what it offered though the plan changed in between', () => {
    const plans = ['first.efi', 'second.efi'].map(bootPlan);
    const bench = new Bench({ plan: () => plans.shift() ?? bootPlan('third.efi') });
    expect(bench.lease({ options: pxeRom }).reply?.file).toBe('first.efi');
    expect(bench.lease({ options: pxeRom, xid: 2 }).reply?.file).toBe('second.efi');
  });

  it('lets the Pi 3 wait a second for its offer, and nobody else', () => {
    const bench = new Bench();
    const delay = (xid: number): number | undefined =>
      bench.send(clientPacket('DISCOVER', { mac: 'b8:27:eb:01:02:03', xid, options: pxeRom })).prepared?.delayMs;
    expect([delay(0x26f30339), delay(0x26f30338)]).toEqual([1000, 0]);
  });

  it('tells the event what the machine was given to boot', () => {
    const bench = new Bench();
    expect(bench.send(clientPacket('DISCOVER', { options: pxeRom })).prepared?.event).toEqual({
      type: 'dhcp.reply',
      mac: MAC,
      message: 'OFFER',
      transactionId: 0x12345678,
      address: expect.stringMatching(/^10\.88\.0\./),
      bootFile: 'undionly.kpxe',
    });
  });
});

describe('a boot file with a long name', () => {
  const exchange = (length: number, options = ipxe): ReturnType<Bench['send']> => {
    const url = `http://10.88.0.1/${'x'.repeat(length - 'http://10.88.0.1/'.length)}`;
    return new Bench({ plan: () => bootPlan(url) }).send(clientPacket('DISCOVER', { options }));
  };

  it('goes into header and option up to 127 bytes', () => {
    expect(exchange(127).reply?.file).toHaveLength(127);
    expect(exchange(127).prepared?.warning).toBeUndefined();
  });

  it('goes into the option only from 128 on, with a warning (TC-58)', () => {
    const { reply, prepared } = exchange(128);
    expect({ file: reply?.file, length: valueOf(reply, dhcpOption.bootFileName)?.length }).toEqual({
      file: '',
      length: 128,
    });
    expect(prepared?.warning?.problem).toMatch(/too long a name for the header/);
  });

  it('goes nowhere from 255 on, with a warning, and the client still gets its address', () => {
    expect(valueOf(exchange(254).reply, dhcpOption.bootFileName)).toHaveLength(254);
    const { message, reply, prepared } = exchange(255);
    expect({ message, ...bootFields(reply) }).toEqual({ message: 'OFFER', ...addressOnly });
    expect(prepared?.warning?.problem).toMatch(/255 bytes/);
  });

  it('counts what iPXE’s URL adds', () => {
    const bench = new Bench({ plan: () => bootPlan('x'.repeat(250)) });
    expect(bench.send(clientPacket('DISCOVER', { options: ipxe })).prepared?.warning?.problem).toMatch(/267 bytes/);
  });

  it('does not go to a BOOTP client at all', () => {
    const bench = new Bench({ plan: () => bootPlan('x'.repeat(128)) });
    expect(bench.send(clientPacket('BOOTP'))).toMatchObject({ message: 'BOOTP', reply: { file: '' } });
  });
});

describe('a relayed request', () => {
  const relayInformation = [82, Uint8Array.of(1, 2, 0xff, 0x00)] as const;
  const relay = { address: '10.88.0.250', port: 67 };

  it('goes back through the relay with its option 82, last (TC-19)', () => {
    const { reply, prepared } = new Bench().send(
      clientPacket('DISCOVER', { giaddr: '10.88.0.250', options: [relayInformation, ...pxeRom] }),
      relay,
    );
    expect(prepared?.destination).toEqual({ address: '10.88.0.250', port: 67 });
    expect(reply?.giaddr).toBe('10.88.0.250');
    expect([...(reply?.options ?? [])].at(-1)).toEqual(relayInformation);
  });

  it.each<[string, string, string, RegExp]>([
    ['by a relay of another subnet', '172.16.0.1', '172.16.0.1', /172\.16\.0\.1, which is on another subnet/],
    ['by whom has no address', '10.88.0.250', '0.0.0.0', /names the relay 10\.88\.0\.250, but came from 0\.0\.0\.0/],
    ['from elsewhere in the name of a machine here', '10.88.0.60', '203.0.113.5', /came from 203\.0\.113\.5/],
    ['in the name of the station', STATION, '10.88.0.60', /another subnet/],
    ['in the name of everybody', '10.88.0.255', '10.88.0.60', /another subnet/],
  ])('is not answered where it was sent %s', (_, giaddr, address, reason) => {
    for (const mode of ['dhcp', 'proxy'] as const) {
      const sent = new Bench({ mode }).send(clientPacket('DISCOVER', { giaddr, options: pxeRom }), {
        address,
        port: 67,
      });
      expect({ reply: sent.reply, reason: sent.reason }).toEqual({
        reply: undefined,
        reason: expect.stringMatching(reason) as string,
      });
    }
  });

  it('is refused with the broadcast flag and option 82', () => {
    const { message, reply, prepared } = new Bench().send(
      clientPacket('REQUEST', { giaddr: '10.88.0.250', flags: 0, options: [requested('10.9.9.9'), relayInformation] }),
      relay,
    );
    expect(prepared?.destination).toEqual({ address: '10.88.0.250', port: 67 });
    expect({ message, flags: reply?.flags, codes: [...(reply?.options?.keys() ?? [])] }).toEqual({
      message: 'NAK',
      flags: 0x8000,
      codes: [53, 54, 56, 82],
    });
  });
});

describe('echoes', () => {
  const machine = (...bytes: number[]): readonly [number, Uint8Array] => [97, Uint8Array.from(bytes)];
  const sixteen = Array.from({ length: 16 }, (_, index) => index + 1);

  // TC-21
  it.each<[string, readonly [number, Uint8Array], boolean]>([
    ['a client identifier', [61, text('\u0001RT\u0000')], true],
    ['a machine identifier', machine(0, ...sixteen), true],
    ['a machine identifier of 16 bytes', machine(...sixteen), false],
    ['a machine identifier of another type', machine(1, ...sixteen), false],
    ['a vendor class', vendorClass('udhcp 1.35.0'), false],
    ['a parameter request list', [55, Uint8Array.of(1, 3, 6)], false],
  ])('%s: %s', (_, [code, bytes], isEchoed) => {
    const { reply } = new Bench().lease({ options: [[code, bytes]] });
    expect(reply?.options?.get(code)).toEqual(isEchoed ? bytes : undefined);
  });
});

describe('the size of a reply', () => {
  const large = new Uint8Array(255).fill(7);
  const options = [[61, large] as const, [82, large] as const, ...ipxe];
  const longUrl = bootPlan(`http://10.88.0.1/${'x'.repeat(237)}`);
  const sizeFor = (maximum: number | undefined): number | undefined =>
    new Bench({ plan: () => longUrl }).send(
      clientPacket('DISCOVER', {
        options: maximum === undefined ? options : [...options, set(dhcpOption.maximumMessageSize, maximum)],
      }),
    ).prepared?.bytes.length;

  it('is at most 548 bytes where the client names no maximum, or too small a one', () => {
    expect(sizeFor(undefined)).toBeLessThanOrEqual(548);
    expect(sizeFor(0)).toBeLessThanOrEqual(548);
  });

  it('uses the room that there is to the last byte', () => {
    const sizes = Array.from({ length: 256 }, (_, length) => {
      const identifier = [61, new Uint8Array(length)] as const;
      return new Bench().send(clientPacket('DISCOVER', { options: [[82, large], identifier] })).prepared?.bytes.length;
    });
    expect(Math.max(...sizes.map((size) => size ?? Infinity))).toBe(548);
  });

  it('follows the client up to an Ethernet frame', () => {
    expect(sizeFor(1472)).toBeGreaterThan(1000);
    expect(sizeFor(0xff00)).toBe(sizeFor(1500));
  });

  it('costs what is needed least first', () => {
    const { reply } = new Bench({ plan: () => longUrl }).send(clientPacket('DISCOVER', { options }));
    expect([...(reply?.options?.keys() ?? [])]).toEqual([53, 54, 51, 58, 59, 1, 67, 175]);
  });
});

it('answers a REQUEST that names us with router and name servers where there are some', () => {
  const bench = new Bench({ router: STATION, dnsServers: ['10.88.0.2', '10.88.0.3'] });
  const { reply } = bench.lease();
  expect(valueOf(reply, dhcpOption.router)).toEqual([STATION]);
  expect(valueOf(reply, dhcpOption.domainNameServer)).toEqual(['10.88.0.2', '10.88.0.3']);
  expect(valueOf(new Bench().lease({ options: [server(STATION)] }).reply, dhcpOption.router)).toBeUndefined();
});
