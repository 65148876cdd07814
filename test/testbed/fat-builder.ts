import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runChecked } from './command.ts';
import { isInstalled } from './gate.ts';

/** Builds FAT file systems for tests with the programs that build those of real media. */

export interface FatOptions {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly bits?: 12 | 16 | 32;
  readonly sizeKiB?: number;
  readonly label?: string;
  /** Further options of mkfs.fat. */
  readonly options?: readonly string[];
}

export interface BuiltFat extends AsyncDisposable {
  readonly path: string;
}

export const canBuildFat = (): boolean => ['mkfs.fat', 'mcopy'].every(isInstalled);

const defaultSizeKiB = { 12: 2880, 16: 16_384, 32: 65_536 } as const;

export async function buildFat({
  files,
  bits = 12,
  sizeKiB,
  label = 'ESP',
  options = [],
}: FatOptions): Promise<BuiltFat> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-fat-'));
  try {
    const path = join(folder, 'fat.img');
    await writeFile(path, '');
    await truncate(path, (sizeKiB ?? defaultSizeKiB[bits]) * 1024);
    await runChecked(['mkfs.fat', '-F', String(bits), '-n', label, ...options, path]);
    const tree = join(folder, 'tree');
    await mkdir(tree);
    const modifiedAt = new Date('2024-02-29T12:34:56Z');
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(tree, name)), { recursive: true });
      await writeFile(join(tree, name), content);
      await utimes(join(tree, name), modifiedAt, modifiedAt);
    }
    await mtools([
      'mcopy',
      '-s',
      '-m',
      '-Q',
      '-i',
      path,
      ...(await topLevel(files)).map((name) => join(tree, name)),
      '::',
    ]);
    await rm(tree, { recursive: true });
    return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

/** One of mtools, with times in UTC and names in UTF-8, and no looks at sizes that do not fit a drive. */
export async function mtools(command: readonly string[]): Promise<string> {
  return await runChecked(command, {
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', MTOOLS_SKIP_CHECK: '1', MTOOLSRC: '/dev/null' },
  });
}

const topLevel = (files: FatOptions['files']): Promise<string[]> =>
  Promise.resolve([...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))]);
