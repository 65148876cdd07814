import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import type { Impairment } from '../testbed/impaired-cable.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** TFTP with the clients that people use, over a good cable and a bad one: every byte is compared, by SHA-256. */

const STATION = fileURLToPath(new URL('fixtures/tftp-station.ts', import.meta.url));
const SECOND_ADDRESS = '192.168.77.2';
/** Where the files are sent without the transfer thread, as on systems that have not the calls for it. */
const PLAIN_ADDRESS = '192.168.77.3';
const KIB = 1_024;
const MIB = 1_024 * KIB;

/** Words of a client's command line that fetches `file` from `server` to `target`, with the largest block it can. */
interface TftpClient {
  readonly name: string;
  readonly command: (server: string, file: string, target: string) => readonly string[];
}

const tftpHpa: TftpClient = {
  name: 'tftp-hpa (512-byte blocks)',
  command: (server, file, target) => ['tftp', '-m', 'binary', server, '-c', 'get', file, target],
};
const atftp: TftpClient = {
  name: 'atftp, blksize 1468',
  command: (server, file, target) => ['atftp', '--option', 'blksize 1468', '-g', '-r', file, '-l', target, server],
};
const atftpWindow = (windowSize: number): TftpClient => ({
  name: `atftp, blksize 1468, windowsize ${windowSize}`,
  command: (server, file, target) => {
    const options = ['--tftp-timeout', '1', '--option', 'blksize 1468', '--option', `windowsize ${windowSize}`];
    return ['atftp', ...options, '-g', '-r', file, '-l', target, server];
  },
});
const curl: TftpClient = {
  name: 'curl, blksize 1468',
  command: (server, file, target) => [
    'curl',
    '-sS',
    '--tftp-blksize',
    '1468',
    '-o',
    target,
    `tftp://${server}/${file}`,
  ],
};
const curlPlain: TftpClient = {
  name: 'curl without options',
  command: (server, file, target) => ['curl', '-sS', '--tftp-no-options', '-o', target, `tftp://${server}/${file}`],
};
const busybox: TftpClient = {
  name: 'busybox, blksize 1468',
  command: (server, file, target) => ['busybox', 'tftp', '-g', '-b', '1468', '-r', file, '-l', target, server],
};

const faults: Impairment = { lossPercent: 5, duplicatePercent: 2, reorderPercent: 2 };

describe.skipIf(!bedAvailable('tftp', 'atftp', 'curl', 'busybox', 'tcpdump'))('TFTP clients', () => {
  const sizes: Readonly<Record<string, number>> = {
    'size-0': 0,
    'size-1': 1,
    'size-511': 511,
    'size-512': 512,
    'size-513': 513,
    '512K': 512 * KIB,
    '1M': MIB,
    '64M': 64 * MIB,
  };
  const smallFiles = ['size-0', 'size-1', 'size-511', 'size-512', 'size-513'];
  const hashes = new Map<string, string>();
  let scratch = '';
  let bed: Bed;
  let client: ClientNamespace;
  let spoiled: ClientNamespace;
  let station: RunningCommand;
  let plainStation: RunningCommand;
  let fetches = 0;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'fieldboot-tftp-'));
    await mkdir(join(scratch, 'served'));
    for (const [name, size] of Object.entries(sizes)) {
      const bytes = pseudoRandomBytes(size, name);
      await writeFile(join(scratch, 'served', name), bytes);
      hashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    }
    bed = await Bed.open();
    for (const address of [SECOND_ADDRESS, PLAIN_ADDRESS]) {
      await bed.station.configure(`address add ${address}/24 dev ${Bed.bridge}`);
    }
    client = await bed.addClient({ address: '192.168.77.50/24' });
    spoiled = await bed.addClient({ address: '192.168.77.51/24', impairable: true });
    const addresses = [`${Bed.address}/24`, `${SECOND_ADDRESS}/24`];
    const serve = [process.execPath, STATION, join(scratch, 'served')];
    station = bed.station.spawn([...serve, 'thread', Bed.bridge, ...addresses]);
    await station.waitForLine(/^ready$/, 10_000);
    plainStation = bed.station.spawn([...serve, 'plain', Bed.bridge, `${PLAIN_ADDRESS}/24`]);
    await plainStation.waitForLine(/^ready$/, 10_000);
  });

  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
    await rm(scratch, { recursive: true, force: true });
  });

  /** SHA-256 of what the client wrote. */
  async function fetched(by: ClientNamespace, { command }: TftpClient, file: string, server = Bed.address) {
    const target = join(scratch, `fetched-${++fetches}`);
    try {
      const { stdout, stderr } = await by.namespace.run(command(server, file, target), { timeoutMs: 100_000 });
      // atftp gives up where an option acknowledgement comes twice, as it does after every lost first answer.
      if (stderr.includes('unexpected OACK')) return await fetched(by, { name: '', command }, file, server);
      return await hashOfFile(target, stdout + stderr);
    } finally {
      await rm(target, { force: true });
    }
  }

  describe('over a good cable', () => {
    const clients = [tftpHpa, atftp, atftpWindow(4), atftpWindow(64), curl, busybox];

    it.each(clients)('$name gets files of 0, 1, 511, 512 and 513 bytes and of 64 MiB', async (tftpClient) => {
      // curl takes a size of 0 in the option acknowledgement for a malformed packet.
      const ofNothing = tftpClient === curl ? curlPlain : tftpClient;
      expect(await fetched(client, ofNothing, 'size-0')).toBe(hashes.get('size-0'));
      for (const file of [...smallFiles.slice(1), '64M']) {
        expect(await fetched(client, tftpClient, file)).toBe(hashes.get(file));
      }
    });

    it('curl without options gets 1 MiB', async () => {
      expect(await fetched(client, curlPlain, '1M')).toBe(hashes.get('1M'));
    });

    it('answers come from the address that was asked, also where it is the second of the interface', async () => {
      for (const tftpClient of clients) {
        expect(await fetched(client, tftpClient, '512K', SECOND_ADDRESS)).toBe(hashes.get('512K'));
      }
    });

    it('all of them get their files where there is no transfer thread', async () => {
      for (const tftpClient of clients) {
        expect(await fetched(client, tftpClient, '1M', PLAIN_ADDRESS)).toBe(hashes.get('1M'));
      }
    });

    it('a missing file is told at once', async () => {
      const startedAtMs = performance.now();
      const command = tftpHpa.command(Bed.address, 'no-such-file', join(scratch, 'none'));
      const { stdout, stderr } = await client.namespace.run(command);
      expect(`${stdout}${stderr}`).toContain('Error code 1: file not found');
      expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    });

    it('who is not in the subnet hears nothing', async () => {
      const outside = await bed.addClient({ address: '203.0.113.5/24' });
      await outside.namespace.configure('route add 192.168.77.0/24 dev eth0');
      await bed.station.configure(`route add 203.0.113.0/24 dev ${Bed.bridge}`);
      // Its packets do come and go: a closed port refuses it.
      const refused = await outside.namespace.run(['curl', '-sS', '-m', '3', `http://${Bed.address}:9/`]);
      expect(refused.code).toBe(7);
      const capture = outside.namespace.spawn(['tcpdump', '-lnni', 'eth0', 'udp']);
      await capture.waitForLine(/listening on/, 5_000);
      const command = ['curl', '-sS', '-m', '3', '-o', join(scratch, 'none'), `tftp://${Bed.address}/size-1`];
      const { code } = await outside.namespace.run(command);
      await capture.stop('SIGINT');
      expect(code).toBe(28);
      expect(capture.stdoutLines.some((line) => line.includes(`> ${Bed.address}.69`))).toBe(true);
      expect(capture.stdoutLines.filter((line) => line.includes(`IP ${Bed.address}.`))).toEqual([]);
    });
  });

  // atftp answers a window that comes again only after a timeout of its own, so that one lost acknowledgement costs it a
  // second: 64 MiB are fetched over a cable that is bad in the direction of the data, as `netem` at the server makes it.
  describe.each<[string, Impairment, readonly TftpClient[]]>([
    ['loses 5 % of the data', { lossPercent: 5, direction: 'to-second' }, [atftpWindow(16)]],
    ['delivers one packet of fifty late and one twice', { duplicatePercent: 2, reorderPercent: 2 }, [atftpWindow(16)]],
    ['loses 5 %, delivers late and twice', { ...faults, direction: 'to-second' }, [atftpWindow(4), atftpWindow(16)]],
  ])('over a cable that %s', (_, impairment, clients) => {
    beforeAll(async () => await spoiled.impair(impairment));
    afterAll(async () => await spoiled.impair({}));

    it.each(clients)('$name gets 64 MiB', async (tftpClient) => {
      expect(await fetched(spoiled, tftpClient, '64M')).toBe(hashes.get('64M'));
    });
  });

  // One block at a time every lost packet costs a timeout: 64 MiB would take minutes, so the largest file is smaller.
  describe('over a cable that loses 5 %, delivers late and twice, in both directions', () => {
    beforeAll(async () => await spoiled.impair(faults));
    afterAll(async () => await spoiled.impair({}));

    it.each([
      { tftpClient: busybox, largest: '1M' },
      { tftpClient: tftpHpa, largest: '512K' },
      { tftpClient: atftpWindow(16), largest: '512K' },
      // curl asks for a timeout of seconds, which it gets, and gives up after a few.
      { tftpClient: curl, largest: 'size-513' },
    ])('$tftpClient.name gets small files and $largest', async ({ tftpClient, largest }) => {
      for (const file of [...smallFiles.slice(1), largest]) {
        expect(await fetched(spoiled, tftpClient, file)).toBe(hashes.get(file));
      }
    });
  });
});

/** Bytes without a period, the same at every run. */
function pseudoRandomBytes(length: number, seed: string): Buffer {
  const bytes = Buffer.alloc(length);
  let block = createHash('sha256').update(seed).digest();
  for (let position = 0; position < length; position += MIB) {
    const rest = Math.min(MIB, length - position);
    block = createHash('shake256', { outputLength: MIB }).update(block.subarray(0, 64)).digest();
    block.copy(bytes, position, 0, rest);
  }
  return bytes;
}

async function hashOfFile(path: string, said: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw new Error(`The client wrote no file. It said:\n${said}`, { cause: error });
  }
  return hash.digest('hex');
}
