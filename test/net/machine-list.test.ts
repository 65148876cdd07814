import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** What a person's list of machines does on the wire, and waking them up, with clients that are not ours. */

const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
const [MAC, WANTED] = ['52:54:00:7e:cc:01', '192.168.77.9'];

describe.skipIf(!bedAvailable('busybox', 'tcpdump'))('a list of machines', () => {
  let bed: Bed;
  let folder: string;
  beforeAll(async () => {
    bed = await Bed.open();
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-list-'));
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('gives its machines their addresses and names, and what is wrong in it is told and left out', async () => {
    const list = join(folder, 'bench.csv');
    await writeFile(
      list,
      [
        '\uFEFFMAC address;Host name;IP address;Ticket',
        `${MAC.toUpperCase().replaceAll(':', '-')};desk-1;${WANTED};T-1`,
        'no mac;desk-2;192.168.77.10;',
        '52:54:00:7e:cc:03;desk-3;10.9.9.9;',
        '',
      ].join('\r\n'),
    );
    await using client = await bed.addClient({ mac: MAC });
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--machines', list] });
    expect(station.tail()).toContain(`Line 3 of ${list} is left out: "no mac" is not a MAC address.`);
    await expect
      .poll(() => station.tail(), { timeout: 10_000 })
      .toContain(`Line 4 of ${list}: 10.9.9.9 is not reserved, as it is not in 192.168.77.0/24.`);
    const script = join(folder, 'lease.sh');
    await writeFile(script, '#!/bin/sh\n[ "$1" = bound ] && echo "lease $ip $hostname"\nexit 0\n', { mode: 0o755 });
    const asked = await client.namespace.check(
      ['busybox', 'udhcpc', '-f', '-q', '-n', '-i', client.interfaceName, '-s', script],
      { timeoutMs: 30_000 },
    );
    // Outside of the pool, which is the upper part of the subnet.
    expect(asked).toContain(`lease ${WANTED} desk-1`);
  });

  it('wakes its machines up by the one interface, with a password where they want one', async () => {
    await bed.addBridge('office0', '10.20.30.1/24');
    await using office = await bed.addClient({ bridge: 'office0' });
    await using sleeper = await bed.addClient();
    const captured = (client: typeof sleeper) =>
      client.namespace.spawn(['tcpdump', '-l', '-n', '-x', '-i', client.interfaceName, 'udp', 'port', '9']);
    const [there, elsewhere] = [captured(sleeper), captured(office)];
    await Promise.all(
      [there, elsewhere].map(
        async (capture) =>
          await capture.waitFor(
            'tcpdump',
            () => capture.stderrLines.find((line) => line.includes('listening')),
            15_000,
          ),
      ),
    );
    const words = ['wake', MAC, '--interface', Bed.bridge, '--password', '01:02:03:04:05:06'];
    expect(await bed.station.check([process.execPath, CLI, ...words])).toBe(`Woke ${MAC} on ${Bed.bridge}.\n`);
    const bytes = (): string =>
      there.stdoutLines
        .map((line) => /^\s+0x[0-9a-f]+:\s+(.*)$/.exec(line)?.[1] ?? ' ')
        .join('')
        .replaceAll(' ', '');
    const magic = `ffffffffffff${MAC.replaceAll(':', '').repeat(16)}010203040506`;
    await expect.poll(bytes, { timeout: 10_000 }).toContain(magic);
    await expect
      .poll(() => there.stdoutLines.filter((line) => line.includes('> 255.255.255.255.9')), { timeout: 10_000 })
      .toHaveLength(3);
    expect(elsewhere.stdoutLines).toEqual([]);

    for (const [wrong, problem] of [
      [['wake', 'nonsense', '--interface', Bed.bridge], '"nonsense" is not a MAC address.'],
      [['wake', MAC, '--interface', Bed.bridge, '--password', 'secret'], '--password secret cannot be used'],
      [['wake', '--interface', Bed.bridge], 'Nothing is to be woken'],
    ] as const) {
      const { code, stderr } = await bed.station.run([process.execPath, CLI, ...wrong]);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) as string });
    }
  });
});
