import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopBridge } from '../../../renderer/transport/electron.ts';
import { ipcMain, ipcRenderer } from './electron-stand-in.ts';
import { resetWorld, world } from './electron-stand-in/world.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

let bridge: DesktopBridge;
let requests: unknown[];
let ports: MessagePort[];

beforeEach(async () => {
  resetWorld();
  requests = [];
  ports = [];
  ipcMain.on('station:connect', (_event, request: unknown) => requests.push(request));
  vi.resetModules();
  await import('../../../preload/index.ts');
  bridge = world.bridges.get('station') as unknown as DesktopBridge;
});

afterEach(() => ports.forEach((port) => port.close()));

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
};

/** A page that listens, and what it heard. */
function opened(): { heard: string[]; ends: () => number } {
  const heard: string[] = [];
  let ends = 0;
  bridge.open(
    (message) => heard.push(message),
    () => (ends += 1),
  );
  return { heard, ends: () => ends };
}

/** The shell gives the page a port; the station's end of it. */
async function given(request: unknown): Promise<{ port: MessagePort; received: unknown[]; closed: () => boolean }> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const received: unknown[] = [];
  let closed = false;
  port1.on('message', (data) => received.push(data));
  port1.on('close', () => (closed = true));
  ipcRenderer.emit('station:port', { ports: [port2] }, request);
  await settled();
  return { port: port1, received, closed: () => closed };
}

describe('the bridge', () => {
  it('is these functions and nothing of Electron', () => {
    expect([...world.bridges.keys()]).toEqual(['station']);
    expect(Object.keys(bridge).sort()).toEqual(['close', 'open', 'pathOfFile', 'send']);
  });

  it('asks for a port when a line is opened, and not before', async () => {
    await settled();
    expect(requests).toEqual([]);
    opened();
    await settled();
    expect(requests).toEqual([1]);
  });

  it('carries strings both ways', async () => {
    const { heard } = opened();
    const { port, received } = await given(1);
    bridge.send('to the station');
    port.postMessage('to the page');
    await settled();
    expect([received, heard]).toEqual([['to the station'], ['to the page']]);
  });

  it('holds back what is sent before the port is there, in order, and once', async () => {
    opened();
    bridge.send('a');
    bridge.send('b');
    const { received } = await given(1);
    bridge.send('c');
    await settled();
    expect(received).toEqual(['a', 'b', 'c']);
  });

  it('carries nothing but strings', async () => {
    const { heard } = opened();
    const { port, received } = await given(1);
    bridge.send({ call: 'session.stop' } as never);
    port.postMessage({ hello: 1 });
    port.postMessage(1);
    await settled();
    expect([received, heard]).toEqual([[], []]);
  });

  it('drops what is sent without a line', async () => {
    bridge.send('nobody');
    opened();
    const { received } = await given(1);
    expect(received).toEqual([]);
  });

  it.each([
    ['for an older request', 1],
    ['that nobody asked for', 3],
    ['without a number', undefined],
  ])('refuses a port %s', async (_what, request) => {
    opened();
    opened();
    const late = await given(request);
    expect(late.closed()).toBe(true);
    const { received } = await given(2);
    bridge.send('x');
    await settled();
    expect(received).toEqual(['x']);
  });

  it('refuses a second port for a request', async () => {
    opened();
    const first = await given(1);
    const second = await given(1);
    expect([first.closed(), second.closed()]).toEqual([false, true]);
  });

  it('tells the page that the station ended, once, and may be opened again', async () => {
    const { ends } = opened();
    const { port } = await given(1);
    port.close();
    await settled();
    expect(ends()).toBe(1);
    const { heard } = opened();
    const next = await given(2);
    next.port.postMessage('hello again');
    await settled();
    expect([heard, ends()]).toEqual([['hello again'], 1]);
  });

  it.each([
    ['closes the line where the page does', () => bridge.close()],
    ['closes the old line where a new one is opened', () => opened()],
  ])('%s, and the page hears no more of it', async (_what, act) => {
    const { heard, ends } = opened();
    const { port, closed } = await given(1);
    act();
    port.postMessage('late');
    await settled();
    expect([heard, ends(), closed()]).toEqual([[], 0, true]);
  });

  it('tells the path of a dropped file', () => {
    expect(bridge.pathOfFile?.({ path: '/isos/debian.iso' } as never)).toBe('/isos/debian.iso');
  });
});
