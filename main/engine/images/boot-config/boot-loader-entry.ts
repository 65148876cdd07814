/** A file of `loader/entries` (UAPI.1, Boot Loader Specification, type 1). Pure. */
export interface BootLoaderEntry {
  readonly fileName: string;
  readonly title: string | undefined;
  readonly version: string | undefined;
  readonly sortKey: string | undefined;
  readonly linux: string | undefined;
  readonly initrds: readonly string[];
  /** An EFI application instead of a kernel. */
  readonly efi: string | undefined;
  readonly options: readonly string[];
  /** Lines that have no equal on the network. */
  readonly untranslated: readonly string[];
}

const maxLines = 200;
const maxWords = 500;

export function bootLoaderEntry(fileName: string, text: string): BootLoaderEntry {
  const values = new Map<string, string[]>();
  for (const line of text.split(/\r\n|\r|\n/, maxLines)) {
    const [, key, value] = /^\s*([a-z-]+)\s+(\S.*?)\s*$/.exec(line.slice(0, 8192)) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
  }
  const last = (key: string): string | undefined => values.get(key)?.at(-1);
  return {
    fileName,
    title: last('title'),
    version: last('version'),
    sortKey: last('sort-key'),
    linux: last('linux'),
    initrds: values.get('initrd') ?? [],
    efi: last('efi') ?? last('uki'),
    options: (values.get('options') ?? []).flatMap((line) => line.split(/\s+/)).slice(0, maxWords),
    untranslated: ['devicetree', 'devicetree-overlay'].flatMap((key) =>
      (values.get(key) ?? []).map((value) => `${key} ${value}`.slice(0, 120)),
    ),
  };
}

const numeric = new Intl.Collator('en', { numeric: true });

/** The order of the menu: by sort key, newest first among equals; entries without a key come last, by file name, newest first. */
export function inMenuOrder(a: BootLoaderEntry, b: BootLoaderEntry): number {
  if (a.sortKey === undefined || b.sortKey === undefined) {
    if (a.sortKey !== b.sortKey) return a.sortKey === undefined ? 1 : -1;
    return numeric.compare(b.fileName, a.fileName);
  }
  return numeric.compare(a.sortKey, b.sortKey) || numeric.compare(b.version ?? '', a.version ?? '');
}

/** `arch-*.conf`, with `?` and `*`; the ending may be left out. */
export const fitsGlob = (fileName: string, pattern: string): boolean =>
  fits(fileName, pattern) || fits(fileName.replace(/\.(conf|efi)$/i, ''), pattern);

/** Goes back to the last star only, so that it takes no longer than the product of the lengths. */
function fits(text: string, pattern: string): boolean {
  let [at, wanted, star, behindStar] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[wanted] === '*') [star, behindStar] = [wanted++, at];
    else if (pattern[wanted] === '?' || pattern[wanted] === text[at]) [at, wanted] = [at + 1, wanted + 1];
    else if (star === -1) return false;
    else [wanted, at] = [star + 1, ++behindStar];
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
}
