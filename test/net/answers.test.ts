import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRehearsalImage } from '../../main/engine/rehearsal/rehearsal-image.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** Answer files as machines get them: leases and HTTP on a wire, and the parsers of those who read them. */

const SECRET = `it's "$ecret" \\ #1`;

describe.skipIf(!bedAvailable('busybox', 'curl', 'python3', 'debconf-set-selections'))('an answer file', () => {
  let bed: Bed;
  let folder: string;
  let image: string;
  beforeAll(async () => {
    bed = await Bed.open();
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-answers-'));
    image = join(folder, 'image.iso');
    await writeRehearsalImage(image, { kernelBytes: 100_000, initrdBytes: 100_000, systemBytes: 100_000 });
    await writeFile(join(folder, 'secret'), `${SECRET}\n`);
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** A machine with a lease of the station. */
  async function leaseTo(station: Station): Promise<ClientNamespace> {
    const client = await bed.addClient();
    client.namespace.spawn(['busybox', 'udhcpc', '-f', '-i', client.interfaceName, '-s', '/bin/true']);
    const isIts = (event: { mac: string; message: string }): boolean =>
      event.mac === client.mac && event.message === 'ACK';
    const { address } = await station.waitForEvent('dhcp.reply', isIts, 20_000);
    await client.namespace.configure(`address add ${address}/24 dev ${client.interfaceName}`);
    return client;
  }
  /** Status, content type, and text. */
  async function get(client: ClientNamespace, path: string, ...words: string[]) {
    const url = `http://${Bed.address}/${path}`;
    const said = await client.namespace.check(['curl', '--silent', '--write-out', '\n%{http_code} %{content_type}', ...words, url]); // prettier-ignore
    const [, text = '', status = '', contentType = ''] = /^([^]*)\n(\d+) (.*)$/.exec(said) ?? [];
    return { status: Number(status), contentType, text };
  }

  it('is each machine’s own, out of the list of machines, and no other address gets it', async () => {
    await using first = await bed.addClient();
    const list = join(folder, 'machines.csv');
    await writeFile(
      list,
      `mac;hostname;owner\n52:54:00:00:00:01;nobody;x\nbroken line\n${first.mac};desk-1;Ann O'Hara: "x" # y\n`,
    );
    const seed = join(folder, 'seed');
    await mkdir(seed);
    await writeFile(
      join(seed, 'user-data'),
      '#cloud-config\nhostname: {{@hostname}}\nowner: {{@owner}}\nindex: {{@index}}\nchpasswd: {users: [{name: root, password: {{@secret.root}}}]}\nruncmd:\n  - echo {{@owner}}\n',
    );
    const words = ['--answer', seed, '--machines', list, '--secret', `root=${join(folder, 'secret')}`];
    await using station = await Station.serve(bed, { image, words });
    first.namespace.spawn(['busybox', 'udhcpc', '-f', '-i', first.interfaceName, '-s', '/bin/true']);
    const { address } = await station.waitForEvent('dhcp.reply', ({ mac, message }) => mac === first.mac && message === 'ACK', 20_000); // prettier-ignore
    await first.namespace.configure(`address add ${address}/24 dev ${first.interfaceName}`);
    await using unlisted = await leaseTo(station);
    await using stranger = await bed.addClient();
    await stranger.namespace.configure(`address add 192.168.77.77/24 dev ${stranger.interfaceName}`);

    const path = `answer/${first.mac.replaceAll(':', '-')}/user-data`;
    const mine = await get(first, path);
    expect(mine).toMatchObject({ status: 200, contentType: 'text/plain; charset=utf-8' });
    expect(await get(first, 'answer/user-data')).toEqual(mine);
    const yaml = 'import sys,yaml,json;print(json.dumps(yaml.safe_load(sys.stdin)))';
    const read = await first.namespace.check(['/usr/bin/python3', '-c', yaml], { input: mine.text });
    expect(JSON.parse(read)).toEqual({
      hostname: 'desk-1',
      owner: 'Ann O\'Hara: "x" # y',
      index: 2,
      chpasswd: { users: [{ name: 'root', password: SECRET }] },
      runcmd: [`echo 'Ann O'\\''Hara: "x" # y'`],
    });
    expect((await get(first, 'answer/meta-data')).text).toBe(
      `instance-id: "${first.mac.replaceAll(':', '')}"\nlocal-hostname: "desk-1"\n`,
    );
    expect(await get(first, 'answer/vendor-data')).toMatchObject({ status: 200, text: '' });

    for (const [client, asked] of [
      [unlisted, path],
      [stranger, path],
      [stranger, 'answer/user-data'],
    ] as const) {
      expect(await get(client, asked)).toMatchObject({ status: 404 });
    }
    // Its own, which cannot be made: the list does not name it.
    expect(await get(unlisted, 'answer/user-data')).toMatchObject({ status: 500 });

    expect(station.eventsOf('file.refused').map(({ peerAddress, reason }) => [peerAddress, reason])).toEqual([
      [expect.any(String), 'it is for another machine'],
      ['192.168.77.77', 'no machine of this session has that address'],
      ['192.168.77.77', 'no machine of this session has that address'],
    ]);
    const [trouble] = station.eventsOf('engine.trouble');
    expect(trouble).toMatchObject({ code: 'E_ANSWER_INVALID' });
    expect(trouble?.title).toContain('user-data, line 3, column 8: Nothing gives owner a value.');
    expect(JSON.stringify(station.events)).not.toContain('ecret');
    for (const name of await readdir(station.dataFolder, { recursive: true, withFileTypes: true })) {
      const text = name.isFile() ? await readFile(join(name.parentPath, name.name), 'latin1') : '';
      expect(text).not.toContain('$ecret');
    }
  });

  it('is what debconf takes', async () => {
    const file = join(folder, 'bench.cfg');
    await writeFile(
      file,
      'd-i passwd/root-password password {{@secret.root}}\nd-i netcfg/get_hostname string {{@hostname}}\nd-i preseed/late_command string echo {{@secret.root}} \\\n  > /target/x\n',
    );
    const words = ['--answer-file', file, '--secret', `root=${join(folder, 'secret')}`];
    await using station = await Station.serve(bed, { image, words });
    await using client = await leaseTo(station);
    const { text, status } = await get(client, 'answer/bench.cfg');
    expect(status).toBe(200);
    expect(text).toContain(`password ${SECRET}\n`);
    const selections = await client.namespace.run(['debconf-set-selections', '--checkonly'], { input: text });
    expect(selections).toMatchObject({ code: 0, stderr: '' });
    const part = await get(client, 'answer/bench.cfg', '--range', '0-2');
    expect(part).toMatchObject({ status: 206, text: 'd-i' });
  });
});
