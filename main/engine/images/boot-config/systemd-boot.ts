import type { ConfigReader } from './config-reader.ts';
import { bootLoaderEntry, type BootLoaderEntry, fitsGlob, inMenuOrder } from './boot-loader-entry.ts';
import { maxMenuEntries, type MenuEntry, plainTitle } from './menu-entry.ts';
import { readUnifiedKernel } from './unified-kernel.ts';

/**
 * The menu of systemd-boot: `loader/loader.conf`, an entry for each file of `loader/entries`, and the unified kernels of `EFI/Linux`
 * (UAPI.1, Boot Loader Specification). `root` is the folder that stands for the root of its file system: empty for the image itself.
 */
export async function readSystemdBootMenu(root: string, reader: ConfigReader): Promise<MenuEntry[]> {
  const below = (path: string): string => (root === '' ? path : `${root}/${path}`);
  const wanted = defaultPattern(await reader.read(below('loader/loader.conf')));
  const folder = below('loader/entries');
  const names = (await reader.fileNames(folder)).filter((name) => name.endsWith('.conf'));
  const entries: BootLoaderEntry[] = [];
  for (const name of names.slice(0, maxMenuEntries)) {
    const text = await reader.read(`${folder}/${name}`);
    if (text !== undefined) entries.push(bootLoaderEntry(name, text));
  }
  const fromFiles = entries.toSorted(inMenuOrder).flatMap((entry) => {
    const made = menuEntry(entry, root, `${folder}/${entry.fileName}`);
    return made === undefined ? [] : [{ made, id: entry.fileName }];
  });
  const all = [...fromFiles, ...(await unifiedKernels(below('EFI/Linux'), reader))];
  // The first that fits; a pattern without hits leaves the choice to the loader, which takes the first.
  const chosen = all.find(({ id }) => wanted !== undefined && fitsGlob(id, wanted)) ?? all[0];
  return all.map((one) => ({ ...one.made, isDefault: one === chosen }));
}

interface FoundEntry {
  readonly made: MenuEntry;
  /** What `default` of loader.conf names it by. */
  readonly id: string;
}

async function unifiedKernels(folder: string, reader: ConfigReader): Promise<FoundEntry[]> {
  const found: FoundEntry[] = [];
  const names = (await reader.fileNames(folder)).filter((name) => /\.efi$/i.test(name));
  for (const name of names.slice(0, maxMenuEntries)) {
    const path = `${folder}/${name}`;
    const file = await reader.open(path);
    const kernel = file === undefined ? undefined : await readUnifiedKernel(file);
    if (kernel === undefined) continue;
    const title = plainTitle(kernel.title ?? name.replace(/\.efi$/i, ''));
    const untranslated =
      kernel.commandLine === '' ? undefined : [`the command line built into it: ${kernel.commandLine}`];
    const base = {
      loader: 'systemd-boot',
      method: 'efi',
      initrds: [],
      words: [],
      isDefault: false,
      folder: '',
    } as const;
    found.push({ made: { ...base, titles: [title], kernel: `/${path}`, file: path, untranslated }, id: name });
  }
  return found;
}

function defaultPattern(loaderConfiguration: string | undefined): string | undefined {
  return loaderConfiguration?.match(/^[ \t]*default[ \t]+(\S+)/m)?.[1];
}

function menuEntry(entry: BootLoaderEntry, root: string, file: string): MenuEntry | undefined {
  const { linux, efi, initrds, options, title, version, untranslated, fileName } = entry;
  const kernel = linux ?? efi;
  if (kernel === undefined) return undefined;
  const path = (written: string): string => `/${root}/${written}`.replace(/\/+/g, '/');
  const name = plainTitle([title, version].filter((part) => part !== undefined).join(' ') || fileName);
  return {
    loader: 'systemd-boot',
    titles: [name === '' ? 'Start' : name],
    method: linux === undefined ? 'efi' : 'linux',
    kernel: path(kernel),
    initrds: initrds.map(path),
    words: options,
    isDefault: false,
    folder: '',
    file,
    untranslated: untranslated.length === 0 ? undefined : untranslated,
  };
}
