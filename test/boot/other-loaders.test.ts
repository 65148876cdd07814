import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bigText } from '../../main/engine/boot/big-text.ts';
import type { HardwareNotes } from '../../main/contract/hardware-notes.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { screenText, vgaFont } from '../testbed/screen-text.ts';
import { Station } from '../testbed/station.ts';
import { LINUX_RUNS, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';

const IPXE_KERNEL = resolve(import.meta.dirname, '../../.testbed/ipxe.lkrn');
const BOOT_TIMEOUT_MS = 200_000;
const ASK_TIMEOUT_MS = 60_000;

const bios = { mac: '52:54:00:01:de:01', firmware: 'bios', memoryMiB: 512 } as const;
const uefi = { mac: '52:54:00:01:de:02', firmware: 'uefi', memoryMiB: 512 } as const;

const notes: HardwareNotes = {
  format: 'fieldboot-hardware-notes',
  version: 1,
  machines: [{ mac: uefi.mac, firmware: 'uefi-x64', loader: 'shimx64.efi', atMs: 1 }],
  models: [],
};

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox'))('the last rungs of the ladder', () => {
  it('wait with a code, and boot once that is typed: GRUB, which worked on the machine before, and PXELINUX', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-notes-'));
    await using _folder = { [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }) };
    const hardwareNotes = join(folder, 'notes.json');
    await writeFile(hardwareNotes, JSON.stringify(notes));
    await using bed = await Bed.open();
    const words = ['--policy', 'approve'];
    await using station = await Station.serve(bed, { image: await tinyLinuxIso(), hardwareNotes, words });
    await using byPxelinux = await Machine.powerOn(bed.station, {
      ...bios,
      tap: await bed.addTap(),
      // QEMU's own network ROM is an iPXE and would be sent a script for that.
      start: { kernel: IPXE_KERNEL, commandLine: `dhcp && chain tftp://${Bed.address}/pxelinux.0` },
    });
    await using byGrub = await Machine.powerOn(bed.station, { ...uefi, tap: await bed.addTap() });

    await station.explain(async () => {
      const codeOf = async (mac: string): Promise<string> =>
        (await station.waitForEvent('client.waiting', (event) => event.mac === mac, BOOT_TIMEOUT_MS)).code;
      const [pxelinuxCode, grubCode] = await Promise.all([codeOf(bios.mac), codeOf(uefi.mac)]);
      expect(station.eventsOf('client.loader')).toMatchObject([
        { mac: uefi.mac, loader: 'shimx64.efi', reason: 'worked-before' },
      ]);
      await showsOnDisplay(byPxelinux, pxelinuxCode);
      // The console of UEFI is the serial port too.
      const [, , row = ''] = bigText(grubCode);
      await machineSays(byGrub, [`Code: ${grubCode}`, row]);

      const asked = (): number => station.eventsOf('transfer.started').filter(({ kind }) => kind === 'script').length;
      const before = asked();
      await expect.poll(asked, { timeout: ASK_TIMEOUT_MS }).toBeGreaterThan(before + 4);
      expect(station.eventsOf('transfer.started').filter(({ kind }) => kind === 'kernel')).toEqual([]);
      expect(station.eventsOf('client.waiting')).toHaveLength(2);

      station.type(pxelinuxCode);
      station.type(grubCode);
      const machines = [byPxelinux, byGrub];
      await Promise.all(machines.map(async (machine) => await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS)));
      expect((await byPxelinux.serialText()).match(LINUX_RUNS)?.[1]).toContain(
        `BOOTIF=01-${bios.mac.replaceAll(':', '-')}`,
      );
    });
  });
});

async function machineSays(machine: Machine, texts: readonly string[]): Promise<void> {
  await machine.waitFor(
    texts.join(' and '),
    async () => {
      const said = await machine.serialText();
      return texts.every((text) => said.includes(text)) || undefined;
    },
    ASK_TIMEOUT_MS,
  );
}

async function showsOnDisplay(machine: Machine, code: string): Promise<void> {
  const font = vgaFont();
  const rows = bigText(code);
  let shown: readonly string[] = [];
  try {
    await machine.waitFor(
      `code ${code} on the display`,
      async () => {
        shown = screenText(await machine.screen(), font);
        const start = shown.findIndex((line) => line.includes(`Code: ${code}`));
        return (start >= 0 && shown.some((line) => line.trimEnd() === rows[2])) || undefined;
      },
      ASK_TIMEOUT_MS,
    );
  } catch (error) {
    throw new Error(`${String(error)}\n--- Its display:\n${shown.join('\n')}`, { cause: error });
  }
}
