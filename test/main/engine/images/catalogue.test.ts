import { describe, expect, it } from 'vitest';
import { imageDescriptionSchema } from '../../../../main/contract/image.ts';
import { shippedRecipes } from '../../../../main/engine/images/recipe-files.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { catalogue } from './catalogue/all.ts';
import { memoryImage } from './memory-image.ts';

describe.each(Object.entries(catalogue))('%s', (_family, cases) => {
  it.each(cases.map((one) => [one.title, one] as const))('knows %s', async (_title, one) => {
    const image = await identify(memoryImage(one.image));
    expect(imageDescriptionSchema.parse(image)).toEqual(image);
    const { recipe, mechanism, name, version, architecture, entries, defaultEntryId, netboot } = image;
    const start = entries.find(({ id }) => id === defaultEntryId)?.variants[0];
    const because = netboot?.possible === false ? netboot.because : '';
    expect({
      recipe,
      mechanism,
      name,
      version,
      architecture,
      entries: entries.map(({ title, destructive }) => `${title}${destructive ? '!' : ''}`),
      commandLine: start?.commandLine,
      method: start?.method,
      injected: start?.injected,
      saysWhyNot: because.includes(one.cannot ?? '') && (because === '') === (one.cannot === undefined),
      warns: image.warnings.some((text) => text.includes(one.warns ?? '')) || one.warns === undefined,
    }).toEqual({
      recipe: one.recipe,
      mechanism: one.mechanism,
      name: one.name,
      version: one.version,
      architecture: one.architecture,
      entries: one.entries,
      commandLine: one.commandLine,
      method: one.entries.length === 0 ? undefined : (one.method ?? 'linux'),
      injected: one.injected,
      saysWhyNot: true,
      warns: true,
    });
    expect(image.evidence).not.toEqual([]);
    expect(image.confidence?.identity).not.toBe('menu');
  });
});

const all = Object.values(catalogue).flat();

describe('the catalogue', () => {
  it('has an image of every identity that a recipe knows', async () => {
    const elsewhere = new Set(['generic', 'rehearsal', 'memtest86plus', 'debian-netboot', 'debian-disc-netboot']);
    const known = (await shippedRecipes()).flatMap(({ identities, otherwise }) => [
      ...identities.map(({ id }) => id),
      ...(otherwise === undefined ? [] : [otherwise.id]),
    ]);
    const tried = new Set(all.map(({ recipe }) => recipe));
    expect(known.filter((id) => !tried.has(id) && !elsewhere.has(id))).toEqual([]);
    expect(tried.size).toBeGreaterThan(100);
  });

  it.each(all.map((one) => [one.title, one] as const))(
    'knows %s under any name and in capitals',
    async (_title, one) => {
      const files = Object.entries(one.image.files).map(([path, content]) => [path.toUpperCase(), content] as const);
      const image = memoryImage({ ...one.image, path: '/isos/HOLIDAY.ISO', files: Object.fromEntries(files) });
      const { recipe, entries } = await identify(image);
      expect({ recipe, entries: entries.length }).toEqual({ recipe: one.recipe, entries: one.entries.length });
    },
  );
});
