import { hexOf } from '../../../main/engine/dhcp/option-values.ts';
import { dhcpOption } from '../../../main/engine/dhcp/options.ts';
import { type ClientPacket, pxeRom, requested, server, valueOf } from '../../main/engine/dhcp/scripted-client.ts';
import { expect } from 'vitest';
import {
  BROADCAST_HEARD,
  type Case,
  codesOf,
  HOST,
  httpBoot,
  iPxe,
  LOADER,
  OTHER_SERVER,
  replied,
  silent,
  STATION,
  uefi,
  URL,
  uuid,
} from './machine.ts';

type Kind = readonly [
  name: string,
  options: ClientPacket['options'] & object,
  file: string,
  vendorClass: string,
  block: string | undefined,
];

const kinds: readonly Kind[] = [
  ['a BIOS', pxeRom, LOADER, 'PXEClient', '060108ff'],
  ['UEFI', uefi, LOADER, 'PXEClient', undefined],
  ['iPXE', iPxe, URL, 'PXEClient', '060108ff'],
  ['UEFI HTTP Boot', httpBoot, URL, 'HTTPClient', undefined],
];

const offerCase = ([name, options, file, vendor, block]: Kind): Case => [
  `DISCOVER of ${name} is told what to boot, and no address`,
  async (machine) => {
    const { message, packet, ...places } = replied(await machine.ask('DISCOVER', { options: [...options, uuid] }));
    expect({ message, yiaddr: packet.yiaddr, siaddr: packet.siaddr, file: packet.file }).toEqual({
      message: 'OFFER',
      yiaddr: '0.0.0.0',
      siaddr: STATION,
      file,
    });
    const vendorBlock = valueOf(packet, dhcpOption.vendorSpecific);
    expect({ vendor: valueOf(packet, dhcpOption.vendorClass), block: vendorBlock && hexOf(vendorBlock) }).toEqual({
      vendor,
      block,
    });
    expect(codesOf(packet).filter((code) => [1, 3, 6, 51, 58, 59].includes(code))).toEqual([]);
    expect(places).toMatchObject(BROADCAST_HEARD);
  },
];

/** Beside another server. */
export const proxyCases: readonly Case[] = [
  ...kinds.map(offerCase),
  [
    'every message about an address is the other server’s',
    async (machine) => {
      const atHost = { by: machine.host, from: `${HOST}:68`, to: `${STATION}:67` };
      const other = [...pxeRom, requested(HOST), server(OTHER_SERVER)];
      expect(await machine.ask('REQUEST', { options: other })).toEqual(
        silent(/takes its address from 192\.168\.77\.254/),
      );
      expect(await machine.ask('REQUEST', { options: [...pxeRom, requested('192.168.1.9')] })).toEqual(
        silent(/other server/),
      );
      expect(await machine.ask('REQUEST', { ciaddr: HOST, options: pxeRom }, atHost)).toEqual(silent(/other server/));
      expect(await machine.ask('DECLINE', { options: [...pxeRom, requested(HOST), server(STATION)] })).toEqual(
        silent(/other server/),
      );
      expect(await machine.ask('RELEASE', { ciaddr: HOST, options: pxeRom }, atHost)).toEqual(silent(/other server/));
      expect(await machine.ask('BOOTP')).toEqual(silent(/BOOTP/));
      expect(await machine.ask('DISCOVER')).toEqual(silent(/does not boot from the network/));
      expect(await machine.ask('INFORM', { ciaddr: HOST }, atHost)).toEqual(silent(/does not boot from the network/));
    },
  ],
  [
    'INFORM of a machine that boots',
    async (machine) => {
      const way = { by: machine.host, from: `${HOST}:68`, to: `${STATION}:67` };
      const { message, packet } = replied(await machine.ask('INFORM', { ciaddr: HOST, options: pxeRom }, way));
      expect({ message, yiaddr: packet.yiaddr, file: packet.file }).toEqual({
        message: 'ACK',
        yiaddr: '0.0.0.0',
        file: LOADER,
      });
    },
  ],
];
