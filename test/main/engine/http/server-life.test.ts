import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import type { ServedFile } from '../../../../main/engine/files/route.ts';
import { startHttpServer } from '../../../../main/engine/http/server.ts';
import { get, RawClient } from './raw-client.ts';
import { patternBytes, patternFile } from './served-pattern.ts';
import { startTestServer } from './test-server.ts';

const MEBIBYTE = 1024 * 1024;

describe('a source that fails', () => {
  const vanished = new StationError('E_IMAGE_CHANGED', { path: '/isos/a.iso', detail: 'it was replaced' });
  const failingAfter = (bytes: number, error: Error = vanished) => {
    const file = patternFile(8 * MEBIBYTE);
    const read: ServedFile['read'] = async (target, positionBytes) => {
      if (positionBytes + target.length > bytes) throw error;
      return await file.read(target, positionBytes);
    };
    return {
      ...file,
      read,
      close: () => file.close(),
      get closed() {
        return file.closed;
      },
    };
  };

  it('gets a status of its own where nothing was sent yet', async () => {
    const file = failingAfter(0);
    await using server = await startTestServer({ file: () => file });
    await using client = await RawClient.connect(server.port);
    const { status, headers } = await client.send(get('/file')).response();
    expect([status, headers.get('Content-Type')]).toEqual([500, 'text/plain; charset=utf-8']);
    expect(server.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_IMAGE_CHANGED', title: vanished.title }]);
    expect(file.closed).toBe(1);
  });

  it('breaks that answer only, half-way, and is told once', async () => {
    const file = failingAfter(3 * MEBIBYTE);
    await using server = await startTestServer({ file: () => file, fine: () => patternFile(1000) });
    await using other = await RawClient.connect(server.port);
    for (let times = 0; times < 2; times += 1) {
      await using client = await RawClient.connect(server.port);
      const { status, body } = await client.send(get('/file')).response();
      expect(status).toBe(200);
      expect(body.length).toBeLessThan(8 * MEBIBYTE);
      expect(client.closed).toBe(true);
      expect(body.equals(patternBytes(0, body.length))).toBe(true);
    }
    expect((await other.send(get('/fine')).response()).body.length).toBe(1000);
    expect(server.eventsOf('engine.trouble')).toHaveLength(1);
    expect(server.eventsOf('transfer.ended')).toMatchObject([
      { outcome: 'failed', reason: vanished.title },
      { outcome: 'failed', reason: vanished.title },
      { outcome: 'complete', sentBytes: 1000 },
    ]);
    expect(server.statistics.failedAnswers).toBe(2);
    expect(file.closed).toBe(2);
  });

  it('is a changed file where it ends early', async () => {
    const file = patternFile(8 * MEBIBYTE, {
      read: async (target, at) => Math.max(0, Math.min(target.length, 100 - at)),
    });
    await using server = await startTestServer({ file: () => file });
    await using client = await RawClient.connect(server.port);
    expect((await client.send(get('/file')).response()).status).toBe(500);
    expect(server.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_IMAGE_CHANGED' }]);
  });

  it('may be a defect in a route', async () => {
    await using server = await startTestServer({
      thrower: () => {
        throw new TypeError('boom');
      },
    });
    await using client = await RawClient.connect(server.port);
    expect((await client.send(get('/thrower')).response()).status).toBe(500);
    expect((await client.send(get('/absent')).response()).status).toBe(404);
    expect(server.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_INTERNAL' }]);
  });
});

describe('ports and the end', () => {
  const options = {
    interfaceName: 'lo',
    address: '127.0.0.1',
    prefixLength: 8,
    routes: [],
    emit: () => undefined,
    now: () => 0,
  };

  it('takes the next port where the first is taken', async () => {
    await using first = await startTestServer({});
    await using second = await startTestServer({}, { ports: [first.port, 0] });
    expect(second.port).not.toBe(first.port);
  });

  it('says which port is taken, and the first, where all are', async () => {
    await using first = await startTestServer({});
    await using second = await startTestServer({});
    await expect(startHttpServer({ ...options, ports: [first.port, second.port] })).rejects.toMatchObject({
      code: 'E_PORT_IN_USE',
      data: { port: first.port, protocol: 'TCP', address: '127.0.0.1' },
    });
  });

  it('says that an interface cannot be had', async () => {
    await expect(startHttpServer({ ...options, interfaceName: 'nosuch0', ports: [0] })).rejects.toMatchObject({
      code: 'E_DEVICE_BIND_FAILED',
    });
  });

  it('leaves nothing behind: cuts answers, closes files and the port', async () => {
    const file = patternFile(1024 * MEBIBYTE);
    const server = await startTestServer({ file: () => file });
    await using idle = await RawClient.connect(server.port);
    await using busy = await RawClient.connect(server.port);
    busy.send(get('/file'));
    await busy.take(MEBIBYTE);
    busy.socket.pause();
    await Promise.all([server[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
    expect(file.closed).toBe(1);
    expect(server.eventsOf('transfer.ended')).toMatchObject([{ outcome: 'aborted' }]);
    await idle.rest();
    await expect(RawClient.connect(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sleep(10);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap')).toEqual([]);
  });
});
