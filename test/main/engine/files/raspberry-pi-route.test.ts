import { describe, expect, it } from 'vitest';
import { memoryFile } from '../../../../main/engine/files/memory-file.ts';
import { isForRaspberryPi, raspberryPiRoute } from '../../../../main/engine/files/raspberry-pi-route.ts';
import type { FileRequest, Route } from '../../../../main/engine/files/route.ts';

const address = '192.168.77.101';
const image: Route = {
  name: 'iso',
  claim: ({ path }) =>
    Promise.resolve(path.startsWith('pi-os/') ? memoryFile('system', path, 'application/octet-stream') : undefined),
};
const route = raspberryPiRoute({ imageId: 'pi-os', ofImage: [image], mayBoot: (peer) => peer === address });

async function read(
  path: string,
  facts: Partial<FileRequest> = {},
): Promise<{ kind: string; text: string } | undefined> {
  const file = await route.claim({
    path,
    query: new URLSearchParams(),
    protocol: 'tftp',
    peerAddress: address,
    ...facts,
  });
  if (file === undefined) return undefined;
  const bytes = new Uint8Array(file.sizeBytes);
  await file.read(bytes, 0);
  return { kind: file.kind, text: new TextDecoder().decode(bytes) };
}

describe('the files of a Raspberry Pi', () => {
  it.each([
    ['in a folder of its serial', '0f1e2d3c/start4.elf', 'pi-os/start4.elf', 'loader'],
    ['in a folder of its MAC', 'dc-a6-32-01-02-03/config.txt', 'pi-os/config.txt', 'other'],
    ['in no folder', 'bootcode.bin', 'pi-os/bootcode.bin', 'loader'],
    ['deeper in its folder', '0f1e2d3c/overlays/vc4-kms-v3d.dtbo', 'pi-os/overlays/vc4-kms-v3d.dtbo', 'other'],
    ['its kernel', '0f1e2d3c/kernel8.img', 'pi-os/kernel8.img', 'kernel'],
    ['its initial RAM disk', '0f1e2d3c/initramfs8', 'pi-os/initramfs8', 'initrd'],
  ])('are found %s', async (_where, path, text, kind) => {
    expect(await read(path)).toEqual({ kind, text });
  });

  it.each([
    ['another machine', 'config.txt', { peerAddress: '192.168.77.9' }],
    ['HTTP', 'config.txt', { protocol: 'http' }],
  ] as const)('are not for %s', async (_who, path, facts) => expect(await read(path, facts)).toBeUndefined());
});

describe('an image for a Raspberry Pi', () => {
  it.each([
    [['config.txt', 'start4.elf'], true],
    [['config.txt', 'bootcode.bin'], true],
    [['config.txt'], false],
    [['start4.elf'], false],
    [[], false],
  ])('with %j at its root: %s', async (files, expected) => {
    expect(await isForRaspberryPi((path) => Promise.resolve(files.includes(path)))).toBe(expected);
  });
});
