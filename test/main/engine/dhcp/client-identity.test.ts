import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootClientSchema } from '../../../../main/contract/firmware.ts';
import { identifyClient, type ClientIdentity } from '../../../../main/engine/dhcp/client-identity.ts';
import { architectureOf } from '../../../../main/engine/dhcp/client-identity-architecture.ts';
import { readRequest } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption } from '../../../../main/engine/dhcp/options.ts';
import { architecture, type ClientPacket, clientPacket, decoded, set, text, vendorClass } from './scripted-client.ts';

function identify(packet: ClientPacket, message: 'DISCOVER' | 'BOOTP' = 'DISCOVER'): ClientIdentity {
  const bytes = clientPacket(message, packet);
  const read = readRequest(decoded(bytes), bytes.length);
  if (!read.ok) throw new Error(read.reason);
  return identifyClient(read.request);
}

const kind = (packet: ClientPacket): string => {
  const { bootClient, firmware } = identify(packet);
  return `${bootClient} ${firmware}`;
};

const raw = (code: number, ...bytes: number[]): readonly [number, Uint8Array] => [code, Uint8Array.from(bytes)];
const userClass = (value: string): readonly [number, Uint8Array] => [77, text(value)];
const pxe = vendorClass('PXEClient');

/** Every code of IANA's registry, by its number. */
const registered: readonly string[] = [
  'pxe bios',
  'pxe unknown', // NEC PC-98
  'pxe unknown', // Itanium
  'pxe unknown', // DEC Alpha
  'pxe unknown', // Arc x86
  'pxe unknown', // Lean Client
  'pxe uefi-ia32',
  'pxe uefi-x64',
  'pxe unknown', // XScale
  'pxe uefi-x64', // byte code, exchanged with 7 by erratum 4624
  'pxe uefi-arm32',
  'pxe uefi-arm64',
  'pxe unknown', // Open Firmware
  'pxe unknown', // ePAPR
  'pxe unknown', // OPAL
  'http-boot uefi-ia32',
  'http-boot uefi-x64',
  'http-boot uefi-x64',
  'http-boot uefi-arm32',
  'http-boot uefi-arm64',
  'http-boot bios', // BIOS by HTTP
  'u-boot u-boot',
  'u-boot u-boot',
  'http-boot u-boot',
  'http-boot u-boot',
  'pxe unknown', // RISC-V 32
  'http-boot unknown', // RISC-V 32 by HTTP
  'pxe uefi-riscv64',
  'http-boot uefi-riscv64',
  'pxe unknown', // RISC-V 128
  'http-boot unknown', // RISC-V 128 by HTTP
  'pxe unknown', // s390 basic
  'pxe unknown', // s390 extended
  'pxe unknown', // MIPS 32
  'pxe unknown', // MIPS 64
  'pxe unknown', // Sunway 32
  'pxe unknown', // Sunway 64
  'pxe unknown', // LoongArch 32
  'http-boot unknown', // LoongArch 32 by HTTP
  'pxe uefi-loong64',
  'http-boot uefi-loong64',
  'raspberry-pi raspberry-pi', // rpiboot
];

describe('architecture (TC-42)', () => {
  it.each(registered.map((expected, code) => [code, expected] as const))('%i is %s', (code, expected) => {
    // HTTP codes come with their own class; that the code alone is enough, `pxe` shows.
    expect(kind({ options: [pxe, architecture(code)] })).toBe(expected);
    expect(architectureOf(code)?.name).toMatch(/^[\w ,-]+$/);
  });

  it('has no code that nobody registered', () => {
    expect([registered.length, 0xff, 0x1234, 0xffff].map((code) => architectureOf(code))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each<[string, readonly (readonly [number, Uint8Array])[], string]>([
    ['0x1234', [architecture(0x1234)], 'pxe unknown'],
    ['a list: the first that can be served', [architecture(7, 16)], 'pxe uefi-x64'],
    ['a list that begins with an unknown one', [architecture(0x1234, 11)], 'pxe uefi-arm64'],
    ['a value of 1 byte', [raw(93, 7)], 'pxe unknown'],
    ['a value of 3 bytes', [raw(93, 0, 7, 0)], 'pxe uefi-x64'],
    ['an empty value', [raw(93)], 'pxe unknown'],
    [
      'a code that the vendor class says otherwise',
      [vendorClass('PXEClient:Arch:00007:UNDI:003016'), architecture(0)],
      'pxe bios',
    ],
    ['a list of Itanium and a code nobody knows', [architecture(2, 0x1234)], 'pxe unknown'],
    ['a list of 200 codes', [architecture(...Array.from({ length: 100 }, () => 2), 7)], 'pxe uefi-x64'],
    ['none', [], 'pxe unknown'],
  ])('%s', (_, options, expected) => expect(kind({ options: [pxe, ...options] })).toBe(expected));

  it('is taken from the vendor class where option 93 is missing', () => {
    expect(kind({ options: [vendorClass('PXEClient:Arch:00007:UNDI:003016')] })).toBe('pxe uefi-x64');
    expect(kind({ options: [vendorClass('HTTPClient:Arch:00019:UNDI:003016')] })).toBe('http-boot uefi-arm64');
  });

  it('is reported by number, the first one where none is known', () => {
    expect(identify({ options: [pxe, architecture(0x1234, 2)] }).architecture).toBe(0x1234);
    expect(identify({ options: [pxe, architecture(0x1234, 11)] }).architecture).toBe(11);
  });
});

describe('boot client', () => {
  it.each<[string, ClientPacket, string]>([
    // TC-43
    ['bare PXEClient', { options: [pxe, architecture(7)] }, 'pxe uefi-x64'],
    ['full PXEClient', { options: [vendorClass('PXEClient:Arch:00007:UNDI:003016'), architecture(7)] }, 'pxe uefi-x64'],
    ['NUL-terminated PXEClient', { options: [vendorClass('PXEClient\0'), architecture(7)] }, 'pxe uefi-x64'],
    ['pxeclient', { options: [vendorClass('pxeclient'), architecture(7)] }, 'none uefi-x64'],
    [
      'HTTPClient that lists a PXE code',
      { options: [vendorClass('HTTPClient:Arch:00007'), architecture(7)] },
      'http-boot uefi-x64',
    ],
    ['iPXE by its raw user class', { options: [pxe, architecture(7), userClass('iPXE')] }, 'ipxe uefi-x64'],
    ['iPXE by a user class with its length', { options: [architecture(0), userClass('\u0004iPXE')] }, 'ipxe bios'],
    [
      'iPXE as the first of two user classes',
      { options: [architecture(0), userClass('\u0004iPXE\u0003abc')] },
      'ipxe bios',
    ],
    ['iPXE by option 175', { options: [pxe, architecture(0), raw(175, 0x13, 1, 1)] }, 'ipxe bios'],
    ['another user class', { options: [pxe, architecture(0), userClass('Etherboot')] }, 'pxe bios'],
    ['U-Boot', { options: [vendorClass('U-Boot.armv8')] }, 'u-boot u-boot'],
    [
      'a Raspberry Pi that claims to be a PC',
      { mac: 'b8:27:eb:01:02:03', options: [pxe, architecture(0)] },
      'raspberry-pi raspberry-pi',
    ],
    [
      'a Raspberry Pi with UEFI firmware',
      { mac: 'dc:a6:32:01:02:03', options: [pxe, architecture(11)] },
      'pxe uefi-arm64',
    ],
    ['a Raspberry Pi whose system asks', { mac: 'dc:a6:32:01:02:03' }, 'none unknown'],
    ['udhcpc', { options: [vendorClass('udhcp 1.35.0')] }, 'none unknown'],
    ['Windows', { options: [vendorClass('MSFT 5.0')] }, 'none unknown'],
    ['dhclient', {}, 'none unknown'],
  ])('%s', (_, packet, expected) => expect(kind(packet)).toBe(expected));

  it.each([
    ['88:a2:9e:00:00:01', 'raspberry-pi'],
    ['98:fe:54:00:00:01', 'raspberry-pi'],
    ['f0:40:af:90:00:01', 'raspberry-pi'],
    ['f0:40:af:80:00:01', 'pxe'],
    ['8c:1f:64:34:a0:01', 'raspberry-pi'],
    ['8c:1f:64:34:b0:01', 'pxe'],
    ['52:54:00:27:eb:01', 'pxe'],
  ])('of %s, which says that it is a PC, is %s', (mac, bootClient) =>
    expect(identify({ mac, options: [pxe, architecture(0)] }).bootClient).toBe(bootClient),
  );

  it('is bootp where there is no message type', () => expect(identify({}, 'BOOTP').bootClient).toBe('bootp'));
});

describe('what a client says of itself', () => {
  it('is its machine identifier, as on the machine’s label', () => {
    const options = [
      set(
        dhcpOption.clientMachineIdentifier,
        Uint8Array.from({ length: 17 }, (_, index) => index),
      ),
    ];
    expect(identify({ options }).uuid).toBe('04030201-0605-0807-090a-0b0c0d0e0f10');
  });

  // TC-21
  it.each<[string, number[]]>([
    ['of 16 bytes', Array.from({ length: 16 }, () => 7)],
    ['of another type', [1, ...Array.from({ length: 16 }, () => 7)]],
    ['never set', Array.from({ length: 17 }, () => 0)],
    ['erased', [0, ...Array.from({ length: 16 }, () => 0xff)]],
    ['empty', []],
  ])('is no machine identifier when it is %s', (_, bytes) => {
    expect(identify({ options: [raw(97, ...bytes)] }).uuid).toBeUndefined();
  });

  it('is bounded and printable', () => {
    const { vendorClass: shown, hostName } = identify({
      options: [vendorClass(`PXEClient\u001b[31m`), set(dhcpOption.hostName, 'lab\n7')],
    });
    expect({ shown, hostName }).toEqual({ shown: 'PXEClient.[31m', hostName: 'lab.7' });
  });

  it('is iPXE’s feature set', () => {
    // PCI id, version, HTTP, HTTPS switched off, EFI, then a tag cut short.
    const etherboot = raw(
      175,
      0xb1,
      5,
      1,
      0x1a,
      0xf4,
      0x10,
      0,
      0xeb,
      3,
      1,
      0,
      0,
      0x13,
      1,
      1,
      0x14,
      1,
      0,
      0x24,
      1,
      1,
      0x27,
    );
    expect([...(identify({ options: [etherboot] }).ipxeFeatures ?? [])]).toEqual([0x13, 0x24]);
    expect(identify({}).ipxeFeatures).toBeUndefined();
  });

  it('never makes identification fail', () => {
    const value = fc.uint8Array({ maxLength: 120 });
    fc.assert(
      fc.property(value, value, value, value, value, (a, b, c, d, e) => {
        expect(bootClientSchema.options).toContain(
          identify({
            options: [
              [60, a],
              [77, b],
              [93, c],
              [97, d],
              [175, e],
            ],
          }).bootClient,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
