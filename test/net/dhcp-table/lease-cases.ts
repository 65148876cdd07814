import { clientPacket, pxeRom, requested, server } from '../../main/engine/dhcp/scripted-client.ts';
import { expect } from 'vitest';
import {
  BROADCAST_HEARD,
  type Case,
  codesOf,
  EVERYBODY,
  HOST,
  identifier,
  identifierOf,
  inPool,
  iPxe,
  LOADER,
  nextTransaction,
  OTHER_SERVER,
  replied,
  silent,
  STATION,
} from './machine.ts';

/** Where the station hands out the addresses. */
export const leaseCases: readonly Case[] = [
  [
    'TC-01 DISCOVER of a free address',
    async (machine) => {
      const { message, packet, sizeBytes, ...places } = replied(
        await machine.ask('DISCOVER', { options: [...pxeRom, requested('192.168.77.177')] }),
      );
      expect({
        message,
        yiaddr: packet.yiaddr,
        ciaddr: packet.ciaddr,
        siaddr: packet.siaddr,
        file: packet.file,
      }).toEqual({
        message: 'OFFER',
        yiaddr: '192.168.77.177',
        ciaddr: '0.0.0.0',
        siaddr: STATION,
        file: LOADER,
      });
      expect(places).toMatchObject(BROADCAST_HEARD);
      expect(codesOf(packet)).toEqual(expect.arrayContaining([53, 54, 51, 58, 59, 1]));
      expect(sizeBytes).toBeGreaterThanOrEqual(300);
    },
  ],
  [
    'TC-02 DISCOVER that says it has an address',
    async (machine) =>
      expect(replied(await machine.ask('DISCOVER', { ciaddr: HOST })).packet).toMatchObject({
        ciaddr: '0.0.0.0',
        yiaddr: inPool,
      }),
  ],
  [
    'TC-03 DISCOVER twice',
    async (machine) => {
      const first = replied(await machine.ask('DISCOVER'));
      expect(replied(await machine.ask('DISCOVER')).packet.yiaddr).toBe(first.packet.yiaddr);
    },
  ],
  [
    'TC-04 SELECTING gets what was offered',
    async (machine) => {
      const xid = nextTransaction();
      const { packet: offer } = replied(await machine.ask('DISCOVER', { options: pxeRom, xid }));
      const options = [...pxeRom, requested(offer.yiaddr), server(STATION)];
      const { message, packet: ack } = replied(await machine.ask('REQUEST', { options, xid }));
      expect(message).toBe('ACK');
      const { yiaddr, siaddr, file, sname } = offer;
      expect(ack).toMatchObject({ yiaddr, siaddr, file, sname });
    },
  ],
  [
    'TC-05 SELECTING of another server',
    async (machine) => {
      await machine.ask('DISCOVER');
      const options = [requested('192.168.77.200'), server(OTHER_SERVER)];
      expect(await machine.ask('REQUEST', { options })).toEqual(silent(/chose the server 192\.168\.77\.254/));
    },
  ],
  [
    'TC-07 INIT-REBOOT with its lease',
    async (machine) => {
      const address = await machine.lease();
      const { message, packet } = replied(await machine.ask('REQUEST', { options: [requested(address)] }));
      expect({ message, yiaddr: packet.yiaddr }).toEqual({ message: 'ACK', yiaddr: address });
    },
  ],
  [
    'TC-08 INIT-REBOOT of another network',
    async (machine) => {
      const { message, packet, ...places } = replied(
        await machine.ask('REQUEST', { options: [requested('192.168.1.9')] }),
      );
      expect({ message, yiaddr: packet.yiaddr, codes: codesOf(packet) }).toEqual({
        message: 'NAK',
        yiaddr: '0.0.0.0',
        codes: [53, 54, 56],
      });
      expect(places).toMatchObject(BROADCAST_HEARD);
    },
  ],
  [
    'TC-09 INIT-REBOOT of a stranger',
    async (machine) =>
      expect(replied(await machine.ask('REQUEST', { options: [requested('192.168.77.180')] })).message).toBe('NAK'),
  ],
  [
    'TC-10 RENEWING by unicast, and REBINDING by broadcast',
    async (machine) => {
      const address = await machine.lease();
      await machine.rom.ask(clientPacket('DISCOVER', { mac: machine.mac, xid: nextTransaction() }));
      const renewing = { ciaddr: address, flags: 0 };
      for (const to of [`${STATION}:67`, EVERYBODY]) {
        const way = { by: machine.host, from: `${address}:68`, to };
        const { message, packet, ...places } = replied(await machine.ask('REQUEST', renewing, way));
        expect({ message, yiaddr: packet.yiaddr, ciaddr: packet.ciaddr }).toEqual({
          message: 'ACK',
          yiaddr: address,
          ciaddr: address,
        });
        expect(places).toMatchObject({ from: `${STATION}:67`, to: `${address}:68` });
      }
    },
  ],
  [
    'TC-11 RENEWING of a stranger',
    async (machine) => {
      const way = { by: machine.host, from: `${HOST}:68`, to: `${STATION}:67` };
      const { message, packet, ...places } = replied(await machine.ask('REQUEST', { ciaddr: HOST }, way));
      expect({ message, ciaddr: packet.ciaddr }).toEqual({ message: 'NAK', ciaddr: '0.0.0.0' });
      expect(places).toMatchObject(BROADCAST_HEARD);
    },
  ],
  [
    'TC-13 DECLINE of its address',
    async (machine) => {
      const address = await machine.lease();
      const options = [requested(address), server(STATION)];
      expect(await machine.ask('DECLINE', { options })).toEqual(silent(/found .* in use/));
      expect(replied(await machine.ask('DISCOVER')).packet.yiaddr).not.toBe(address);
    },
  ],
  [
    'TC-14 DECLINE of another server’s',
    async (machine) => {
      const address = await machine.lease();
      expect(await machine.ask('DECLINE', { options: [requested(address)] })).toEqual(silent(/another server/));
      expect(replied(await machine.ask('DISCOVER')).packet.yiaddr).toBe(address);
    },
  ],
  [
    'TC-15 RELEASE, and one that is not its own',
    async (machine) => {
      const address = await machine.lease({ options: [identifier] });
      const way = { by: machine.host, from: `${HOST}:68`, to: `${STATION}:67` };
      const release = { ciaddr: address, options: [server(STATION), identifier] };
      const other = { ...release, options: [server(STATION), identifierOf(2)] };
      expect(await machine.ask('RELEASE', { ...release, mac: '52:54:00:3b:00:01' }, way)).toEqual(
        silent(/not its own/),
      );
      expect(await machine.ask('RELEASE', other, way)).toEqual(silent(/another client identifier/));
      expect(await machine.ask('RELEASE', release, way)).toEqual(silent(/gave .* back/));
    },
  ],
  [
    'TC-16 INFORM',
    async (machine) => {
      const way = { by: machine.host, from: `${HOST}:68`, to: `${STATION}:67` };
      const { message, packet, ...places } = replied(await machine.ask('INFORM', { ciaddr: HOST }, way));
      expect({ message, yiaddr: packet.yiaddr }).toEqual({ message: 'ACK', yiaddr: '0.0.0.0' });
      expect(codesOf(packet).filter((code) => [51, 58, 59].includes(code))).toEqual([]);
      expect(places).toMatchObject({ from: `${STATION}:67`, to: `${HOST}:68` });
    },
  ],
  [
    'TC-18 BOOTP',
    async (machine) => {
      const { message, packet, sizeBytes } = replied(await machine.ask('BOOTP'));
      expect({ message, yiaddr: packet.yiaddr, sizeBytes }).toEqual({
        message: 'BOOTP',
        yiaddr: inPool,
        sizeBytes: 300,
      });
      expect(codesOf(packet).filter((code) => [51, 52, 53, 54].includes(code))).toEqual([]);
    },
  ],
  [
    'TC-30 ROM, iPXE and system of one machine keep one address',
    async (machine) => {
      const address = await machine.lease({ options: pxeRom });
      expect(await machine.lease({ options: [...iPxe, identifier] })).toBe(address);
      expect(await machine.lease({ options: [identifierOf(3)] })).toBe(address);
    },
  ],
];
