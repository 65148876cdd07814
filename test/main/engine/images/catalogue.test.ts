import { describe, expect, it } from 'vitest';
import { imageDescriptionSchema } from '../../../../main/contract/image.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { archisoCases, misoCases } from './catalogue/arch.ts';
import type { CatalogueCase } from './catalogue/case.ts';
import { casperCases } from './catalogue/casper.ts';
import { liveBootCases } from './catalogue/live-boot.ts';
import { anacondaCases, coreosCases, dracutCases } from './catalogue/red-hat.ts';
import { linuxrcCases, selfInstallCases } from './catalogue/suse.ts';
import { memoryImage } from './memory-image.ts';

const families: Readonly<Record<string, readonly CatalogueCase[]>> = {
  casper: casperCases,
  'live-boot': liveBootCases,
  anaconda: anacondaCases,
  coreos: coreosCases,
  'dracut live': dracutCases,
  linuxrc: linuxrcCases,
  'kiwi self-install': selfInstallCases,
  archiso: archisoCases,
  miso: misoCases,
};

describe.each(Object.entries(families))('%s', (_family, cases) => {
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
      saysWhyNot: true,
      warns: true,
    });
    expect(image.evidence).not.toEqual([]);
    expect(image.confidence?.identity).not.toBe('menu');
  });
});
