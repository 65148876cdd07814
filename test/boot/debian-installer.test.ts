import { describe, expect, it } from 'vitest';
import { debianInstallerIso } from '../testbed/debian-installer-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

const FIRST_QUESTION = /Select a language/;
const BOOT_TIMEOUT_MS = 300_000;

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat'))('a Debian installer', () => {
  it.each([
    // BIOS machines with it are those of two-machines.test.ts.
    { firmware: 'uefi', seenAs: 'uefi-x64', mac: '52:54:00:0e:f1:01', files: ['loader', 'script', 'kernel', 'initrd'] },
  ] as const)('asks its first question on a machine with $firmware', async ({ firmware, seenAs, mac, files }) => {
    const image = await debianInstallerIso();
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image });
    await using machine = await Machine.powerOn(bed.station, { firmware, mac, tap: await bed.addTap() });

    await station.explain(async () => {
      await machine.waitForSerial(FIRST_QUESTION, BOOT_TIMEOUT_MS);
      const [first] = station.eventsOf('dhcp.request');
      expect(first).toMatchObject({ mac, firmware: seenAs });
      expect(filesSentTo(station, mac)).toEqual(expect.arrayContaining([...files]));
    });

    const { code } = await station.stop();
    expect(code).toBe(0);
    expect(station.eventsOf('session.stopped')).toHaveLength(1);
    expect(station.eventsOf('engine.trouble')).toEqual([]);
  });
});
