import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findUpward, installedFile } from '../../../main/engine/installed-files.ts';

describe('files that come with the program', () => {
  let top: string;
  beforeEach(() => (top = mkdtempSync(join(tmpdir(), 'fieldboot-installed-'))));
  afterEach(() => rmSync(top, { recursive: true }));

  const put = (...files: string[]): void => {
    for (const file of files) {
      mkdirSync(dirname(join(top, file)), { recursive: true });
      writeFileSync(join(top, file), '');
    }
  };

  it.each([
    ['a checkout', 'main/engine', ['assets/loaders.json', '.loaders/ipxe.pxe'], 'assets/loaders.json', '.loaders'],
    [
      'a bundle in a checkout',
      'out/main/chunks',
      ['assets/loaders.json', 'out/main/assets/loaders.json', '.loaders/ipxe.pxe'],
      'out/main/assets/loaders.json',
      '.loaders',
    ],
    [
      'a packed app',
      'resources/app.asar/out/main/chunks',
      ['resources/app.asar/out/main/assets/loaders.json', 'resources/loaders/ipxe.pxe'],
      'resources/app.asar/out/main/assets/loaders.json',
      'resources/loaders',
    ],
  ])('are found from %s', (_what, from, files, manifest, loaders) => {
    put(...files, `${from}/code.js`);
    expect(findUpward(join(top, from), 'assets/loaders.json')).toBe(join(top, manifest));
    expect(findUpward(join(top, from), '.loaders', 'loaders')).toBe(join(top, loaders));
  });

  it('the first name wins in one folder, the nearest folder over all', () => {
    put('a/second', 'a/first', 'a/b/second', 'a/b/c/code.js');
    expect(findUpward(join(top, 'a'), 'first', 'second')).toBe(join(top, 'a/first'));
    expect(findUpward(join(top, 'a/b/c'), 'first', 'second')).toBe(join(top, 'a/b/second'));
  });

  it('says where it belongs in a checkout, where it is not there', () => {
    expect(findUpward(top, 'no-such-file-anywhere')).toBeUndefined();
    const path = installedFile('assets/no-such-file.json');
    expect(existsSync(dirname(path))).toBe(true);
    expect(path).toBe(join(import.meta.dirname, '../../../assets/no-such-file.json'));
  });
});
