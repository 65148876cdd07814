import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** Approval as it goes over the wire, with clients that do what iPXE and GRUB do: a lease, then scripts over HTTP. */

const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
/** Options 60, 77 and 93 of an iPXE on a BIOS machine. */
const IPXE_WORDS = '-V PXEClient:Arch:00000:UNDI:002001 -x 0x4d:69505845 -x 0x5d:0000'.split(' ');
const askAsIpxe = (interfaceName: string): string[] =>
  ['busybox', 'udhcpc', '-f', '-i', interfaceName, '-s', '/bin/true'].concat(IPXE_WORDS);

const startsSomething = /^\s*(if )?(kernel|linux|menuentry|boot)\b/m;

describe.skipIf(!bedAvailable('busybox', 'curl'))('approval', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await Bed.open();
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  /** Gets a lease as iPXE on a BIOS machine would, and keeps the address. */
  async function bootIpxe(station: Station): Promise<ClientNamespace> {
    const client = await bed.addClient();
    client.namespace.spawn(askAsIpxe(client.interfaceName));
    const { address } = await station.waitForEvent(
      'dhcp.reply',
      ({ mac, message }) => mac === client.mac && message === 'ACK',
      15_000,
    );
    await client.namespace.configure(`address add ${address}/24 dev ${client.interfaceName}`);
    return client;
  }

  const get = async (client: ClientNamespace, path: string): Promise<string> =>
    await client.namespace.check(['curl', '--silent', '--show-error', '--fail', `http://${Bed.address}/${path}`]);
  const ask = async (client: ClientNamespace, more = ''): Promise<string> =>
    await get(client, `machine.ipxe?mac=${client.mac}&platform=pcbios&arch=i386${more}`);

  const askAsGrub = async (client: ClientNamespace, more = ''): Promise<string> =>
    await get(client, `grub/machine.cfg?mac=${client.mac}&platform=pc&arch=i386${more}`);

  it('a machine gets nothing to start until its code is typed, and another goes on waiting', async () => {
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--policy', 'approve'] });
    await using first = await bootIpxe(station);
    await using second = await bootIpxe(station);

    const script = await ask(first);
    const code = /Code: (\w+)/.exec(script)?.[1] ?? '';
    expect(code).toMatch(/^\w{3,4}$/);
    const [, again = ''] = /chain --replace --autofree \S+machine\.ipxe\?\S+(&waited=\w+)/.exec(script) ?? [];
    expect(again).toBe(`&waited=${code}`);
    expect(/Code: (\w+)/.exec(await ask(second))?.[1]).not.toBe(code);
    for (const waiting of [script, await ask(first, again), await askAsGrub(first)]) {
      expect(waiting).toContain(code);
      expect(waiting).not.toMatch(startsSomething);
    }
    expect(await askAsGrub(first, `&waited=${code}`)).toBe('set answered=y\n');

    station.type('nonsense');
    station.type(code);
    await station.waitForEvent('client.approved', ({ mac }) => mac === first.mac, 5_000);
    expect(await ask(first, again)).toMatch(/^kernel http:\/\/192\.168\.77\.1\/\S+/m);
    expect(await askAsGrub(first, `&waited=${code}`)).toMatch(startsSomething);
    expect(await ask(second)).not.toMatch(startsSomething);
    expect(station.eventsOf('client.approved')).toHaveLength(1);
    expect(station.eventsOf('client.planned').map(({ mac }) => mac)).toEqual([first.mac, first.mac]);
  });

  it('only the machines of a list boot; the others are not even told of a boot file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-list-'));
    const listed = '52:54:00:7e:aa:01';
    await writeFile(`${folder}/bench.txt`, `# bench 3\n${listed.toUpperCase().replaceAll(':', '-')}  left\n`);
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--policy', `macs:${folder}/bench.txt`] });
    await rm(folder, { recursive: true });
    await using stranger = await bootIpxe(station);
    expect(station.eventsOf('dhcp.reply').every(({ bootFile }) => bootFile === undefined)).toBe(true);
    const script = await ask(stranger);
    expect(script).not.toMatch(startsSomething);
    expect(script).toMatch(/^exit 1$/m);
  });

  it('a machine that had its boot gets its own disk when it comes back', async () => {
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--after-boot', 'local-disk'] });
    await using client = await bootIpxe(station);
    const bootFiles = (): (string | undefined)[] =>
      station
        .eventsOf('dhcp.reply')
        .filter(({ message }) => message === 'ACK')
        .map(({ bootFile }) => bootFile);
    const [, kernel = ''] = /^kernel (\S+)/m.exec(await ask(client)) ?? [];
    await get(client, new URL(kernel).pathname.slice(1));
    await station.waitForEvent('transfer.ended', ({ outcome }) => outcome === 'complete', 5_000);

    client.namespace.spawn(askAsIpxe(client.interfaceName));
    await expect.poll(bootFiles, { timeout: 10_000 }).toHaveLength(2);
    expect(bootFiles()).toEqual([`http://${Bed.address}/boot.ipxe`, undefined]);
  });

  it("a session's own words and answer file reach the machine", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-answer-'));
    await writeFile(join(folder, 'bench.cfg'), 'd-i debian-installer/locale string de_DE\n');
    const words = ['--append', 'console=ttyS0 btrace', '--answer-file', join(folder, 'bench.cfg')];
    await using station = await Station.serve(bed, { image: IMAGE, words });
    await rm(folder, { recursive: true });
    await using client = await bootIpxe(station);
    expect(await ask(client)).toMatch(/^kernel \S+ .*console=ttyS0 btrace \|\| goto failed$/m);
    expect(await get(client, 'answer/bench.cfg')).toBe('d-i debian-installer/locale string de_DE\n');
  });
});
