import { posix, win32 } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeRequestPath } from '../../../../main/engine/files/request-path.ts';

describe('normalizeRequestPath', () => {
  it.each([
    ['a', 'a'],
    ['/a', 'a'],
    ['\\a', 'a'],
    ['//a', 'a'],
    ['///a', 'a'],
    ['./a', 'a'],
    ['././a', 'a'],
    ['/./a', 'a'],
    ['a/', 'a'],
    ['a//b', 'a/b'],
    ['a/./b', 'a/b'],
    ['a/b/.', 'a/b'],
    ['\\Boot\\BCD', 'Boot/BCD'],
    ['Boot\\Fonts/wgl4_boot.ttf', 'Boot/Fonts/wgl4_boot.ttf'],
    ['a\\\\b', 'a/b'],
    ['', ''],
    ['/', ''],
    ['.', ''],
    ['./', ''],
    ['//', ''],
    ['pxelinux.cfg/01-52-54-00-12-34-56', 'pxelinux.cfg/01-52-54-00-12-34-56'],
    ['.disk/info', '.disk/info'],
    ['..data', '..data'],
    ['a..b/c..', 'a..b/c..'],
    ['...a', '...a'],
    ['with blank/and more', 'with blank/and more'],
    ['pool/libc++_1%3a1.deb', 'pool/libc++_1%3a1.deb'],
    ['%2e%2e/x', '%2e%2e/x'],
    ['man/Foo::Bar.3pm', 'man/Foo::Bar.3pm'],
    ['größe/ÿ', 'größe/ÿ'],
    ['\uff0e\uff0e/x', '\uff0e\uff0e/x'],
    ['x'.repeat(512), 'x'.repeat(512)],
  ])('takes %j as %j', (raw, path) => {
    expect(normalizeRequestPath(raw)).toBe(path);
  });

  it.each([
    '..',
    '../',
    '../x',
    '/..',
    '/../x',
    '/../../../../etc/passwd',
    'a/..',
    'a/../x',
    'a/../../x',
    'a/b/../../../x',
    './../x',
    './/../x',
    '..//x',
    '..\\x',
    '\\..\\x',
    'a\\..\\x',
    'a\\..\\..\\x',
    '..\\..\\windows\\win.ini',
    '..\\/x',
    '../\\x',
    'a/..\\x',
    '.. /x',
    '..  ',
    ' ../x',
    '. ./x',
    ' /x',
    '.../x',
    '..../x',
    '..././x',
    'a/.../x',
    'a/.. ./x',
    'C:',
    'C:x',
    'c:x',
    'C:\\x',
    'C:/x',
    '/C:/x',
    '\\C:\\x',
    './C:/x',
    'a/C:/x',
    'a/z:',
    '\\\\srv\\x',
    '\\\\srv\\share\\x',
    '\\\\?\\C:\\x',
    '\\\\.\\PhysicalDrive0',
    '\\/srv/x',
    '/\\srv\\x',
    'a\0',
    '\0',
    'a\0.img',
    '../x\0',
    'a\nb',
    'a\rb',
    'a\tb',
    '\u001b[2J',
    'a\u007f',
    'a\u009b31m',
    'x'.repeat(513),
    `${'a/'.repeat(300)}x`,
    '/'.repeat(600),
  ])('refuses %j', (raw) => {
    expect(normalizeRequestPath(raw)).toBeUndefined();
  });

  const hostile = fc.string({
    unit: fc.constantFrom('.', '..', '/', '\\', 'a', 'C:', ':', ' ', '%2e', '\0', '\n', 'ÿ', '.\\', '~', '*'),
    maxLength: 40,
  });

  it('never leaves the tree, on any system, whatever is asked', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 600 })), (raw) => {
        const path = normalizeRequestPath(raw);
        if (path === undefined) return;
        expect(posix.join('/root', path).startsWith('/root')).toBe(true);
        expect(posix.resolve('/root', path)).toBe(path === '' ? '/root' : `/root/${path}`);
        expect(win32.resolve('D:\\root', path)).toMatch(/^D:\\root(\\|$)/);
        for (const segment of path === '' ? [] : path.split('/')) {
          expect(segment).not.toMatch(/^\.{0,2}$|\\|\0|^[a-z]:/i);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const path = normalizeRequestPath(raw);
        expect(path === undefined ? undefined : normalizeRequestPath(path)).toBe(path);
      }),
    );
  });
});
