import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import { catalogue } from './catalogue/all.ts';

/** The same images as real discs: names, case and bytes as the readers of file systems give them. */
const chosen = Object.entries(catalogue).flatMap(([family, cases]) =>
  // One of each family and, of the big ones, one more: xorriso takes half a second for each.
  cases.slice(0, cases.length > 15 ? 2 : 1).map((one) => [family, one.title, one] as const),
);

describe.skipIf(!canBuildIso())('the catalogue as discs', () => {
  it.each(chosen)('%s: knows %s', async (_family, _title, { image, recipe, name, entries }) => {
    const files = Object.entries(image.files).map(
      ([path, content]) => [path, typeof content === 'number' ? new Uint8Array(content) : content] as const,
    );
    const boots = image.boots ?? ['bios', 'uefi'];
    await using iso = await buildIso({
      label: image.label?.slice(0, 32) ?? 'X',
      files: { ...Object.fromEntries(files), 'boot-image.bin': new Uint8Array(2048) },
      boot: {
        ...(boots.includes('bios') ? { bios: 'boot-image.bin' } : {}),
        ...(boots.includes('uefi') ? { efi: 'boot-image.bin' } : {}),
      },
    });
    await using opened = await openImageFile(iso.path);
    const described = await identify(opened);
    const titles = described.entries.map(({ title, destructive }) => `${title}${destructive ? '!' : ''}`);
    expect({ recipe: described.recipe, name: described.name, entries: titles }).toEqual({ recipe, name, entries });
  });
});
