import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../../../main/engine/dhcp/client-identity.ts';
import { readRequest } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption, type RawOptions } from '../../../../main/engine/dhcp/options.ts';
import { decodePacket, encodePacket } from '../../../../main/engine/dhcp/packet.ts';
import { type Asker, clientPacket } from '../../../../main/engine/rehearsal/machine-dhcp.ts';
import { decoded } from '../dhcp/scripted-client.ts';
import { profile } from './conversation.ts';

describe('clientPacket', () => {
  it.each<[Asker, (typeof profile)['firmware'], object]>([
    ['pxe', 'bios', { bootClient: 'pxe', firmware: 'bios', architecture: 0 }],
    ['pxe', 'uefi-x64', { bootClient: 'pxe', firmware: 'uefi-x64', architecture: 7, uuid: profile.uuid }],
    ['pxe', 'uefi-arm64', { bootClient: 'pxe', firmware: 'uefi-arm64', architecture: 11 }],
    ['http-boot', 'uefi-x64', { bootClient: 'http-boot', firmware: 'uefi-x64', architecture: 16 }],
    ['http-boot', 'uefi-arm64', { bootClient: 'http-boot', firmware: 'uefi-arm64', architecture: 19 }],
    ['ipxe', 'bios', { bootClient: 'ipxe', firmware: 'bios', userClass: 'iPXE' }],
    ['ipxe', 'uefi-arm64', { bootClient: 'ipxe', firmware: 'uefi-arm64', userClass: 'iPXE' }],
    ['initramfs', 'uefi-x64', { bootClient: 'none', vendorClass: 'Linux ipconfig', hostName: undefined }],
    ['system', 'uefi-x64', { bootClient: 'none', hostName: 'bench-01', uuid: undefined }],
  ])('of %s on %s is understood by the server as what it is', (asker, firmware, identity) => {
    const bytes = encodePacket(clientPacket('DISCOVER', { ...profile, firmware }, asker, 0x12345678));
    const packet = decodePacket(bytes);
    if (!packet.ok) throw new Error(packet.reason);
    const read = readRequest(packet.packet, bytes.length);
    if (!read.ok) throw new Error(read.reason);
    expect(read.request).toMatchObject({ mac: profile.mac, state: 'DISCOVER' });
    expect(identifyClient(read.request)).toMatchObject(identity);
  });

  it.each([
    ['uefi-x64-pxe', 'pxe'],
    ['uefi-x64-http-boot', 'http-boot'],
    ['uefi-x64-chained-ipxe', 'ipxe'],
  ] as const)('has the options of a captured %s', (name, asker) => {
    const path = new URL(`../../../fixtures/dhcp/captured/${name}-discover.hex`, import.meta.url);
    const captured = decoded(Buffer.from(readFileSync(path, 'utf8').replaceAll(/\s+/g, ''), 'hex'));
    const made = clientPacket('DISCOVER', profile, asker, 1);
    expect(new Set(made.options?.keys())).toEqual(new Set(captured.options?.keys()));
    const hexOf = (options: RawOptions | undefined, code: number): string =>
      Buffer.from(options?.get(code) ?? []).toString('hex');
    for (const { code, name } of [dhcpOption.clientArchitecture, dhcpOption.maximumMessageSize, dhcpOption.userClass]) {
      expect(`${name} ${hexOf(made.options, code)}`).toBe(`${name} ${hexOf(captured.options, code)}`);
    }
    expect(made.flags).toBe(captured.flags);
  });
});
