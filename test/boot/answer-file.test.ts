import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { debianInstallerIso } from '../testbed/debian-installer-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

const BOOT_TIMEOUT_MS = 300_000;

/** The installer is told where the answers are by the words that its recipe knows, and goes by them. */
describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat'))('an answer file', () => {
  it('is fetched by the Debian installer, which does what it says', async () => {
    const image = await debianInstallerIso();
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-preseed-'));
    const answerFile = join(folder, 'bench.cfg');
    // The one thing that needs nothing but the installer's own memory, and is seen on the console.
    await writeFile(answerFile, 'd-i preseed/early_command string echo "answers of the bench" > /dev/console\n');
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image, words: ['--answer-file', answerFile] });
    await rm(folder, { recursive: true });
    await using machine = await Machine.powerOn(bed.station, {
      firmware: 'bios',
      mac: '52:54:00:b1:05:12',
      tap: await bed.addTap(),
    });
    await station.explain(async () => {
      await station.waitForEvent('transfer.started', ({ path }) => path === 'answer/bench.cfg', BOOT_TIMEOUT_MS);
      await machine.waitForSerial(/answers of the bench/, BOOT_TIMEOUT_MS);
    });
    expect(station.eventsOf('engine.trouble')).toEqual([]);
  });
});
