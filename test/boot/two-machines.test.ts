import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../main/contract/events.ts';
import { debianInstallerIso } from '../testbed/debian-installer-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

type TransferStarted = Extract<EngineEvent, { type: 'transfer.started' }>;

const FILES_TIMEOUT_MS = 180_000;
const BOOT_TIMEOUT_MS = 300_000;

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat'))(
  'two machines at once',
  () => {
    it('one loses power while it is sent its files, and the other does not notice', async () => {
      const image = await debianInstallerIso();
      await using bed = await Bed.open();
      await using station = await Station.serve(bed, { image });
      const powerOn = async (mac: string): Promise<Machine> =>
        await Machine.powerOn(bed.station, { firmware: 'bios', mac, tap: await bed.addTap() });
      await using doomed = await powerOn('52:54:00:b1:05:03');
      await using survivor = await powerOn('52:54:00:b1:05:04');

      let cutOff: TransferStarted | undefined;
      await station.explain(async () => {
        const lease = await station.waitForEvent(
          'dhcp.reply',
          ({ mac, message }) => mac === doomed.mac && message === 'ACK',
          FILES_TIMEOUT_MS,
        );
        // Its kernel is there; the initrd is large enough to be cut off in the middle.
        cutOff = await station.waitForEvent(
          'transfer.started',
          ({ kind, peerAddress }) => kind === 'initrd' && peerAddress === lease.address,
          FILES_TIMEOUT_MS,
        );
        await doomed.pullPlug();

        await survivor.waitForSerial(/Select a language/, BOOT_TIMEOUT_MS);
        expect(filesSentTo(station, survivor.mac)).toEqual(expect.arrayContaining(['script', 'kernel', 'initrd']));
        expect(await doomed.serialText()).not.toMatch(/Select a language/);
        expect(station.eventsOf('dhcp.reply').filter(({ mac }) => mac === survivor.mac)[0]?.address).not.toBe(
          lease.address,
        );
      });

      expect(await station.stop()).toMatchObject({ code: 0 });
      // A machine without power says no goodbye: at the latest the end of the session ends its transfer, and as what it was.
      const ends = station.eventsOf('transfer.ended').filter(({ transferId }) => transferId === cutOff?.transferId);
      expect(ends.map(({ outcome }) => outcome)).toEqual([expect.stringMatching(/^(aborted|failed)$/)]);
      expect(station.eventsOf('engine.trouble')).toEqual([]);
    });
  },
);
