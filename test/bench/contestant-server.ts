import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inodesOnPort } from '../../main/engine/net/port-owner.ts';
import type { RunningCommand } from '../testbed/command.ts';
import { BenchLink } from './bench-link.ts';
import { ProcessMeter, type ProcessUse } from './process-meter.ts';

const STATION_ROOM = fileURLToPath(new URL('station-room.ts', import.meta.url));

/** Our own room as a command. */
export const stationRoom = (room: 'tftp' | 'http' | 'dhcp', folder: string): readonly string[] => [
  process.execPath,
  STATION_ROOM,
  room,
  BenchLink.serverInterface,
  BenchLink.address,
  String(BenchLink.prefixLength),
  folder,
];

/** Where a server can be reached once it is up. */
export interface Listening {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
}

/** Runs a server for the time of one measurement, its start and end not counted. */
export async function measureServer<Value>(
  link: BenchLink,
  command: readonly string[],
  listening: Listening,
  load: () => Promise<Value>,
): Promise<{ value: Value; use: ProcessUse }> {
  await using server = link.server.spawn(command);
  await untilListening(server, listening);
  await sleep(SETTLE_MS);
  const meter = new ProcessMeter(server.pid);
  try {
    const value = await load();
    if (server.hasExited) throw new Error('the server ended');
    return { value, use: meter.stop() };
  } catch (error) {
    meter.stop();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${server.tail(10)}`, { cause: error });
  }
}

const READY_TIMEOUT_MS = 15_000;
const LOOK_INTERVAL_MS = 20;

/** What a server still does beside listening when it has just started is no part of what it serves. */
const SETTLE_MS = 700;

async function untilListening(server: RunningCommand, { protocol, port }: Listening): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    if (server.hasExited) throw new Error(`the server did not start: ${server.tail()}`);
    // The sockets of the server's own namespace. Asking the server itself would warm it up, and TFTP would wait a second.
    const table = await readFile(`/proc/${server.pid}/net/${protocol}`, 'utf8').catch(() => '');
    if (inodesOnPort(table, port, protocol === 'udp' ? 'UDP' : 'TCP').length > 0) return;
    if (performance.now() > deadline) throw new Error(`the server does not listen on ${protocol} port ${port}`);
    await sleep(LOOK_INTERVAL_MS);
  }
}
