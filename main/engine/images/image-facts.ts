import { initrdNames } from '../formats/initrd-names.ts';
import { readSquashfs } from '../formats/read-squashfs.ts';
import { readWim, type WimMetadata } from '../formats/read-wim.ts';
import type { SquashfsSuperblock } from '../formats/squashfs-superblock.ts';
import { ImageDamage } from '../iso/image-damage.ts';
import type { ImageFs } from '../iso/image-fs.ts';
import { type ImageMenu, readImageMenu } from './boot-config/read-menu.ts';
import { type KernelImage, kernelHeadBytes, readKernelImage } from './kernel-image.ts';
import { findPaths } from './path-pattern.ts';
import type { FactSource, Layout } from './recipe.ts';
import { searchableText } from './searchable-text.ts';
import { isWim, textOfWim } from './wim-text.ts';

/** Questions that recipes ask about one image. Answers are kept, as many recipes ask the same. */
export class ImageFacts {
  readonly fs: ImageFs;
  readonly #paths = new Map<string, Promise<string[]>>();
  readonly #heads = new Map<string, Promise<Uint8Array>>();
  readonly #kernels = new Map<string, Promise<KernelImage>>();
  readonly #wims = new Map<string, Promise<WimMetadata | UnreadableFile | undefined>>();
  readonly #initrds = new Map<string, Promise<ReadonlySet<string> | undefined>>();
  #menu: Promise<ImageMenu> | undefined;

  constructor(fs: ImageFs) {
    this.fs = fs;
  }

  async find(pattern: string): Promise<string[]> {
    return await remember(this.#paths, pattern, async () => await findPaths(this.fs, pattern));
  }

  async menu(): Promise<ImageMenu> {
    this.#menu ??= readImageMenu(this.fs);
    return await this.#menu;
  }

  async kernel(path: string): Promise<KernelImage> {
    return await remember(this.#kernels, path, async () => readKernelImage(await this.#head(path)));
  }

  /** What a Windows image file says of itself: its editions, builds, architecture, boot index. Undefined where there is none. */
  async wim(path: string): Promise<WimMetadata | UnreadableFile | undefined> {
    return await remember(this.#wims, path, async () => {
      const file = await this.fs.open(path);
      return file === undefined ? undefined : await orProblem(() => readWim(file));
    });
  }

  /** Size and compression of a squashfs, for what it takes of a machine's memory. Undefined where the file is none. */
  async squashfs(path: string): Promise<SquashfsSuperblock | UnreadableFile | undefined> {
    const file = await this.fs.open(path);
    return file === undefined ? undefined : await orProblem(() => readSquashfs(file));
  }

  /** First match of an expression in the first 64 KiB of the files that fit a pattern; of a WIM, in what it says of its editions. */
  async matchText(pattern: string, regex: string): Promise<{ path: string; match: RegExpExecArray } | undefined> {
    for (const path of await this.find(pattern)) {
      const text = isWim(path) ? await this.#textOfWim(path) : searchableText(await this.#head(path));
      const match = new RegExp(regex, 'im').exec(text);
      if (match !== null) return { path, match };
    }
    return undefined;
  }

  /** The first of the sources that tells the fact. */
  async tell(sources: readonly FactSource[]): Promise<string | undefined> {
    for (const source of sources) {
      const match =
        'label' in source
          ? new RegExp(source.label, 'im').exec(this.fs.volumeLabel)
          : (await this.matchText(source.file, source.regex))?.match;
      const told = (match?.[1] ?? match?.[0])?.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
      // Labels have no dots: TALOS_V1_6_7.
      const dotted = 'label' in source ? told?.replace(/(?<=\d)_(?=\d)/g, '.') : told;
      if (dotted !== undefined && dotted !== '') return dotted.slice(0, 120);
    }
    return undefined;
  }

  /** Undefined where the layout is another; else the sentences that say why it fits. */
  async fits(layout: Layout): Promise<string[] | undefined> {
    const seen: string[] = [];
    for (const pattern of layout.all) {
      const [path] = await this.find(pattern);
      if (path === undefined) return undefined;
      seen.push(path);
    }
    for (const pattern of layout.none) if ((await this.find(pattern)).length > 0) return undefined;
    const any = (await Promise.all(layout.any.map(async (pattern) => await this.find(pattern)))).flat();
    if (layout.any.length > 0 && any.length === 0) return undefined;
    if (any[0] !== undefined) seen.push(any[0]);
    const evidence = seen.length === 0 ? [] : [`It has ${listOf([...new Set(seen)])}.`];
    if (layout.label !== undefined) {
      if (!new RegExp(layout.label, 'im').test(this.fs.volumeLabel)) return undefined;
      evidence.push(sentenceOfLabel(this.fs.volumeLabel));
    }
    if (layout.bootWords.length > 0) {
      const word = await this.#bootWord(layout.bootWords);
      if (word === undefined) return undefined;
      evidence.push(`Its own boot menu starts a system with "${word}".`);
    }
    if (layout.initrd !== undefined) {
      const said = await this.#initrdAnswer(layout.initrd);
      if (said === undefined) return undefined;
      evidence.push(said);
    }
    if (layout.noBootWords.length > 0 && (await this.#bootWord(layout.noBootWords)) !== undefined) return undefined;
    if (layout.text !== undefined) {
      const text = await this.matchText(layout.text.file, layout.text.regex);
      if (text === undefined) return undefined;
      evidence.push(sentenceOfText(text.path, text.match));
    }
    return evidence;
  }

  /** The sentence that says so, where the answer is the one that is asked for. */
  async #initrdAnswer({ file, regex, answer }: NonNullable<Layout['initrd']>): Promise<string | undefined> {
    const [path] = await this.find(file);
    if (path === undefined) return undefined;
    const names = await remember(this.#initrds, path, async () => {
      const opened = await this.fs.open(path);
      return opened === undefined ? undefined : await initrdNames(opened);
    });
    if (names === undefined)
      return answer === 'unknown' ? `${path} is packed so that it cannot be looked into.` : undefined;
    const wanted = new RegExp(regex);
    const name = [...names].find((one) => wanted.test(one));
    if (name !== undefined) return answer === 'holds' ? `Its initial RAM disk ${path} holds ${name}.` : undefined;
    return answer === 'lacks' ? `Its initial RAM disk ${path} holds nothing like ${regex}.` : undefined;
  }

  async #textOfWim(path: string): Promise<string> {
    const wim = await this.wim(path);
    return wim === undefined || 'problem' in wim ? '' : textOfWim(wim);
  }

  async #bootWord(patterns: readonly string[]): Promise<string | undefined> {
    const { entries } = await this.menu();
    return entries.flatMap(({ words }) => words).find((word) => patterns.some((pattern) => fitsWord(word, pattern)));
  }

  async #head(path: string): Promise<Uint8Array> {
    return await remember(this.#heads, path, async () => {
      const file = await this.fs.open(path);
      if (file === undefined) return new Uint8Array();
      const head = new Uint8Array(Math.min(kernelHeadBytes, file.sizeBytes));
      return head.subarray(0, await file.read(head, 0));
    });
  }
}

/** A file that is there and is not what its name says. */
export interface UnreadableFile {
  readonly problem: string;
}

async function orProblem<Value>(read: () => Promise<Value>): Promise<Value | UnreadableFile> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof ImageDamage) return { problem: thrown.message };
    throw thrown;
  }
}

/** What a text file said, as a sentence of evidence. */
export const sentenceOfText = (path: string, match: RegExpExecArray): string =>
  `${path} says "${match[0]
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 120)}".`;

export const sentenceOfLabel = (label: string): string => `Its volume label is "${label}".`;

/** Pure: does a word of a command line fit `name=*`? */
export function fitsWord(word: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return word === pattern;
  if (!word.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest.slice(0, -1)) {
    const next = word.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  const end = rest.at(-1) ?? '';
  return word.endsWith(end) && word.length - end.length >= at;
}

/** "a", "a and b", "a, b, and c": as Intl.ListFormat gives it, which takes 8 ms to be there. */
function listOf(words: readonly string[]): string {
  if (words.length < 3) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')}, and ${words.at(-1) ?? ''}`;
}

async function remember<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return await value;
}
