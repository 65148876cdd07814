import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bigText } from '../../main/engine/boot/big-text.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { screenText, vgaFont } from '../testbed/screen-text.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

const [IMAGE, IPXE_KERNEL] = ['memtest86+x64.iso', 'ipxe.lkrn'].map((file) =>
  resolve(import.meta.dirname, '../../.testbed', file),
) as [string, string];
const BOOT_TIMEOUT_MS = 150_000;
const ASK_TIMEOUT_MS = 30_000;

/** Debian's own builds of iPXE: they show the code, ask again without growing, and go on once a person said yes. */
describe.skipIf(!bedAvailable('qemu-system-x86_64'))('a machine that waits for approval', () => {
  it.each([
    { on: 'a BIOS with an iPXE ROM', firmware: 'bios', mac: '52:54:00:b1:05:11' },
    {
      on: 'a BIOS, by undionly.kpxe',
      firmware: 'bios',
      mac: '52:54:00:b1:05:13',
      start: { kernel: IPXE_KERNEL, commandLine: `dhcp && chain tftp://${Bed.address}/undionly.kpxe` },
    },
    { on: 'UEFI, by snponly.efi', firmware: 'uefi', mac: '52:54:00:0e:f1:11' },
  ] as const)('shows its code on $on, and boots when that is typed', async ({ on: _on, ...facts }) => {
    const { firmware, mac } = facts;
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--policy', 'approve'] });
    await using machine = await Machine.powerOn(bed.station, {
      ...facts,
      tap: await bed.addTap(),
      memoryMiB: 512,
    });
    await station.explain(async () => {
      const { code } = await station.waitForEvent('client.waiting', (event) => event.mac === mac, BOOT_TIMEOUT_MS);
      const title = `This machine waits for approval at the station. Code: ${code}`;
      const [reported] = station.eventsOf('client.identified').filter((event) => event.mac === mac);
      expect(reported).toMatchObject({ memoryMiB: 512, manufacturer: 'QEMU' });
      if (firmware === 'bios') await showsOnDisplay(machine, [title, '', ...inkOf(code)]);
      // OVMF's console is the serial port too.
      else await machine.waitForSerial(new RegExp(title), ASK_TIMEOUT_MS);

      const scripts = (): number => station.eventsOf('transfer.started').filter(({ kind }) => kind === 'script').length;
      const asked = scripts();
      await expect.poll(scripts, { timeout: ASK_TIMEOUT_MS }).toBeGreaterThan(asked + 2);
      expect(filesSentTo(station, mac)).not.toContain('kernel');
      expect(station.eventsOf('client.waiting')).toHaveLength(1);

      station.type(code.toLowerCase());
      await station.waitForEvent('client.approved', (event) => event.mac === mac, ASK_TIMEOUT_MS);
      await station.waitForEvent('transfer.started', ({ kind }) => kind === 'kernel', ASK_TIMEOUT_MS);
    });
  });
});

const inkOf = (code: string): string[] => bigText(code).map((row) => row.replaceAll('#', 'X'));

async function showsOnDisplay(machine: Machine, expected: readonly string[]): Promise<void> {
  const font = vgaFont();
  let shown: readonly string[] = [];
  try {
    await machine.waitFor(
      'code on the display',
      async () => {
        shown = screenText(await machine.screen(), font);
        const start = shown.indexOf(expected[0] ?? '');
        return start >= 0 && expected.every((row, index) => shown[start + index] === row) ? true : undefined;
      },
      ASK_TIMEOUT_MS,
    );
  } catch (error) {
    throw new Error(`${String(error)}\n--- Its display:\n${shown.join('\n')}`, { cause: error });
  }
}
