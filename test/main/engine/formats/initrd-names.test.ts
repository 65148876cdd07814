import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { initrdNames } from '../../../../main/engine/formats/initrd-names.ts';
import { fileOfBytes } from './file-of-bytes.ts';

const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function cpio(files: Readonly<Record<string, string>>): Buffer {
  const record = (name: string, content: string): Buffer[] => {
    const fields = [1, 0o100644, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
    const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`;
    return [padded(Buffer.from(header)), padded(Buffer.from(content))];
  };
  return Buffer.concat([...Object.entries(files).flatMap(([name, content]) => record(name, content)), ...record('TRAILER!!!', '')]); // prettier-ignore
}

const early = Buffer.concat([cpio({ 'kernel/x86/microcode/GenuineIntel.bin': 'x'.repeat(5000) }), Buffer.alloc(512)]);
const main = cpio({ './init': '#!/bin/sh\n', 'usr/sbin/livenetroot': '', 'etc/modules': 'virtio_net\n' });
const names = ['init', 'usr/sbin/livenetroot', 'etc/modules'];

describe('the names in an initial RAM disk', () => {
  it.each([
    ['a plain archive', main, names],
    ['gzip', gzipSync(main), names],
    ['Zstandard', zstdCompressSync(main), names],
    [
      'microcode before it',
      Buffer.concat([early, gzipSync(main)]),
      ['kernel/x86/microcode/GenuineIntel.bin', ...names],
    ],
    ['two archives packed together', gzipSync(Buffer.concat([main, cpio({ second: '2' })])), [...names, 'second']],
  ])('are read from %s', async (_title, bytes, expected) => {
    expect([...((await initrdNames(fileOfBytes(bytes))) ?? [])]).toEqual(expected);
  });

  it.each([
    ['xz', Buffer.from('fd377a585a000004e6d6b446', 'hex')],
    ['a torn archive', main.subarray(0, main.length - 200)],
    ['torn gzip', gzipSync(main).subarray(0, 60)],
    ['noise behind a good start', Buffer.concat([main, Buffer.from('noise')])],
    ['a name without end', Buffer.from(`070701${'7fffffff'.repeat(13)}x`)],
    ['nothing that is known', Buffer.from('hello')],
    ['nothing but zeros', Buffer.alloc(4096)],
  ])('are unknown of %s', async (_title, bytes) => {
    expect(await initrdNames(fileOfBytes(bytes))).toBeUndefined();
  });
});
