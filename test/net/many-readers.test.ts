import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { netbootInstallerFolder } from '../testbed/debian-installer-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { buildIso, canBuildIso } from '../testbed/iso-builder.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

const SQUASHFS_BYTES = 2 * 1024 ** 3;
const READERS = 32;
/** Each reads another part, so that nothing is in memory because of another's reading. */
const PART_BYTES = SQUASHFS_BYTES / READERS;
const MOST_RESIDENT_BYTES = 250_000_000;
const PATH = 'live/filesystem.squashfs';

/** What a live system is to a station: many machines that read one large file at once, out of the image. */
describe.skipIf(!bedAvailable('curl') || !canBuildIso())('32 clients of one image', () => {
  it('read its squashfs of 2 GiB while the station stays small', { timeout: 600_000 }, async () => {
    await using iso = await buildIso({
      label: 'MANY_READERS',
      files: {
        '.disk/info': 'Debian GNU/Linux Live 12 for many readers\n',
        'live/vmlinuz': await readFile(join(await netbootInstallerFolder(), 'linux')),
        'live/initrd.img': 'initrd',
        [PATH]: { sparseBytes: SQUASHFS_BYTES, written: markedParts() },
      },
    });
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image: iso.path });
    const client = await bed.addClient({ address: '192.168.77.9/24' });
    // The script that the machine is sent names what its system will fetch.
    const asked = `http://${Bed.address}/machine.ipxe?mac=${client.mac}&platform=pcbios&arch=i386`;
    const script = await client.namespace.check(['curl', '--silent', '--show-error', '--fail', asked]);
    const [, url = ''] = /\bfetch=(\S+)/.exec(script) ?? [];
    expect(url).toMatch(/\/live\/filesystem\.squashfs$/);
    const before = await residentBytes(station, 'VmRSS');

    // Some read slowly: a connection that waits must not hold on to more than one that flows.
    const reading = Array.from({ length: READERS }, async (_, index) => {
      const first = index * PART_BYTES;
      const limit = index % 4 === 0 ? ['--limit-rate', '6M'] : [];
      const words = [
        '--silent',
        '--fail',
        '--max-time',
        '300',
        ...limit,
        '--range',
        `${first}-${first + PART_BYTES - 1}`,
      ];
      const read = 'curl "$@" | (dd bs=1 count=8 status=none; wc -c)';
      return await client.namespace.check(['bash', '-o', 'pipefail', '-c', read, 'bash', ...words, url], {
        timeoutMs: 320_000,
      });
    });
    const read = await Promise.all(reading);
    expect(read.map((text) => text.replaceAll(/\s/g, ' ').trim())).toEqual(
      Array.from({ length: READERS }, (_, index) => `${markOf(index)}${PART_BYTES - 8}`),
    );

    const peak = await residentBytes(station, 'VmHWM');
    process.stderr.write(`32 readers: ${megabytes(before)} MB before, ${megabytes(peak)} MB at most\n`);
    expect(peak).toBeLessThan(MOST_RESIDENT_BYTES);
    expect(station.eventsOf('engine.trouble')).toEqual([]);
  });
});

const markOf = (index: number): string => `part-${String(index).padStart(2, '0')}:`;
const markedParts = () =>
  Array.from({ length: READERS }, (_, index) => ({ at: index * PART_BYTES, text: markOf(index) }));

/** `VmRSS`: now; `VmHWM`: the most it ever was. */
async function residentBytes({ pid }: Station, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
