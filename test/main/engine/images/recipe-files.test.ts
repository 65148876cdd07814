import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedFile } from '../../../../main/engine/installed-files.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { readRecipes, shippedRecipes } from '../../../../main/engine/images/recipe-files.ts';
import { ubuntu } from './layouts.ts';
import { memoryImage } from './memory-image.ts';

const casper = {
  family: 'casper',
  mechanism: 'casper',
  priority: 30,
  layouts: [{ all: ['casper/vmlinuz*', 'casper/initrd*'] }, { bootWords: ['boot=casper'] }],
  version: [{ file: '.disk/info', regex: '^\\D*(\\d+(\\.\\d+)+)' }],
  find: { squashfs: 'casper/*.squashfs' },
  identities: [{ id: 'ubuntu', name: 'Ubuntu {version}', text: { file: '.disk/info', regex: '^Ubuntu' } }],
  otherwise: { id: 'casper', name: 'Live system' },
  menu: [
    {
      kernel: 'casper/*',
      add: 'ip=dhcp url={http}/{iso}.iso root=/dev/ram0',
      destructive: true,
      harmlessTitle: '^try ubuntu',
    },
  ],
  memory: { minimumMiB: 1536, files: ['squashfs'] },
  confidence: 'documented',
  sources: ['casper(7)'],
};

describe('recipes', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-recipes-'));
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  it('has one family a file, each with its sources, and no id twice', async () => {
    const families = await shippedRecipes();
    const files = await readdir(installedFile('assets/recipes'));
    expect(families.map(({ family }) => `${family}.json`)).toEqual(files.sort());
    expect(families.length).toBeGreaterThan(20);
    expect(families.every(({ sources }) => sources.length > 0)).toBe(true);
    const ids = families.flatMap(({ identities, otherwise }) => [...identities, ...(otherwise ? [otherwise] : [])]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
  });

  it('learns a further family from a file alone', async () => {
    await writeFile(join(folder, 'casper.json'), JSON.stringify(casper));
    const shipped = (await shippedRecipes()).filter(({ family }) => family !== 'casper');
    const families = [...shipped, ...(await readRecipes(folder))];
    const description = await identify(memoryImage(ubuntu), families);
    expect(description).toMatchObject({ recipe: 'ubuntu', name: 'Ubuntu 24.04', version: '24.04', warnings: [] });
    expect(description.entries[0]?.variants[0]?.commandLine).toBe(
      'ip=dhcp url={http}/{iso}.iso root=/dev/ram0 --- quiet splash',
    );
    expect(description.memoryNeededMiB).toBe(1537);
  });

  it.each([
    ['not JSON', '{', 'not JSON'],
    ['an unknown field', JSON.stringify({ ...casper, mechanisms: 'x' }), 'mechanisms'],
    ['an absolute path', JSON.stringify({ ...casper, find: { x: '/casper' } }), 'relative'],
    ['no expression', JSON.stringify({ ...casper, version: [{ label: '(' }] }), 'version'],
    ['no sources', JSON.stringify({ ...casper, sources: [] }), 'sources'],
  ])('refuses a recipe with %s, naming the file', async (_title, text, detail) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, text);
    await expect(readRecipes(folder)).rejects.toMatchObject({
      code: 'E_RECIPE_INVALID',
      data: { file, detail: expect.stringContaining(detail) as string },
    });
  });
});
