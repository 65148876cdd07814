import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patternBytes } from '../main/engine/http/served-pattern.ts';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** Programs that people have, against the HTTP room: curl's ranges, conditions and resumption, busybox's wget. */

const STATION = fileURLToPath(new URL('http-station.ts', import.meta.url));
const LARGE = 64 * 1024 * 1024;
const SIZES = [0, 1, 511, 512, 513, 1_000_003, LARGE];
const KERNEL = 1_000_003;
const URL_OF = (size: number): string => `http://${Bed.address}/${size}`;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(!bedAvailable('curl', 'busybox'))('HTTP clients', () => {
  let bed: Bed;
  let client: ClientNamespace;
  let station: RunningCommand;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-http-'));
    bed = await Bed.open();
    client = await bed.addClient({ address: '192.168.77.9/24' });
    station = bed.station.spawn([
      process.execPath,
      STATION,
      Bed.bridge,
      Bed.address,
      String(Bed.prefixLength),
      ...SIZES.map(String),
    ]);
    await station.waitForLine(/^port 80$/, 10_000);
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** Runs curl at a client with its output in a file, and gives the bytes. */
  async function curlAt({ namespace }: ClientNamespace, ...words: string[]): Promise<Buffer> {
    const out = join(folder, 'out');
    await rm(out, { force: true });
    await namespace.check(['curl', '--silent', '--show-error', '--max-time', '100', '--output', out, ...words], {
      timeoutMs: 110_000,
    });
    return await readFile(out).catch(() => Buffer.alloc(0));
  }
  const curl = async (...words: string[]): Promise<Buffer> => await curlAt(client, ...words);

  it.each(SIZES)('curl gets %i bytes', async (size) => {
    expect(sha256(await curl('--fail', URL_OF(size)))).toBe(sha256(patternBytes(0, size)));
  });

  it.each(SIZES)('busybox wget gets %i bytes', async (size) => {
    const out = join(folder, 'busybox');
    await client.namespace.check(['busybox', 'wget', '-q', '-O', out, URL_OF(size)], { timeoutMs: 60_000 });
    expect(sha256(await readFile(out))).toBe(sha256(patternBytes(0, size)));
  });

  it('curl gets 64 MiB over a cable that loses, doubles and reorders', { timeout: 120_000 }, async () => {
    const unlucky = await bed.addClient({ address: '192.168.77.10/24', impairable: true });
    await unlucky.impair({ lossPercent: 5, duplicatePercent: 1, reorderPercent: 2 });
    expect(sha256(await curlAt(unlucky, '--fail', URL_OF(LARGE)))).toBe(sha256(patternBytes(0, LARGE)));
  });

  it.each([
    ['0-0', 0, 1],
    ['100-199', 100, 100],
    ['1000000-', 1_000_000, 3],
    ['-7', KERNEL - 7, 7],
    ['999990-5000000', 999_990, 13],
  ])('curl gets the range %s', async (range, offset, length) => {
    const head = join(folder, 'head');
    const bytes = await curl('--fail', '--range', range, '--dump-header', head, URL_OF(KERNEL));
    expect(bytes.equals(patternBytes(offset, length))).toBe(true);
    expect(await readFile(head, 'utf8')).toContain(
      `Content-Range: bytes ${offset}-${offset + length - 1}/${KERNEL}\r\n`,
    );
  });

  it('curl gets two ranges as parts', async () => {
    const text = (await curl('--fail', '--range', '0-9,500-519', URL_OF(KERNEL))).toString('latin1');
    expect(text.match(/Content-Range: \S+ \S+/g)).toEqual([
      `Content-Range: bytes 0-9/${KERNEL}`,
      `Content-Range: bytes 500-519/${KERNEL}`,
    ]);
    expect(text).toContain(patternBytes(500, 20).toString('latin1'));
  });

  it('curl resumes a broken download', async () => {
    const out = join(folder, 'resumed');
    await writeFile(out, patternBytes(0, 400_000));
    await client.namespace.check(['curl', '--silent', '--fail', '--continue-at', '-', '--output', out, URL_OF(KERNEL)]);
    expect(sha256(await readFile(out))).toBe(sha256(patternBytes(0, KERNEL)));
  });

  it('curl is told that nothing changed', async () => {
    const tag = join(folder, 'tag');
    await curl('--fail', '--etag-save', tag, URL_OF(KERNEL));
    const again = ['--write-out', '%{stderr}%{http_code}', '--etag-compare', tag, URL_OF(KERNEL)];
    const { stderr } = await client.namespace.run(['curl', '--silent', '--output', join(folder, 'unused'), ...again]);
    expect(stderr).toBe('304');
  });

  it('curl sees with HEAD what GET gives', async () => {
    const heads = await Promise.all(
      [['--head'], ['--dump-header', '-', '--output', '/dev/null']].map(
        async (words) => await client.namespace.check(['curl', '--silent', ...words, URL_OF(KERNEL)]),
      ),
    );
    const [head, get] = heads.map((text) => text.replace(/^Date: .*$/m, ''));
    expect(head).toBe(get);
    expect(head).toContain(`Content-Length: ${KERNEL}\r\n`);
  });

  it('curl gets it by HTTP/1.0 too', async () => {
    expect((await curl('--fail', '--http1.0', URL_OF(513))).equals(patternBytes(0, 513))).toBe(true);
  });

  it('120 downloads of curl at once', { timeout: 60_000 }, async () => {
    const urls = Array.from({ length: 120 }, (_, index) => ['--output', join(folder, `many-${index}`), URL_OF(KERNEL)]);
    const words = ['--silent', '--fail', '--parallel', '--parallel-immediate', '--parallel-max', '120'];
    await client.namespace.check(['curl', ...words, ...urls.flat()], { timeoutMs: 50_000 });
    const expected = sha256(patternBytes(0, KERNEL));
    const hashes = await Promise.all(urls.map(async ([, file = '']) => sha256(await readFile(file))));
    expect(new Set(hashes)).toEqual(new Set([expected]));
  });

  it('refuses a peer from outside the subnet', async () => {
    await bed.station.configure('route add 10.9.9.0/24 dev br0');
    await client.namespace.configure('address add 10.9.9.9/24 dev eth0');
    const ask = async (source: string) =>
      await client.namespace.run(['curl', '--silent', '--max-time', '5', '--interface', source, URL_OF(1)]);
    const [stranger, known] = [await ask('10.9.9.9'), await ask('192.168.77.9')];
    // 52: the connection closed without an answer. 56: it was reset.
    expect([52, 56]).toContain(stranger.code);
    expect([known.code, known.stdout.length]).toEqual([0, 1]);
    const refusal = await station.waitForLine(/"type":"file\.refused".*"peerAddress":"10\.9\.9\.9".*$/, 5_000);
    expect(refusal[0]).toContain('not in the served subnet');
  });

  it('is not heard on another interface of the station', async () => {
    await bed.addBridge('office0', '172.20.0.1/24');
    const office = await bed.addClient({ bridge: 'office0', address: '172.20.0.9/24' });
    await office.namespace.configure('route add 192.168.77.0/24 via 172.20.0.1');
    const { code, stdout } = await office.namespace.run(['curl', '--silent', '--max-time', '3', URL_OF(1)]);
    // 7: refused, or 28: no answer at all.
    expect([7, 28]).toContain(code);
    expect(stdout).toBe('');
  });
});
