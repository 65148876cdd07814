import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type WindowState, fittingState, readWindowState, writeWindowState } from '../../../main/host/window-state.ts';

const left = { x: -1920, y: 0, width: 1920, height: 1080 };
const main = { x: 0, y: 25, width: 1440, height: 875 };
const state = (x: number, y: number): WindowState => ({ x, y, width: 1200, height: 800, maximized: false });

describe('fittingState', () => {
  it.each([
    ['where it was', state(100, 100), [main], true],
    ['on the second screen', state(-1500, 100), [left, main], true],
    ['on a screen that was unplugged', state(-1500, 100), [main], false],
    ['with 100 pixels of title bar left at the right', state(1339, 100), [main], true],
    ['with less', state(1340, 100), [main], false],
    ['with 100 pixels left at the left', state(-1099, 100), [main], true],
    ['with less at the left', state(-1100, 100), [main], false],
    ['with its title bar above the screen', state(100, 24), [main], false],
    ['with its title bar below the screen', state(100, 860), [main], false],
    ['without any screen', state(100, 100), [], false],
  ])('keeps a place only where a person can take hold of it: %s', (_what, stored, screens, kept) => {
    const fitting = fittingState(stored, screens);
    expect([fitting.x, fitting.y]).toEqual(kept ? [stored.x, stored.y] : [undefined, undefined]);
    expect([fitting.width, fitting.height]).toEqual([1200, 800]);
  });

  it('has a size for the first time', () => {
    expect(fittingState(undefined, [main])).toEqual({ width: 1280, height: 800, maximized: false });
  });
});

describe('the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldboot-window-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deep', 'window.json');

  it('keeps what was written', async () => {
    expect(readWindowState(file)).toBeUndefined();
    await writeWindowState(file, { ...state(1, 2), maximized: true });
    expect(readWindowState(file)).toEqual({ ...state(1, 2), maximized: true });
  });

  it.each(['', '{', '[]', '{"width":1,"height":1,"maximized":false}', '{"width":1e9,"height":800,"maximized":false}'])(
    'is as good as none where it holds %j',
    (text) => {
      writeFileSync(file, text);
      expect(readWindowState(file)).toBeUndefined();
    },
  );
});
