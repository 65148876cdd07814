import { describe, expect, it } from 'vitest';
import { chosenEntry, refuseMissingLoader } from '../../../../main/engine/boot/chosen-entry.ts';
import { installEntry, liveEntry } from './menu-fixture.ts';

const image = { name: 'Debian 12', entries: [installEntry, liveEntry], defaultEntryId: 'live' };

describe('the entry of a session', () => {
  it('is the one that is asked for, or the default', () => {
    expect(chosenEntry(image, undefined)).toBe(liveEntry);
    expect(chosenEntry({ ...image, netboot: { possible: true } }, 'install')).toBe(installEntry);
    expect(() => chosenEntry(image, 'other')).toThrow(expect.objectContaining({ code: 'E_ENTRY_NOT_FOUND' }));
  });

  it('is none of an image that has no way, and the person is told why', () => {
    const none = { ...image, entries: [], netboot: { possible: false, because: 'It wants its disc.' } } as const;
    expect(() => chosenEntry({ ...none, entries: [] }, undefined)).toThrow(
      expect.objectContaining({
        code: 'E_IMAGE_CANNOT_NETBOOT',
        title: 'Debian 12 cannot be booted over a network.',
        advice: 'It wants its disc.',
      }),
    );
  });

  it('is refused where the loader that starts it is not there', () => {
    const variant = { ...liveEntry.variants[0]!, method: 'wimboot' } as const;
    const windows = { ...liveEntry, variants: [variant] };
    expect(() => refuseMissingLoader(windows, new Set(['memdisk']), '/loaders')).toThrow(
      expect.objectContaining({ code: 'E_LOADER_TO_SUPPLY', data: { loader: 'wimboot', folder: '/loaders' } }),
    );
    expect(() => refuseMissingLoader(windows, new Set(['wimboot']), '/loaders')).not.toThrow();
    const dos = { ...liveEntry, variants: [{ ...variant, method: 'memdisk' as const }] };
    expect(() => refuseMissingLoader(dos, new Set(['wimboot']), '/loaders')).toThrow(
      expect.objectContaining({ code: 'E_LOADERS_MISSING', data: { folder: '/loaders', missing: ['memdisk'] } }),
    );
    expect(() => refuseMissingLoader(liveEntry, new Set(), '/loaders')).not.toThrow();
  });
});
