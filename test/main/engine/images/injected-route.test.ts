import { describe, expect, it } from 'vitest';
import { type Entry, WHOLE_IMAGE } from '../../../../main/contract/image.ts';
import type { FileRequest } from '../../../../main/engine/files/route.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { injectedRoute } from '../../../../main/engine/images/injected-route.ts';
import { isoRoute } from '../../../../main/engine/images/iso-route.ts';
import { netinst } from './layouts.ts';
import { memoryImage } from './memory-image.ts';

const request = (path: string): FileRequest => ({
  path,
  query: new URLSearchParams(),
  protocol: 'http',
  peerAddress: '192.168.77.20',
});

async function routeWith(injected: NonNullable<Entry['variants'][number]['injected']>) {
  const opened = memoryImage(netinst);
  const image = await identify(opened);
  const entry: Entry = {
    id: 'x',
    title: 'x',
    destructive: false,
    variants: [
      {
        firmware: ['bios'],
        method: 'linux',
        kernel: 'install.amd/vmlinuz',
        initrds: ['install.amd/initrd.gz'],
        commandLine: '',
        injected,
      },
    ],
  };
  const iso = isoRoute(opened, image);
  return { opened, image, iso, route: injectedRoute(opened, image, entry, [iso]) };
}

describe('what a variant injects', () => {
  it('is served as a part of its initial RAM disk', async () => {
    const { image, iso, route, opened } = await routeWith([
      { from: '.disk/info', to: '/cdrom/info' },
      { from: WHOLE_IMAGE, to: '/whole.iso' },
    ]);
    const path = `${image.id}/install.amd/initrd.gz`;
    const [plain, full] = [await iso.claim(request(path)), await route.claim(request(path))];
    if (plain === undefined || full === undefined) throw new Error('not served');
    expect(full.kind).toBe('initrd');
    expect(full.sizeBytes).toBeGreaterThan(plain.sizeBytes + opened.source.sizeBytes);
    expect(full.entityTag).not.toBe(plain.entityTag);
    const bytes = Buffer.alloc(full.sizeBytes);
    expect(await full.read(bytes, 0)).toBe(full.sizeBytes);
    const text = bytes.toString('latin1');
    expect(text).toContain('cdrom/info\0');
    expect(text).toContain('GNU/Linux');
    expect(text).toContain('whole.iso\0');
    expect(bytes.indexOf(Buffer.alloc(opened.source.sizeBytes, 7))).toBeGreaterThan(0);
  });

  it('leaves the other files alone', async () => {
    const { image, route } = await routeWith([{ from: '.disk/info', to: '/info' }]);
    for (const path of [`${image.id}/install.amd/vmlinuz`, `${image.id}.iso`, 'other/install.amd/initrd.gz']) {
      expect(await route.claim(request(path))).toBeUndefined();
    }
  });

  it('is refused where the image has no such file', async () => {
    const { image, route } = await routeWith([{ from: 'nope', to: '/nope' }]);
    await expect(route.claim(request(`${image.id}/install.amd/initrd.gz`))).rejects.toMatchObject({
      code: 'E_FILE_NOT_IN_IMAGE',
    });
  });
});
