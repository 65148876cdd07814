import type dgram from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { StationError } from '../../contract/errors.ts';
import { openDeviceUdpSocket } from './device-socket.ts';
import { findInterface } from './interfaces.ts';
import { magicPacket } from './magic-packet.ts';

const DISCARD_PORT = 9;
const LIMITED_BROADCAST = '255.255.255.255';
/** A switch drops packets of a burst, and a port that just came up is deaf for a moment. */
const ROUNDS = 3;
const BETWEEN_ROUNDS_MS = 200;
const BETWEEN_MACHINES_MS = 2;

/**
 * Wakes machines up: their adapters hear it while they are switched off. It leaves by the one interface and no other.
 *
 * Errors: E_INTERFACE_NOT_FOUND, E_INTERFACE_DOWN, E_REPLY_NOT_SENT, those of `openDeviceUdpSocket`.
 */
export async function wakeUp(interfaceName: string, macs: readonly string[], password?: Uint8Array): Promise<void> {
  const { link, addresses } = await findInterface(interfaceName);
  if (link === 'down') throw new StationError('E_INTERFACE_DOWN', { name: interfaceName });
  const interfaceAddress = addresses.find(({ family }) => family === 'IPv4')?.address ?? '0.0.0.0';
  const socket = await openDeviceUdpSocket({ interfaceName, address: '0.0.0.0', port: 0 }, { interfaceAddress });
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if (round > 0) await delay(BETWEEN_ROUNDS_MS);
      for (const mac of macs) {
        await send(socket, magicPacket(mac, password));
        await delay(BETWEEN_MACHINES_MS);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StationError('E_REPLY_NOT_SENT', { name: interfaceName, reason }, { cause: error });
  } finally {
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}

function send(socket: dgram.Socket, packet: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(packet, DISCARD_PORT, LIMITED_BROADCAST, (error) => (error === null ? resolve() : reject(error)));
  });
}
