import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChecked } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { screenText, vgaFont } from '../testbed/screen-text.ts';
import { tinyLinuxIso, LINUX_RUNS } from '../testbed/tiny-linux-iso.ts';

/**
 * The menus of a boot tree, which some other server serves: dnsmasq over TFTP. Both are read off the machines, and both boot what is
 * chosen by keys.
 */

const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
const IPXE_KERNEL = resolve(import.meta.dirname, '../../.testbed/ipxe.lkrn');
const MENU_TIMEOUT_MS = 120_000;
const TITLES = ['Tiny Linux', 'Other words', 'Memory test (Memtest86+)', 'Start from the local disk'];

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox', 'dnsmasq'))('the menu of a boot tree', () => {
  it.each([
    {
      by: 'PXELINUX',
      firmware: 'bios',
      start: { kernel: IPXE_KERNEL, commandLine: `dhcp && chain tftp://${Bed.address}/pxelinux.0` },
    },
    { by: 'GRUB', firmware: 'uefi', start: undefined },
  ] as const)('by $by has every entry, and boots the one that is chosen', async ({ firmware, start }) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-tree-'));
    await using _folder = { [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }) };
    const tree = join(folder, 'tree');
    await runChecked([process.execPath, CLI, 'tree', await tinyLinuxIso(), '--out', tree, '--loaders']);
    await using bed = await Bed.open();
    const server = [
      'dnsmasq --keep-in-foreground --log-facility=- --port=0 --conf-file=/dev/null --leasefile-ro --no-ping --user=root',
      `--interface=${Bed.bridge} --bind-interfaces --dhcp-range=192.168.77.150,192.168.77.199,1h`,
      `--enable-tftp --tftp-root=${tree} --dhcp-boot=shimx64.efi`,
    ];
    await bed.station.spawn(server.join(' ').split(' ')).waitForLine(/TFTP root/, 10_000);
    await using machine = await Machine.powerOn(bed.station, {
      firmware,
      mac: '52:54:00:77:ee:01',
      memoryMiB: 512,
      ipv6: false,
      tap: await bed.addTap(),
      ...(start === undefined ? {} : { start }),
    });
    const font = vgaFont();
    let shown = '';
    await machine.waitFor(
      'whole menu',
      async () => {
        const display = screenText(await machine.screen(), font).join('\n');
        shown = firmware === 'bios' ? display : await machine.serialText();
        return TITLES.every((title) => shown.includes(title)) || undefined;
      },
      MENU_TIMEOUT_MS,
    );
    expect(TITLES.map((title) => shown.indexOf(title))).toEqual(
      TITLES.map((title) => shown.indexOf(title)).toSorted((a, b) => a - b),
    );
    await machine.press('down');
    await machine.press('ret');
    const [, words] = await machine.waitForSerial(LINUX_RUNS, MENU_TIMEOUT_MS);
    expect(words).toContain('entry=1');
  });
});
