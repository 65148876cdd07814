import type { Firmware } from '../../../main/contract/firmware.ts';
import { hexOf } from '../../../main/engine/dhcp/option-values.ts';
import { dhcpOption } from '../../../main/engine/dhcp/options.ts';
import {
  architecture,
  type ClientPacket,
  clientPacket,
  pxeRom,
  text,
  valueOf,
  vendorClass,
} from '../../main/engine/dhcp/scripted-client.ts';
import { expect } from 'vitest';
import {
  bytesWith,
  type Case,
  codesOf,
  HOST,
  identifier,
  LOADER,
  OWN_MAC,
  RELAY,
  relayInformation,
  replied,
  silent,
  STATION,
  uefi,
  uuid,
  withOptions,
} from './machine.ts';

type OptionList = readonly [name: string, options: readonly number[], firmware: Firmware];

const pxeClient = [60, 9, ...text('PXEClient')];
const optionLists: readonly OptionList[] = [
  // 93 says UEFI in the second half of a value that comes in two pieces.
  [
    'a value in two pieces (RFC 3396)',
    [60, 4, 80, 88, 69, 67, 60, 5, 108, 105, 101, 110, 116, 93, 1, 0, 93, 1, 7],
    'uefi-x64',
  ],
  ['an option that is longer than the packet', [...pxeClient, 93, 2, 0, 7, 12, 255], 'uefi-x64'],
  ['no end', [...pxeClient, 93, 2, 0, 7], 'uefi-x64'],
  [
    'an option of no bytes, many times',
    [...pxeClient, 93, 2, 0, 7, ...Array.from({ length: 40 }, () => [12, 0]).flat()],
    'uefi-x64',
  ],
  ['an architecture that nobody knows', [...pxeClient, 93, 2, 0x12, 0x34, 255], 'unknown'],
  ['an architecture of one byte', [...pxeClient, 93, 1, 7, 255], 'unknown'],
  ['overload (52) of what no option is', [52, 1, 7, ...pxeClient, 93, 2, 0, 7, 255], 'uefi-x64'],
];

const optionsCase = ([name, options, firmware]: OptionList): Case => [
  `options: ${name}`,
  async (machine) => {
    const answer = replied(await machine.rom.ask(withOptions(machine.mac, 53, 1, 1, ...options)));
    expect(answer.message).toBe('OFFER');
    expect(machine.firmware()).toBe(firmware);
  },
];

/** Whoever hands out the addresses. */
export const commonCases: readonly Case[] = [
  [
    'TC-19 through a relay',
    async (machine) => {
      const way = { by: machine.relay, from: `${RELAY}:67`, to: `${STATION}:67` };
      const options = [...pxeRom, relayInformation];
      const { packet, ...places } = replied(await machine.ask('DISCOVER', { giaddr: RELAY, hops: 1, options }, way));
      expect([...(packet.options ?? [])].at(-1)).toEqual([82, Buffer.from(relayInformation[1])]);
      expect({ giaddr: packet.giaddr, ...places }).toMatchObject({
        giaddr: RELAY,
        from: `${STATION}:67`,
        to: `${RELAY}:67`,
      });
    },
  ],
  [
    'a relay that is none',
    async (machine) => {
      const atHost = { by: machine.host, from: `${HOST}:67`, to: `${STATION}:67` };
      expect(await machine.ask('DISCOVER', { giaddr: '10.9.9.9', options: pxeRom }, atHost)).toEqual(
        silent(/another subnet/),
      );
      expect(await machine.ask('DISCOVER', { giaddr: STATION, options: pxeRom }, atHost)).toEqual(
        silent(/another subnet/),
      );
      expect(await machine.ask('DISCOVER', { giaddr: RELAY, options: pxeRom })).toEqual(
        silent(/names the relay .* came from 0\.0\.0\.0/),
      );
    },
  ],
  [
    'TC-21 echoes what it may',
    async (machine) => {
      const codes = async (...options: ClientPacket['options'] & object): Promise<number[]> =>
        codesOf(replied(await machine.ask('DISCOVER', { options: [...pxeRom, ...options] })).packet);
      expect(await codes(uuid, identifier)).toEqual(expect.arrayContaining([61, 97]));
      expect(await codes([97, new Uint8Array(16)])).not.toContain(97);
      expect(await codes([97, Uint8Array.from({ length: 17 }, () => 1)])).not.toContain(97);
    },
  ],
  [
    'TC-22 the boot server answers to where it was asked from, once something was offered',
    async (machine) => {
      const packet = { ciaddr: HOST, options: [...uefi, uuid] };
      const ports = [`${HOST}:4011`, `${HOST}:68`].map((from) => ({ by: machine.host, from, to: `${STATION}:4011` }));
      for (const way of ports) expect(await machine.ask('REQUEST', packet, way)).toEqual(silent(/was not offered/));
      await machine.ask('DISCOVER', { options: uefi });
      for (const way of ports) {
        const { message, packet: ack, ...places } = replied(await machine.ask('REQUEST', packet, way));
        expect({ message, yiaddr: ack.yiaddr, file: ack.file, siaddr: ack.siaddr }).toEqual({
          message: 'ACK',
          yiaddr: '0.0.0.0',
          file: LOADER,
          siaddr: STATION,
        });
        expect(places).toMatchObject({ from: `${STATION}:4011`, to: way.from });
      }
    },
  ],
  [
    'TC-23 bytes that are no request',
    async (machine) => {
      const good = clientPacket('DISCOVER', { mac: machine.mac, options: pxeRom });
      const bad: readonly Uint8Array[] = [
        new Uint8Array(0),
        good.subarray(0, 100),
        good.subarray(0, 235),
        bytesWith(good, (bytes) => (bytes[2] = 20)),
        bytesWith(good, (bytes) => (bytes[1] = 0)),
        bytesWith(good, (bytes) => (bytes[0] = 2)),
        bytesWith(good, (bytes) => (bytes[3] = 16)),
        bytesWith(good, (bytes) => bytes.fill(0, 28, 44)),
        clientPacket('OFFER', { mac: machine.mac }),
        withOptions(machine.mac, 53, 2, 1, 1, 255),
        withOptions(machine.mac, 53, 1, 99, 255),
        // No message type is left of it, and it is too short for BOOTP.
        withOptions(machine.mac, 60, 200, 80).subarray(0, 260),
        Uint8Array.from([...good, ...new Uint8Array(5000)]),
      ];
      for (const bytes of bad) expect(await machine.rom.ask(bytes)).toEqual({ kind: 'dropped' });
    },
  ],
  [
    'TC-32 the computer’s own DHCP client',
    async (machine) =>
      expect(await machine.ask('DISCOVER', { mac: OWN_MAC, options: pxeRom })).toEqual({ kind: 'ignored' }),
  ],
  ...optionLists.map(optionsCase),
  [
    'options in the fields of the header (52)',
    async (machine) => {
      const bytes = bytesWith(withOptions(machine.mac, 53, 1, 1, 52, 1, 3, 255), (packet) => {
        packet.set([60, 9, ...text('PXEClient'), 255], 108);
        packet.set([93, 2, 0, 7, 52, 1, 3, 255], 44);
      });
      expect(replied(await machine.rom.ask(bytes)).packet.file).toBe(LOADER);
      expect(machine.firmware()).toBe('uefi-x64');
    },
  ],
  [
    'TC-49 a Raspberry Pi 3, after the second that it needs',
    async (machine) => {
      const packet = { mac: 'b8:27:eb:00:00:07', xid: 0x26f30339, options: pxeRom };
      const { packet: offer } = replied(await machine.ask('DISCOVER', packet));
      expect(hexOf(valueOf(offer, dhcpOption.vendorSpecific) ?? new Uint8Array())).toContain(
        hexOf(text('Raspberry Pi Boot   ')),
      );
      expect(valueOf(offer, dhcpOption.tftpServerName)).toBe(STATION);
    },
  ],
  [
    'TC-51 U-Boot',
    async (machine) => {
      const options = [vendorClass('U-Boot.armv8'), architecture(22)];
      const { packet, from } = replied(await machine.ask('DISCOVER', { options }));
      expect({ siaddr: packet.siaddr, file: packet.file, from }).toEqual({
        siaddr: STATION,
        file: LOADER,
        from: `${STATION}:67`,
      });
    },
  ],
  [
    'a flood of one machine is answered as often as a machine asks, and keeps nobody else waiting',
    async (machine) => {
      const flood = clientPacket('DISCOVER', { mac: machine.mac, options: pxeRom });
      const { replied: answered, dropped } = await machine.rom.flood(flood, 600);
      expect(answered).toBeGreaterThanOrEqual(50);
      expect(dropped).toBeGreaterThan(400);
      const other = await machine.ask('DISCOVER', { mac: '52:54:00:3b:00:02', options: pxeRom });
      expect(replied(other).message).toBe('OFFER');
    },
  ],
];
