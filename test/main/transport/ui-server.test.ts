import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { StationError } from '../../../main/contract/errors.ts';
import { createStateHolder } from '../../../main/station/state-holder.ts';
import type { Station } from '../../../main/station/station.ts';
import { type UiServer, startUiServer } from '../../../main/transport/ui-server.ts';
import { emptyState } from '../station/empty-state.ts';

const token = 'a-token-of-this-test';
let folder: string;
let server: UiServer;
const holder = createStateHolder(emptyState);
const station: Station = {
  state: holder.state,
  call: async (name, arg, { readOnly }) => {
    if (name === 'images.rename') throw new StationError('E_IMAGE_NOT_FOUND', { path: 'x' });
    return { name, arg, readOnly } as never;
  },
  subscribe: (listener) => holder.subscribe(listener),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
const start = (readOnly = false): Promise<UiServer> =>
  startUiServer({ station, address: '127.0.0.1', port: 0, token, readOnly, folder });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-ui-'));
  await writeFile(join(folder, 'index.html'), '<p>hello</p>');
  await writeFile(`${folder}-secret.txt`, 'secret');
  server = await start();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  await rm(`${folder}-secret.txt`);
});

const origin = (): string => new URL(server.url).origin;
const get = (
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: object; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

async function connect(protocols = ['fieldboot', token], headers = {}): Promise<WebSocket & { inbox: AsyncGenerator }> {
  const socket = new WebSocket(`${origin().replace('http', 'ws')}/station`, protocols, { headers });
  const queue: unknown[] = [];
  let wake = (): void => undefined;
  socket.on('message', (data: Buffer) => {
    queue.push(JSON.parse(data.toString()));
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  async function* messages(): AsyncGenerator {
    while (true) {
      while (queue.length > 0) yield queue.shift();
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return Object.assign(socket, { inbox: messages() });
}
const next = async (socket: { inbox: AsyncGenerator }): Promise<unknown> => (await socket.inbox.next()).value;

describe('the page', () => {
  it('is served with a strict policy', async () => {
    const page = await get('/');
    expect([page.status, page.body]).toEqual([200, '<p>hello</p>']);
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'") as string,
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['/../secret', `/..%2f..%2fetc/passwd`, '/%00', '/..\\x', '/%', '/index.html/../../x.json', '/nothing.js'])(
    'has no %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  it('is not given to a name that was pointed at this computer', async () => {
    expect((await get('/', { host: 'evil.example' })).status).toBe(403);
  });
});

describe('the connection', () => {
  it('says hello, answers calls and tells changes in order', async () => {
    const socket = await connect();
    expect(await next(socket)).toEqual({ hello: 1 });
    socket.send(JSON.stringify({ id: 7, call: 'files.list', arg: {} }));
    expect(await next(socket)).toEqual({ id: 7, ok: true, value: { name: 'files.list', arg: {}, readOnly: false } });
    const before = holder.seq;
    holder.change({ event: 'tasks.changed', value: [] });
    holder.change({ event: 'tasks.changed', value: [] });
    expect(await next(socket)).toMatchObject({ seq: before + 1 });
    expect(await next(socket)).toMatchObject({ seq: before + 2 });
    socket.close();
  });

  it('answers an error with its code and both voices, and an argument that is wrong before it reaches the station', async () => {
    const socket = await connect();
    await next(socket);
    socket.send(JSON.stringify({ id: 1, call: 'images.rename', arg: { imageId: 'x', name: 'n' } }));
    expect(await next(socket)).toMatchObject({ id: 1, ok: false, error: { code: 'E_IMAGE_NOT_FOUND' } });
    socket.send(JSON.stringify({ id: 2, call: 'images.rename', arg: { imageId: 5 } }));
    expect(await next(socket)).toMatchObject({ id: 2, ok: false, error: { code: 'E_USAGE' } });
    socket.close();
  });

  it('drops what is no request and lives on', async () => {
    const socket = await connect();
    await next(socket);
    for (const junk of ['', 'null', '{', '[]', '{"id":-1,"call":"files.list"}', '{"id":1,"call":"__proto__"}'])
      socket.send(junk);
    socket.send(JSON.stringify({ id: 3, call: 'files.list', arg: {} }));
    expect(await next(socket)).toMatchObject({ id: 3, ok: true });
    socket.close();
  });

  it.each([
    ['no token', ['fieldboot'], {}],
    ['a wrong token', ['fieldboot', 'a-token-of-that-test'], {}],
    ['the page of somebody else', ['fieldboot', token], { origin: 'http://evil.example' }],
    ['a name that was pointed here', ['fieldboot', token], { host: 'evil.example' }],
  ])('is refused with %s', async (_name, protocols, headers) => {
    await expect(connect(protocols, headers)).rejects.toThrow('403');
  });

  it('may only look where it is read-only', async () => {
    await server[Symbol.asyncDispose]();
    server = await start(true);
    const socket = await connect();
    await next(socket);
    socket.send(JSON.stringify({ id: 1, call: 'session.stop', arg: {} }));
    expect(await next(socket)).toMatchObject({ id: 1, ok: false, error: { code: 'E_READ_ONLY' } });
    socket.send(JSON.stringify({ id: 2, call: 'state.snapshot', arg: {} }));
    expect(await next(socket)).toMatchObject({ id: 2, ok: true, value: { readOnly: true } });
    socket.close();
  });
});
