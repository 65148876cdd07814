import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebianDisc } from '../testbed/debian-disc-iso.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { debianAnswers } from './debian-answers.ts';

const DISK_BYTES = 4 * 1024 ** 3;

export interface InstallingMachine {
  readonly firmware: 'bios' | 'uefi';
  readonly machine: Machine;
  readonly disk: string;
}

export interface DiscInstallation extends AsyncDisposable {
  readonly station: Station;
  readonly machines: readonly InstallingMachine[];
}

/**
 * Machines with empty disks, switched on in a session that installs the disc by answers. Nobody types anything. The netboot image is in
 * the library of the station, as a person would add it.
 */
export async function startDiscInstallation(
  { disc, netboot }: DebianDisc,
  firmwares: readonly ('bios' | 'uefi')[],
): Promise<DiscInstallation> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-installation-'));
  started.defer(async () => await rm(folder, { recursive: true, force: true }));
  const answers = join(folder, 'bench.cfg');
  await writeFile(answers, debianAnswers('installed'));
  const bed = started.use(await Bed.open());
  const words = ['--answer', answers, '--append', 'console=ttyS0'];
  const station = started.use(await Station.serve(bed, { image: disc, library: [netboot], words }));
  const machines: InstallingMachine[] = [];
  for (const [index, firmware] of firmwares.entries()) {
    const disk = join(folder, `${firmware}.raw`);
    await using file = await open(disk, 'w');
    await file.truncate(DISK_BYTES);
    const machine = started.use(
      await Machine.powerOn(bed.station, {
        firmware,
        mac: `52:54:00:0d:15:0${index}`,
        tap: await bed.addTap(),
        disk,
      }),
    );
    machines.push({ firmware, machine, disk });
  }
  const all = started.move();
  return { station, machines, [Symbol.asyncDispose]: async () => await all.disposeAsync() };
}
