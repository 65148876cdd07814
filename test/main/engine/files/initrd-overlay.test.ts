import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newcArchive } from '../../../../main/engine/formats/newc-archive.ts';
import { type OverlayFile, overlaidFile } from '../../../../main/engine/files/initrd-overlay.ts';
import { memoryFile } from '../../../../main/engine/files/memory-file.ts';
import { overlayRoute } from '../../../../main/engine/files/overlay-route.ts';
import type { FileRequest, Route, ServedFile } from '../../../../main/engine/files/route.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function wholeOf(file: ServedFile): Promise<Buffer> {
  const target = Buffer.alloc(file.sizeBytes);
  expect(await file.read(target, 0)).toBe(target.length);
  return target;
}

/** An archive of files that a kernel would find in its first one. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const contents = Object.values(files).map(bytes);
  const pieces = newcArchive(
    Object.keys(files).map((path, index) => ({ path, sizeBytes: contents[index]?.length ?? 0 })),
  );
  return Buffer.concat(
    pieces.map((piece) => (piece.kind === 'bytes' ? piece.bytes : (contents[piece.fileIndex] ?? Buffer.alloc(0)))),
  );
}

/** A source that tells every read, for what must never be read ahead of time. */
function watched(content: Uint8Array, reads: number[]): OverlayFile['content'] {
  return {
    sizeBytes: content.length,
    tag: 'watched',
    read(target, positionBytes) {
      const part = content.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      reads.push(part.length);
      return Promise.resolve(part.length);
    },
  };
}

describe('an initial RAM disk with files added', { timeout: 60_000 }, () => {
  it.skipIf(!isInstalled('lsinitramfs'))('is understood by the tool that lists them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-overlay-'));
    try {
      // Filled up to 512 bytes as cpio does it: by the zeros the tool tells where an archive ends.
      const theirs = archive({ init: 'start\n', 'etc/issue': 'theirs\n' });
      const original = Buffer.concat([theirs, Buffer.alloc(512 - (theirs.length % 512))]);
      const file = overlaidFile(memoryFile('initrd', original), [
        { path: '/preseed.cfg', content: bytes('d-i debconf/priority string high\n') },
        { path: '/usr/lib/fieldboot/late.sh', content: bytes('#!/bin/sh\n'), mode: 0o755 },
      ]);
      const path = join(folder, 'initrd');
      // The tool wants a packed archive to come last, which the kernel does not.
      await writeFile(path, Buffer.concat([await wholeOf(file), gzipSync(archive({ last: '' }))]));
      const stdout = await runChecked(['lsinitramfs', '-l', path]);
      expect(stdout).toMatch(/^-rw-r--r-- .* preseed\.cfg$/m);
      expect(stdout).toMatch(/^-rwxr-xr-x .* usr\/lib\/fieldboot\/late\.sh$/m);
      expect(stdout).toMatch(/ etc\/issue$/m);
      expect(stdout).toMatch(/ last$/m);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('gives the same bytes whichever way it is read', async () => {
    const original = Buffer.from('original'.repeat(100) + 'xyz');
    const file = overlaidFile(memoryFile('initrd', original), [
      { path: 'a', content: bytes('one') },
      { path: 'empty', content: new Uint8Array() },
      { path: 'folder/b', content: watched(Buffer.alloc(5000, 'q'), []) },
    ]);
    const whole = await wholeOf(file);
    expect(whole.subarray(0, original.length)).toEqual(original);
    expect(whole.subarray(original.length, original.length + 1)).toEqual(Buffer.from([0]));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length + 10), fc.nat(3000), async (position, length) => {
        const target = Buffer.alloc(length);
        const read = await file.read(target, position);
        const expected = whole.subarray(position, position + length);
        expect(read).toBe(expected.length);
        expect(target.subarray(0, read).equals(expected)).toBe(true);
      }),
    );
  });

  it('knows its size without reading, and reads only what is asked for', async () => {
    const reads: number[] = [];
    const file = overlaidFile(memoryFile('initrd', Buffer.alloc(1000)), [
      { path: 'big', content: watched(new Uint8Array(1_000_000), reads) },
    ]);
    expect(file.sizeBytes).toBeGreaterThan(1_001_000);
    await file.read(new Uint8Array(100), 500_000);
    expect(reads).toEqual([100]);
  });

  it('has another tag for other files, and the same for the same', () => {
    const original = memoryFile('initrd', 'x');
    const tag = (path: string, text: string): string =>
      overlaidFile(original, [{ path, content: bytes(text) }]).entityTag;
    expect(tag('a', 'one')).toBe(tag('a', 'one'));
    expect(new Set([original.entityTag, tag('a', 'one'), tag('b', 'one'), tag('a', 'two')]).size).toBe(4);
    expect(tag('a', 'one')).toMatch(/^"[^"]+"$/);
  });

  it('is the original where nothing is added', () => {
    const original = memoryFile('initrd', 'x');
    expect(overlaidFile(original, [])).toBe(original);
  });

  it('ends where a source gives less than it promised, and does not go on with what stands behind it', async () => {
    const file = overlaidFile(memoryFile('initrd', 'abcd'), [
      { path: 'short', content: { sizeBytes: 1000, tag: 'short', read: () => Promise.resolve(10) } },
    ]);
    const target = new Uint8Array(file.sizeBytes);
    expect(await file.read(target, 0)).toBeLessThan(file.sizeBytes - 900);
  });
});

describe('the route of overlays', () => {
  const request = (path: string, peerAddress = '192.168.77.20'): FileRequest => ({
    path,
    query: new URLSearchParams(),
    protocol: 'tftp',
    peerAddress,
  });
  const originals: Route = {
    name: 'originals',
    claim: ({ path }) => Promise.resolve(path === 'image/initrd' ? memoryFile('initrd', 'original') : undefined),
  };
  const route = overlayRoute([originals], ({ path, peerAddress }) =>
    Promise.resolve(
      path.startsWith('image/') && peerAddress.endsWith('.20') ? [{ path: 'a', content: bytes('added') }] : undefined,
    ),
  );

  it('adds to what the other routes have', async () => {
    const file = await route.claim(request('image/initrd'));
    expect(file?.kind).toBe('initrd');
    expect((await wholeOf(file as ServedFile)).toString('latin1')).toContain('added');
  });

  it('leaves everything else to the next route', async () => {
    expect(await route.claim(request('image/kernel'))).toBeUndefined();
    expect(await route.claim(request('other'))).toBeUndefined();
    expect(await route.claim(request('image/initrd', '192.168.77.21'))).toBeUndefined();
  });

  it('closes the original where the files cannot be added', async () => {
    let closed = 0;
    const closing: Route = {
      name: 'closing',
      claim: () => Promise.resolve({ ...memoryFile('initrd', 'x'), close: () => Promise.resolve(void closed++) }),
    };
    const broken = overlayRoute([closing], () => Promise.resolve([{ path: '../x', content: bytes('x') }]));
    await expect(broken.claim(request('image/initrd'))).rejects.toMatchObject({ code: 'E_OVERLAY_IMPOSSIBLE' });
    expect(closed).toBe(1);
  });
});
