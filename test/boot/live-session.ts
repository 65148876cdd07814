import { expect } from 'vitest';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

const BOOT_TIMEOUT_MS = 420_000;

export interface LiveSession {
  readonly image: string;
  /** What the serial console shows where the system is up. */
  readonly up: RegExp;
  /** Path in the image of what the systems fetch. */
  readonly systemFile: string;
  readonly memoryMiB: number;
  readonly words?: readonly string[];
}

/** A BIOS and a UEFI machine boot the image side by side in one session. Resolves to the ends of their serial consoles. */
export async function bootLiveSession(session: LiveSession): Promise<readonly string[]> {
  const { image, up, systemFile, memoryMiB, words = [] } = session;
  await using bed = await Bed.open();
  await using station = await Station.serve(bed, { image, words });
  const powerOn = async (firmware: 'bios' | 'uefi', mac: string): Promise<Machine> =>
    await Machine.powerOn(bed.station, { firmware, mac, memoryMiB, tap: await bed.addTap() });
  await using bios = await powerOn('bios', '52:54:00:b1:05:21');
  await using uefi = await powerOn('uefi', '52:54:00:0e:f1:21');
  return await station.explain(async () => {
    const consoles = await Promise.all(
      [bios, uefi].map(async (machine) => {
        await machine.waitForSerial(up, BOOT_TIMEOUT_MS);
        expect(filesSentTo(station, machine.mac)).toEqual(
          expect.arrayContaining(['script', 'kernel', 'initrd', 'system']),
        );
        return (await machine.serialText()).trimEnd().slice(-600);
      }),
    );
    const fetched = station.eventsOf('transfer.started').filter(({ kind }) => kind === 'system');
    // By HTTP, out of the image: no other file of it was asked for.
    expect(new Set(fetched.map(({ path, protocol }) => `${protocol} ${path.replace(/^[^/]+\//, '')}`))).toEqual(
      new Set([`http ${systemFile}`]),
    );
    expect(station.eventsOf('engine.trouble')).toEqual([]);
    return consoles;
  });
}
