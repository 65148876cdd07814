import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { get, RawClient, request } from './raw-client.ts';
import { patternBytes, patternFile } from './served-pattern.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** Everything from the network is hostile (TC-94), and one client never spoils it for another. */

const MEBIBYTE = 1024 * 1024;

describe('bad requests', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ file: () => patternFile(1000), big: () => patternFile(3 * MEBIBYTE) });
  });
  afterAll(async () => await server[Symbol.asyncDispose]());

  const expectAlive = async (): Promise<void> => {
    await using client = await RawClient.connect(server.port);
    expect((await client.send(get('/file')).response()).body.equals(patternBytes(0, 1000))).toBe(true);
  };

  it.each([
    ['HTTP/0.9', 'GET /file\r\n\r\n', 400],
    ['garbage', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
    ['no version', 'GET /file FTP/1.1\r\n\r\n', 400],
    ['a control character in a header', get('/file', 'X: a\0b'), 400],
    ['two lengths', request('GET', '/file', 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['length and chunks', request('POST', '/file', 'Content-Length: 1', 'Transfer-Encoding: chunked'), 400],
    ['a large head', get('/file', `X: ${'y'.repeat(10_000)}`), 431],
    ['a large path', get(`/${'y'.repeat(10_000)}`), 431],
    ['a GET with a body', `${request('GET', '/file', 'Content-Length: 5')}12345`, 400],
    ['a path that is no path', get('file'), 400],
    ['an asterisk', request('OPTIONS', '*'), 400],
    ['a broken escape', get('/file%4'), 400],
    ['bytes that are no UTF-8', get('/file%ff'), 400],
  ])('%s', async (_, text, status) => {
    await using client = await RawClient.connect(server.port);
    expect((await client.send(text).response()).status).toBe(status);
    expect((await client.rest()).length).toBe(0);
    await expectAlive();
  });

  it.each([
    ['a parent folder', '/../file'],
    ['an escaped parent folder', '/%2e%2e%2ffile'],
    ['escaped once more', '/%252e%252e%252ffile'],
    ['a backslash', '/..%5cfile'],
    ['NUL', '/file%00.efi'],
    ['a drive', '/c:/file'],
    ['another host', 'http://example.com/etc/passwd'],
  ])('finds nothing behind %s', async (_, path) => {
    await using client = await RawClient.connect(server.port);
    expect((await client.send(get(path)).response()).status).toBe(404);
    expect((await client.send(get('/file')).response()).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'PATCH'])('does not take %s', async (method) => {
    await using client = await RawClient.connect(server.port);
    const { status, headers } = await client.send(`${request(method, '/file', 'Content-Length: 5')}12345`).response();
    expect([status, headers.get('Allow'), headers.get('Connection')]).toEqual([405, 'GET, HEAD', 'close']);
    await client.rest();
  });

  it('asks nobody to send a body', async () => {
    await using client = await RawClient.connect(server.port);
    client.send(request('PUT', '/file', 'Content-Length: 1000000', 'Expect: 100-continue'));
    expect((await client.response()).status).toBe(405);
    client.send(get('/file'));
    await client.rest();
  });

  it('drops a CONNECT and serves an upgrade as what it asked before', async () => {
    await using proxy = await RawClient.connect(server.port);
    await proxy.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n').rest();
    await using upgrade = await RawClient.connect(server.port);
    upgrade.send(get('/file', 'Connection: Upgrade', 'Upgrade: h2c'));
    expect((await upgrade.response()).status).toBe(200);
    await expectAlive();
  });

  it('answers what came before garbage, whole, then refuses', async () => {
    await using client = await RawClient.connect(server.port);
    client.send(`${get('/big')}${get('/file')}\x01\x02\x03\r\n\r\n`);
    expect((await client.response()).body.equals(patternBytes(0, 3 * MEBIBYTE))).toBe(true);
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(400);
    expect((await client.rest()).length).toBe(0);
  });

  it('cuts a client that pipelines without end', async () => {
    await using client = await RawClient.connect(server.port);
    client.send(get('/big').repeat(500));
    const received = await client.rest();
    expect(received.length).toBeLessThan(4 * MEBIBYTE);
    await expectAlive();
  });

  it('takes a reset in the middle as a normal end', async () => {
    await using own = await startTestServer({ huge: () => patternFile(1024 * MEBIBYTE) });
    await using client = await RawClient.connect(own.port);
    client.send(get('/huge'));
    await client.take(MEBIBYTE);
    client.socket.resetAndDestroy();
    await vi.waitFor(() => expect(own.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]));
    expect(own.eventsOf('engine.trouble')).toEqual([]);
    expect(own.statistics.abortedAnswers).toBe(1);
  });

  it('outlives any bytes', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('GET /file HTTP/1.1', 'Range: bytes=0-', 'Content-Length: 7', ''),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        await using client = await RawClient.connect(server.port);
        client.socket.end(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
        const answers = (await client.rest()).toString('latin1');
        expect(answers).toMatch(/^(HTTP\/1\.1 [24]|$)/);
      }),
      { numRuns: 60 },
    );
    await expectAlive();
  });

  it('tells of refusals without flooding the journal', async () => {
    await using own = await startTestServer({});
    for (let times = 0; times < 20; times += 1) {
      await using client = await RawClient.connect(own.port);
      await client.send('nonsense\r\n\r\n').rest();
      await client.rest();
    }
    expect(own.statistics.badRequests).toBe(20);
    expect(own.eventsOf('file.refused')).toHaveLength(1);
  });

  it('writes nothing of a stranger into the journal that a terminal would obey', async () => {
    await using own = await startTestServer({});
    await using client = await RawClient.connect(own.port);
    await client.send(get('/%1b%5b2Jevil')).response();
    expect(own.eventsOf('file.refused')).toMatchObject([{ path: '/?[2Jevil', peerAddress: '127.0.0.1' }]);
  });
});

describe('limits', () => {
  it('closes on a client that sends its head too slowly', async () => {
    await using server = await startTestServer({}, { limits: { requestHeadTimeoutMs: 300 } });
    await using loris = await RawClient.connect(server.port);
    await using mute = await RawClient.connect(server.port);
    loris.send('GET / HTTP/1.1\r\n');
    const dribble = setInterval(() => loris.closed || loris.send('X: y\r\n'), 50);
    try {
      expect((await loris.response()).status).toBe(408);
      await loris.rest();
      await mute.rest();
    } finally {
      clearInterval(dribble);
    }
    expect(server.statistics.openConnections).toBe(0);
  });

  it('closes an idle connection', async () => {
    await using server = await startTestServer(
      { file: () => patternFile(10) },
      { limits: { keepAliveTimeoutMs: 100 } },
    );
    await using client = await RawClient.connect(server.port);
    await client.send(get('/file')).response();
    expect((await client.rest()).length).toBe(0);
    await vi.waitFor(() => expect(server.statistics.openConnections).toBe(0));
  });

  it('gives up a client that stops reading', async () => {
    const file = patternFile(1024 * MEBIBYTE);
    await using server = await startTestServer({ file: () => file }, { limits: { stallTimeoutMs: 300 } });
    await using client = await RawClient.connect(server.port);
    client.send(get('/file'));
    client.socket.pause();
    await vi.waitFor(() => expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]), 5000);
    expect(file.closed).toBe(1);
  });

  it('lets one peer have only so many connections, and others still in', async () => {
    await using server = await startTestServer({ file: () => patternFile(10) }, { limits: { socketsPerPeer: 2 } });
    await using first = await RawClient.connect(server.port);
    await using second = await RawClient.connect(server.port);
    await using third = await RawClient.connect(server.port);
    await third.rest();
    await using other = await RawClient.connect(server.port, '127.0.0.2');
    for (const client of [first, second, other]) {
      expect((await client.send(get('/file')).response()).status).toBe(200);
    }
    expect(server.statistics).toMatchObject({ openConnections: 3, refusedConnections: 1 });
    expect(server.eventsOf('file.refused')).toMatchObject([{ reason: 'too many connections', path: '' }]);

    await first[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(server.statistics.openConnections).toBe(2));
    await using again = await RawClient.connect(server.port);
    expect((await again.send(get('/file')).response()).status).toBe(200);
  });

  it('has a limit for all of them together', async () => {
    await using server = await startTestServer({}, { limits: { sockets: 3 } });
    const peers = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
    const clients = await Promise.all(peers.map(async (peer) => await RawClient.connect(server.port, peer)));
    await vi.waitFor(() => expect(clients.filter(({ closed }) => closed)).toHaveLength(1));
    expect(server.statistics).toMatchObject({ openConnections: 3, refusedConnections: 1 });
    await Promise.all(clients.map(async (client) => await client[Symbol.asyncDispose]()));
  });
});

describe('many clients', () => {
  it('holds 64 that do not read, in little memory, and serves another at speed (TC-93)', async () => {
    const files = Array.from({ length: 65 }, () => patternFile(2048 * MEBIBYTE));
    const last = patternFile(64 * MEBIBYTE);
    let next = 0;
    await using server = await startTestServer({ image: () => files[next++] ?? last, other: () => last });
    await using stalled = new AsyncDisposableStack();
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for (let index = 0; index < 64; index += 1) {
      const client = stalled.use(await RawClient.connect(server.port));
      client.socket.pause();
      client.send(get('/image'));
    }
    await vi.waitFor(() => expect(server.statistics.requests).toBe(64));
    await using reader = await RawClient.connect(server.port);
    reader.socket.removeAllListeners('data');
    let received = 0;
    reader.socket.on('data', (bytes) => {
      received += bytes.length;
    });
    reader.send(get('/other', 'Connection: close'));
    await reader.rest();
    expect(received).toBeGreaterThan(64 * MEBIBYTE);

    await sleep(50);
    const readBytes = files.slice(0, 64).map((file) => file.readBytes);
    // Two chunks here and what the kernel's socket buffers hold; a server that reads ahead would be at 2 GiB.
    expect(Math.max(...readBytes)).toBeLessThan(12 * MEBIBYTE);
    expect(Math.min(...readBytes)).toBeGreaterThan(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * MEBIBYTE);
  });

  it('sends 200 of them the right bytes at once', async () => {
    const sizeBytes = MEBIBYTE + 77;
    await using server = await startTestServer({ file: () => patternFile(sizeBytes) });
    const expected = patternBytes(0, sizeBytes);
    const right = await Promise.all(
      Array.from({ length: 200 }, async () => {
        await using client = await RawClient.connect(server.port);
        return (await client.send(get('/file')).response()).body.equals(expected);
      }),
    );
    expect(right).toEqual(Array.from({ length: 200 }, () => true));
    expect(server.eventsOf('transfer.ended').filter(({ outcome }) => outcome === 'complete')).toHaveLength(200);
  });
});
