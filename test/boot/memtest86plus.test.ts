import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileKind } from '../../main/contract/events.ts';
import type { Firmware } from '../../main/contract/firmware.ts';
import { bedAvailable } from '../testbed/gate.ts';
import type { MachineOptions } from '../testbed/machine-arguments.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { fontInside, screenText, vgaFont } from '../testbed/screen-text.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

/** From Debian 13's packages memtest86+ and ipxe, as they are: test/testbed/images.json pins them, set-up fetches them. */
const [image, ipxeKernel] = ['memtest86+x64.iso', 'ipxe.lkrn'].map((file) =>
  resolve(import.meta.dirname, '../../.testbed', file),
) as [string, string];
const BOOT_TIMEOUT_MS = 240_000;

interface Case {
  readonly on: string;
  readonly machine: Pick<MachineOptions, 'firmware' | 'mac' | 'start'>;
  readonly seenAs: Firmware;
  readonly sent: readonly FileKind[];
}

const cases: readonly Case[] = [
  // The network ROM of QEMU's BIOS machines is an iPXE itself: it is sent no loader, but the script at once.
  {
    on: 'BIOS',
    machine: { firmware: 'bios', mac: '52:54:00:b1:05:02' },
    seenAs: 'bios',
    sent: ['script', 'kernel'],
  },
  // So here a PXE stack without opinions of its own starts the loader that other ROMs are offered.
  {
    on: 'BIOS, by undionly.kpxe on its PXE stack',
    machine: {
      firmware: 'bios',
      mac: '52:54:00:b1:05:05',
      start: { kernel: ipxeKernel, commandLine: `dhcp && chain tftp://${Bed.address}/undionly.kpxe` },
    },
    seenAs: 'bios',
    sent: ['loader', 'script', 'kernel'],
  },
  {
    on: 'UEFI',
    machine: { firmware: 'uefi', mac: '52:54:00:0e:f1:02' },
    seenAs: 'uefi-x64',
    sent: ['loader', 'script', 'kernel'],
  },
];

describe.skipIf(!bedAvailable('qemu-system-x86_64'))('memtest86+', () => {
  it.each(cases)('tests the memory of a machine with $on', async ({ machine: options, seenAs, sent }) => {
    for (const file of [image, ipxeKernel]) {
      await access(file).catch(() => {
        throw new Error(`${file} is not there: run "npm run setup -- --for-tests"`);
      });
    }
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image });
    await using machine = await Machine.powerOn(bed.station, {
      ...options,
      tap: await bed.addTap(),
      memoryMiB: 512,
    });

    await station.explain(async () => {
      await waitForMemoryTest(machine);
      expect(station.eventsOf('dhcp.request')[0]).toMatchObject({ mac: machine.mac, firmware: seenAs });
      expect(filesSentTo(station, machine.mac)).toEqual(expect.arrayContaining([...sent]));
    });

    expect(await station.stop()).toMatchObject({ code: 0 });
    expect(station.eventsOf('engine.trouble')).toEqual([]);
  });
});

/** Reads the display until the test runs on it. */
async function waitForMemoryTest(machine: Machine): Promise<void> {
  // Text mode shows the font of the card; on UEFI the program draws its own, which is in its image.
  const font = new Map([...vgaFont(), ...fontInside(image)]);
  let shown: readonly string[] = [];
  const isTesting = async (): Promise<true | undefined> => {
    shown = screenText(await machine.screen(), font);
    const isMemtest = /Memtest86\+ v7\.20/.test(shown[0] ?? '');
    return isMemtest && shown.some((row) => /Status: Testing/.test(row)) ? true : undefined;
  };
  try {
    await machine.waitFor('running memory test on the display', isTesting, BOOT_TIMEOUT_MS);
  } catch (error) {
    const display = shown.filter((row) => row !== '').join('\n');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n--- Its display:\n${display}`, {
      cause: error,
    });
  }
}
