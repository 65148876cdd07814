import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { open, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StationError } from '../../../../../main/contract/errors.ts';
import type { ServedFile } from '../../../../../main/engine/files/route.ts';
import { patternBytes, patternFile } from '../served-pattern.ts';
import { startTestServer } from '../test-server.ts';

const MIB = 1024 * 1024;
const SIZE = 24 * MIB + 12_345;

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-body-'));
  path = join(folder, 'image');
  await writeFile(path, patternBytes(0, SIZE));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** A file whose bytes are in two extents, and whose `read` nobody may call. */
async function direct(options: { path?: string; check?: () => Promise<void> } = {}): Promise<ServedFile> {
  const handle = await open(options.path ?? path);
  return {
    ...patternFile(SIZE),
    direct: {
      kind: 'descriptor',
      descriptor: handle.fd,
      extents: [
        { offsetBytes: 0, lengthBytes: 5 * MIB + 1 },
        { offsetBytes: 5 * MIB + 1, lengthBytes: SIZE - 5 * MIB - 1 },
      ],
      checkUnchanged: options.check,
    },
    read: () => Promise.reject(new Error('it was read')),
    close: async () => await handle.close(),
  };
}

async function served(file: () => Promise<ServedFile>, options: Parameters<typeof startTestServer>[1] = {}) {
  const route = {
    name: 'direct',
    claim: async ({ path: asked }: { path: string }) => (asked === 'image' ? await file() : undefined),
  };
  return await startTestServer({}, { ...options, routes: [route] });
}

async function request(
  port: number,
  headers: Record<string, string> = {},
  agent?: Agent,
): Promise<{ status: number | undefined; hash: string; length: number }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/image', headers, ...(agent === undefined ? {} : { agent }) }, resolve).on(
      'error',
      reject,
    );
  });
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of response) {
    hash.update(chunk as Buffer);
    length += (chunk as Buffer).length;
  }
  return { status: response.statusCode, hash: hash.digest('hex'), length };
}
const hashOf = (offset: number, length: number): string =>
  createHash('sha256').update(patternBytes(offset, length)).digest('hex');
const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

describe.runIf(process.platform === 'linux')('the body thread', () => {
  it('sends whole files and ranges over one connection, byte by byte, and lets go of everything', async () => {
    const before = openDescriptors();
    {
      await using server = await served(direct);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      expect(await request(server.port, {}, agent)).toEqual({ status: 200, hash: hashOf(0, SIZE), length: SIZE });
      for (const [from, to] of [
        [0, 3 * MIB],
        [5 * MIB - 7, 6 * MIB],
        [SIZE - MIB, SIZE - 1],
      ] as const) {
        const length = to - from + 1;
        expect(await request(server.port, { Range: `bytes=${from}-${to}` }, agent)).toEqual({
          status: 206,
          hash: hashOf(from, length),
          length,
        });
      }
      expect(server.statistics.acceptedConnections).toBe(1);
      await expect.poll(() => server.eventsOf('transfer.ended').length).toBe(4);
      expect(server.eventsOf('transfer.ended')).toMatchObject(
        [SIZE, 3 * MIB + 1, MIB + 8, MIB].map((sentBytes) => ({ outcome: 'complete', sentBytes })),
      );
      agent.destroy();
    }
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });

  it('serves many at once', async () => {
    await using server = await served(direct);
    const answers = await Promise.all(Array.from({ length: 12 }, async () => await request(server.port)));
    expect(new Set(answers.map(({ hash }) => hash))).toEqual(new Set([hashOf(0, SIZE)]));
  });

  it('stops where the client goes away, and the next one is served', async () => {
    await using server = await served(direct);
    const client = connect(server.port, '127.0.0.1');
    client.write('GET /image HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => client.once('data', resolve));
    client.destroy();
    await expect.poll(() => server.eventsOf('transfer.ended').length).toBe(1);
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]);
    expect((await request(server.port)).hash).toBe(hashOf(0, SIZE));
  });

  it('believes that a client has a file once it has left, not once the system has it', async () => {
    await using server = await served(direct);
    const client = connect(server.port, '127.0.0.1');
    client.on('error', () => undefined);
    // It fits into the buffers of this side, and not of the other.
    client.write('GET /image HTTP/1.1\r\nHost: a\r\nRange: bytes=0-2000000\r\n\r\n');
    await new Promise((resolve) => client.once('data', resolve));
    client.pause();
    await delay(300);
    expect(server.eventsOf('transfer.ended')).toEqual([]);
    client.resetAndDestroy();
    await expect.poll(() => server.eventsOf('transfer.ended').length).toBe(1);
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]);
  });

  it('gives up on a client that takes nothing', async () => {
    await using server = await served(direct, { limits: { stallTimeoutMs: 500 } });
    const client = connect(server.port, '127.0.0.1');
    client.on('error', () => undefined);
    client.pause();
    client.write('GET /image HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => server.eventsOf('transfer.ended').length, { timeout: 10_000 }).toBe(1);
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]);
    client.destroy();
  });

  it('tells a file that became shorter, and cuts the connection', async () => {
    const short = join(folder, 'short');
    await writeFile(short, patternBytes(0, SIZE));
    await using server = await served(async () => {
      const file = await direct({ path: short });
      await truncate(short, 6 * MIB);
      return file;
    });
    await expect(request(server.port)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    await expect.poll(() => server.eventsOf('engine.trouble').length).toBe(1);
    expect(server.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_IMAGE_CHANGED' }]);
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'failed' }]);
  });

  it('answers with an error where the source is gone before the first byte', async () => {
    const changed = new StationError('E_IMAGE_CHANGED', { path: 'a.iso', detail: 'it was replaced' });
    await using server = await served(async () => await direct({ check: async () => await Promise.reject(changed) }));
    expect(await request(server.port)).toMatchObject({ status: 500 });
    expect(server.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_IMAGE_CHANGED' }]);
  });

  it('is done without where it is not wanted', async () => {
    await using server = await served(direct, { useThread: false });
    expect(await request(server.port)).toMatchObject({ status: 500 });
  });

  it('ends with its server in the middle of a body', async () => {
    const server = await served(direct);
    const client = connect(server.port, '127.0.0.1');
    client.on('error', () => undefined);
    client.pause();
    client.write('GET /image HTTP/1.1\r\nHost: a\r\n\r\n');
    await delay(100);
    await server[Symbol.asyncDispose]();
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]);
    client.destroy();
  });
});
