import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryFile } from '../../../../main/engine/files/memory-file.ts';
import type { FileRequest } from '../../../../main/engine/files/route.ts';
import { get, RawClient, type RawResponse, request } from './raw-client.ts';
import { patternBytes, patternFile } from './served-pattern.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const MEBIBYTE = 1024 * 1024;
const KERNEL_BYTES = 5 * MEBIBYTE + 321;

describe('the HTTP server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      'boot.ipxe': () => memoryFile('script', '#!ipxe\n'),
      empty: () => memoryFile('other', ''),
      'loader.efi': () => patternFile(1000),
      'registered-loader': () => patternFile(1000, { contentType: 'application/efi' }),
      'debian.iso': () => patternFile(1000),
      'efi.img': () => patternFile(1000),
      vmlinuz: () => patternFile(KERNEL_BYTES),
    });
  });
  afterAll(async () => await server[Symbol.asyncDispose]());

  async function ask(text: string, options?: { withBody?: boolean }): Promise<RawResponse> {
    await using client = await RawClient.connect(server.port);
    return await client.send(text).response(options);
  }

  describe('writes heads that GRUB and EDK II can read (TC-85)', () => {
    it.each([
      [200, get('/loader.efi')],
      [206, get('/loader.efi', 'Range: bytes=0-9')],
      [304, get('/loader.efi', 'If-None-Match: "pattern-1000"')],
      [400, get('/%zz')],
      [404, get('/absent')],
      [405, request('POST', '/loader.efi', 'Content-Length: 0')],
      [412, get('/loader.efi', 'If-Match: "other"')],
      [416, get('/loader.efi', 'Range: bytes=1000-')],
      [431, get('/loader.efi', `Cookie: ${'x'.repeat(10_000)}`)],
    ])('%i', async (status, text) => {
      const { head, headers, statusLine } = await ask(text);
      expect(statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z][A-Za-z ]+$`));
      for (const line of head.split('\r\n').slice(1, -2)) {
        expect(line).toMatch(/^(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)*|ETag): \S.*$/);
      }
      expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(headers.has('Content-Length')).toBe(status !== 304);
      for (const never of ['Transfer-Encoding', 'Content-Encoding', 'Location']) expect(headers.has(never)).toBe(false);
    });
  });

  it('answers HEAD like GET, without a body, and keeps the connection (TC-86)', async () => {
    await using client = await RawClient.connect(server.port);
    const head = await client.send(request('HEAD', '/loader.efi')).response({ withBody: false });
    const body = await client.send(get('/loader.efi')).response();
    const withoutDate = ({ head }: RawResponse) => head.replace(/^Date: .*\r\n/m, '');
    expect(withoutDate(head)).toBe(withoutDate(body));
    expect(body.headers.get('Content-Length')).toBe('1000');
    expect(body.body.equals(patternBytes(0, 1000))).toBe(true);
    expect(body.headers.get('Connection')).toBe('keep-alive');
    expect(Number(/timeout=(\d+)/.exec(body.headers.get('Keep-Alive') ?? '')?.[1])).toBeGreaterThanOrEqual(30);
  });

  it.each([
    ['/loader.efi', 'application/efi'],
    ['/registered-loader', 'application/efi'],
    ['/debian.iso', 'application/vnd.efi-iso'],
    ['/efi.img', 'application/vnd.efi-img'],
  ])('gives %s the exact type %s (TC-87)', async (path, type) => {
    expect((await ask(get(path))).headers.get('Content-Type')).toBe(type);
  });

  it('sends every byte of a file of several chunks', async () => {
    const { body, headers } = await ask(get('/vmlinuz'));
    expect(headers.get('Content-Length')).toBe(String(KERNEL_BYTES));
    expect(body.equals(patternBytes(0, KERNEL_BYTES))).toBe(true);
  });

  it('sends an empty file', async () => {
    const { status, headers, body } = await ask(get('/empty'));
    expect([status, headers.get('Content-Length'), body.length]).toEqual([200, '0', 0]);
  });

  it('seeks as GRUB does, by a new connection with an open range', async () => {
    const seek = `GET /vmlinuz HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: GRUB 2.06\r\nRange: bytes=${KERNEL_BYTES - 777}-\r\n\r\n`;
    const { status, headers, body } = await ask(seek);
    expect(status).toBe(206);
    expect(headers.get('Content-Range')).toBe(`bytes ${KERNEL_BYTES - 777}-${KERNEL_BYTES - 1}/${KERNEL_BYTES}`);
    expect(body.equals(patternBytes(KERNEL_BYTES - 777, 777))).toBe(true);
  });

  it('reads blocks as iPXE does for a SAN disk, all on one connection', async () => {
    await using client = await RawClient.connect(server.port);
    for (const block of [0, 2048, 512, 9000, 2]) {
      const first = block * 512;
      const { body } = await client.send(get('/vmlinuz', `Range: bytes=${first}-${first + 511}`)).response();
      expect(body.equals(patternBytes(first, 512))).toBe(true);
    }
  });

  it('serves EDK II: HEAD, then GET, then a reset', async () => {
    const headers = ['User-Agent: UefiHttpBoot/1.0', 'Accept: */*'];
    await using client = await RawClient.connect(server.port);
    const { headers: facts } = await client
      .send(request('HEAD', '/loader.efi', ...headers))
      .response({ withBody: false });
    expect(facts.get('Content-Length')).toBe('1000');
    const { body } = await client.send(request('GET', '/loader.efi', ...headers)).response();
    expect(body.length).toBe(1000);
    client.socket.resetAndDestroy();
    await vi.waitFor(() => expect(server.statistics.openConnections).toBe(0));
    expect(server.eventsOf('engine.trouble')).toEqual([]);
  });

  it('sends several ranges as parts', async () => {
    const { status, headers, body } = await ask(get('/vmlinuz', 'Range: bytes=0-99999,2000000-2099999,-5'));
    expect(status).toBe(206);
    const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(headers.get('Content-Type') ?? '')?.[1] ?? '?';
    const part = (from: number, length: number): Buffer =>
      Buffer.concat([
        Buffer.from(
          `\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\n` +
            `Content-Range: bytes ${from}-${from + length - 1}/${KERNEL_BYTES}\r\n\r\n`,
        ),
        patternBytes(from, length),
      ]);
    const parts = [part(0, 100_000), part(2_000_000, 100_000), part(KERNEL_BYTES - 5, 5)];
    const expected = Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]).subarray(2);
    expect(headers.get('Content-Length')).toBe(String(expected.length));
    expect(body.equals(expected)).toBe(true);
  });

  it('answers pipelined requests in order', async () => {
    await using client = await RawClient.connect(server.port);
    client.send(
      get('/vmlinuz') +
        request('HEAD', '/vmlinuz') +
        get('/absent') +
        get('/loader.efi') +
        get('/boot.ipxe', 'Connection: close'),
    );
    expect((await client.response()).body.equals(patternBytes(0, KERNEL_BYTES))).toBe(true);
    expect((await client.response({ withBody: false })).headers.get('Content-Length')).toBe(String(KERNEL_BYTES));
    expect((await client.response()).status).toBe(404);
    expect((await client.response()).body.length).toBe(1000);
    expect((await client.response()).body.toString()).toBe('#!ipxe\n');
    expect((await client.rest()).length).toBe(0);
  });

  it('serves HTTP/1.0 and clients that send no Host, and closes', async () => {
    await using client = await RawClient.connect(server.port);
    const { statusLine, body } = await client.send('GET /boot.ipxe HTTP/1.0\r\n\r\n').response();
    expect(statusLine).toBe('HTTP/1.1 200 OK');
    expect(body.toString()).toBe('#!ipxe\n');
    expect((await client.rest()).length).toBe(0);
  });

  it('serves a client that closes its sending half at once', async () => {
    await using client = await RawClient.connect(server.port);
    client.socket.end(get('/vmlinuz'));
    expect((await client.response()).body.equals(patternBytes(0, KERNEL_BYTES))).toBe(true);
  });

  it('hands the decoded path and the query to the routes', async () => {
    const asked: FileRequest[] = [];
    await using other = await startTestServer(
      {},
      {
        routes: [{ name: 'spy', claim: (fileRequest) => Promise.resolve(void asked.push(fileRequest)) }],
      },
    );
    await using client = await RawClient.connect(other.port, '127.0.0.9');
    await client.send(get('//a%20b/.//c%2541?mac=52%3A54&x=1+2')).response();
    expect(
      asked.map(({ path, query, protocol, peerAddress }) => [path, query.toString(), protocol, peerAddress]),
    ).toEqual([['a b/c%41', 'mac=52%3A54&x=1+2', 'http', '127.0.0.9']]);
  });

  it('tells every transfer with its bytes, and what was missing', async () => {
    const file = patternFile(KERNEL_BYTES, { kind: 'kernel' });
    await using other = await startTestServer({ vmlinuz: () => file });
    await using client = await RawClient.connect(other.port);
    await client.send(get('/vmlinuz', 'Range: bytes=100-')).response();
    await client.send(request('HEAD', '/vmlinuz')).response({ withBody: false });
    await client.send(get('/absent')).response();
    const sentBytes = KERNEL_BYTES - 100;
    const facts = { protocol: 'http', peerAddress: '127.0.0.1', path: 'vmlinuz', kind: 'kernel', sizeBytes: sentBytes };
    expect(other.eventsOf('transfer.started')).toMatchObject([facts]);
    await vi.waitFor(() => {
      expect(other.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'complete', sentBytes, retransmits: 0 }]);
    });
    expect(other.eventsOf('file.missing')).toMatchObject([{ path: 'absent', peerAddress: '127.0.0.1' }]);
    expect(other.statistics).toMatchObject({ requests: 3, missingFiles: 1, sentBytes, acceptedConnections: 1 });
    expect(file.closed).toBe(2);
  });
});
