import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { app } from './electron-stand-in.ts';
import { world } from './electron-stand-in/world.ts';
import { answers, box, crashes, kinds, places, says, settled, started, station } from './shell-bench.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

describe('while a session runs', () => {
  it('the computer stays awake, once', async () => {
    await started();
    await says({ kind: 'session', running: true, booting: 0 });
    await says({ kind: 'session', running: true, booting: 2 });
    expect(world.blockers.size).toBe(1);
    await says({ kind: 'session', running: false, booting: 0 });
    expect(world.blockers.size).toBe(0);
  });

  it('what the station says is checked', async () => {
    await started();
    for (const message of [
      { kind: 'session', running: true },
      { kind: 'quit' },
      { kind: 'session', running: true, booting: -1 },
    ]) {
      await says(message);
    }
    expect(world.blockers.size).toBe(0);
  });

  it.each([
    [0, 'A session is running.'],
    [1, 'One machine is still booting.'],
    [24, '24 machines are still booting.'],
  ])('closing the window with %d machines under way asks first', async (booting, message) => {
    const window = await started();
    await says({ kind: 'session', running: true, booting });
    window.close();
    window.close();
    expect(world.boxes).toHaveLength(1);
    expect(box().options).toMatchObject({ message, defaultId: 0, cancelId: 0 });
    await answers({ response: 0 });
    expect([window.isDestroyed(), world.exitCode]).toEqual([false, undefined]);
    expect(kinds(station())).not.toContain('stop');
  });

  it('so does quitting, and then the station is stopped before the program ends', async () => {
    const window = await started();
    await says({ kind: 'session', running: true, booting: 1 });
    app.quit();
    await settled();
    expect(world.exitCode).toBeUndefined();
    await answers({ response: 1 });
    expect(window.isDestroyed()).toBe(true);
    expect(kinds(station())).toEqual(['stop']);
    expect(world.exitCode).toBeUndefined();
    station().exit(0);
    await settled();
    expect(world.exitCode).toBe(0);
    expect(world.processes).toHaveLength(1);
  });
});

describe('the end', () => {
  it('closing the window ends the app on every platform, without a question where nothing runs', async () => {
    const window = await started();
    window.close();
    await settled();
    expect(world.boxes).toEqual([]);
    expect(kinds(station())).toEqual(['stop']);
    station().exit(0);
    await settled();
    expect(world.exitCode).toBe(0);
  });

  it('does not wait for ever for a station that hangs', async () => {
    await started();
    app.quit();
    await settled();
    vi.advanceTimersByTime(9_999);
    await settled();
    expect([station().killed, world.exitCode]).toEqual([false, undefined]);
    vi.advanceTimersByTime(1);
    await settled();
    expect([station().killed, world.exitCode]).toEqual([true, 0]);
  });

  it('stops a station that is only just starting', async () => {
    world.launch = () => {};
    await started();
    app.quit();
    await settled();
    expect(kinds(station())).toEqual([]);
    station().emit('spawn');
    expect(kinds(station())).toEqual(['stop']);
  });

  it('does not start a station again that waits for its next try', async () => {
    const window = await started();
    await crashes();
    window.close();
    await settled();
    expect(world.exitCode).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(world.processes).toHaveLength(1);
  });

  it('remembers where the window was', async () => {
    const window = await started();
    window.close();
    vi.useRealTimers();
    const file = join(places.dataFolder, 'window.json');
    await vi.waitUntil(() => existsSync(file));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ x: 0, y: 0, width: 1280, height: 800, maximized: false });
  });
});

describe('dialogs for the station', () => {
  it.each([
    [
      'a file',
      { canceled: false, filePaths: ['/isos/debian.iso'] },
      { kind: 'picked-image', id: 4, path: '/isos/debian.iso' },
    ],
    ['nothing', { canceled: true, filePaths: [] }, { kind: 'picked-image', id: 4 }],
  ])('the person picks %s', async (_what, answer, sent) => {
    await started();
    await says({ kind: 'pick-image', id: 4 });
    expect(box()).toMatchObject({ kind: 'open', options: { properties: ['openFile'] } });
    await answers(answer);
    expect(station().sent.at(-1)?.message).toEqual(sent);
  });
});
