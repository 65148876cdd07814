import { describe, expect, it, vi } from 'vitest';
import { world } from './electron-stand-in/world.ts';
import { answers, box, crashes, says, settled, started } from './shell-bench.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

describe('a station that crashes', () => {
  it('is started again, and the person is told once', async () => {
    await started();
    await crashes();
    expect(box().options['message']).toContain('was started again');
    vi.advanceTimersByTime(499);
    expect(world.processes).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(world.processes).toHaveLength(2);
    await settled();
    await crashes();
    expect(world.boxes).toHaveLength(1);
  });

  async function crashUntilGivenUp(): Promise<void> {
    for (let crash = 1; crash <= 5; crash += 1) {
      await crashes();
      if (world.boxes.length > 0 && crash < 5) await answers({ response: 0 });
      vi.advanceTimersByTime(10_000);
      await settled();
    }
  }

  it('is not started for ever: the fifth crash in a minute is the last', async () => {
    await started();
    await crashUntilGivenUp();
    expect(world.processes).toHaveLength(5);
    vi.advanceTimersByTime(600_000);
    expect(world.processes).toHaveLength(5);
    expect(box().options).toMatchObject({ message: 'The station cannot run.', buttons: ['Try again', 'Quit'] });
    expect(box().options['detail']).toContain('exit code 9');
  });

  it('is tried again where the person asks for it', async () => {
    await started();
    await crashUntilGivenUp();
    await answers({ response: 0 });
    expect(world.processes).toHaveLength(6);
    expect(world.exitCode).toBeUndefined();
    // With all of its tries.
    await crashes();
    vi.advanceTimersByTime(500);
    expect(world.processes).toHaveLength(7);
  });

  it('ends the app where the person has enough', async () => {
    await started();
    await crashUntilGivenUp();
    await answers({ response: 1 });
    expect(world.exitCode).toBe(0);
  });

  it('says at once why it cannot start, and starts again only when it is asked to', async () => {
    await started();
    await says({ kind: 'failed', title: 'The data folder cannot be written.', advice: 'Make room on the disk.' });
    await crashes();
    expect(world.boxes).toHaveLength(1);
    expect(box().options).toMatchObject({
      message: 'The station cannot run.',
      detail: 'The data folder cannot be written. Make room on the disk.',
    });
    vi.advanceTimersByTime(600_000);
    expect(world.processes).toHaveLength(1);
    await answers({ response: 0 });
    expect(world.processes).toHaveLength(2);
  });

  it('wakes the computer no more, and quits without a question', async () => {
    const window = await started();
    await says({ kind: 'session', running: true, booting: 3 });
    expect(world.blockers.size).toBe(1);
    await crashes();
    expect(world.blockers.size).toBe(0);
    window.close();
    expect(window.isDestroyed()).toBe(true);
  });
});

describe('a page whose process dies', () => {
  it('is loaded again, but not for ever', async () => {
    const window = await started();
    for (let crash = 1; crash <= 8; crash += 1) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      vi.advanceTimersByTime(5_000);
      await settled();
    }
    expect(window.loads).toBe(1 + 4);
    expect(world.processes).toHaveLength(1);
  });

  it('is left alone where it ended as it should', async () => {
    const window = await started();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(window.loads).toBe(1);
  });
});
