import type { ImageFile, ImageFs } from '../../iso/image-fs.ts';

/** Configuration files of an image are hostile: everything about reading them is bounded. */
export const configLimits = {
  fileBytes: 1024 * 1024,
  totalBytes: 4 * 1024 * 1024,
  files: 100,
  lineCharacters: 8192,
  questions: 5000,
  problems: 100,
} as const;

/** What is wrong with a menu, and where: the line counts from 1. */
export interface MenuProblem {
  readonly file: string;
  readonly line: number;
  /** A sentence without its full stop that goes on after the place: "includes itself". */
  readonly text: string;
  /** `left-out`: nothing is wrong, but an entry starts what the station cannot take over. */
  readonly kind: 'broken' | 'left-out';
}

/**
 * Reads configuration files out of an image until its budget is used up. A file that is missing, too big or beyond the
 * budget reads as undefined: a menu then simply has fewer entries.
 */
export class ConfigReader {
  readonly #fs: ImageFs;
  readonly #texts = new Map<string, string | undefined>();
  readonly #problems = new Map<string, MenuProblem>();
  #bytesLeft: number = configLimits.totalBytes;
  #questionsLeft: number = configLimits.questions;

  constructor(fs: ImageFs) {
    this.#fs = fs;
  }

  /** Files that were really read, in order. */
  get filesRead(): string[] {
    return [...this.#texts].flatMap(([path, text]) => (text === undefined ? [] : [path]));
  }

  /** File systems inside the image, as `ImageFs.mounts`. */
  get mounts(): NonNullable<ImageFs['mounts']> {
    return this.#fs.mounts ?? [];
  }

  get volumeLabel(): string {
    return this.#fs.volumeLabel;
  }

  /** Each once, in the order in which they were found. */
  get problems(): readonly MenuProblem[] {
    return [...this.#problems.values()];
  }

  report(file: string, line: number, text: string, kind: MenuProblem['kind'] = 'broken'): void {
    const key = `${file}\0${line}\0${text}`;
    if (this.#problems.size >= configLimits.problems) return;
    this.#problems.set(key, { file, line, text: plainText(text).slice(0, 300), kind });
  }

  async read(path: string): Promise<string | undefined> {
    if (this.#texts.has(path)) return this.#texts.get(path);
    if (this.#texts.size >= configLimits.files) return undefined;
    const text = await this.#readFile(path);
    this.#texts.set(path, text);
    return text;
  }

  async exists(path: string): Promise<boolean> {
    if (--this.#questionsLeft < 0) return false;
    return (await this.#fs.stat(path)) !== undefined;
  }

  /** Names of the files in a folder, sorted; none where there is no such folder. */
  async fileNames(folder: string): Promise<string[]> {
    if (--this.#questionsLeft < 0) return [];
    const entries = (await this.#fs.list(folder)) ?? [];
    const names = entries.flatMap(({ name, type }) => (type === 'file' ? [name] : []));
    return names.toSorted().slice(0, configLimits.files);
  }

  async open(path: string): Promise<ImageFile | undefined> {
    return --this.#questionsLeft < 0 ? undefined : await this.#fs.open(path);
  }

  async #readFile(path: string): Promise<string | undefined> {
    const file = await this.#fs.open(path);
    if (file === undefined || file.sizeBytes > Math.min(configLimits.fileBytes, this.#bytesLeft)) return undefined;
    const bytes = new Uint8Array(file.sizeBytes);
    const length = await file.read(bytes, 0);
    this.#bytesLeft -= length;
    return new TextDecoder().decode(bytes.subarray(0, length)).replaceAll('\0', '');
  }
}

/** What an image wrote, as a person may see it. */
const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
