import type { ImageFs } from '../../iso/image-fs.ts';

/** Configuration files of an image are hostile: everything about reading them is bounded. */
export const configLimits = {
  fileBytes: 1024 * 1024,
  totalBytes: 4 * 1024 * 1024,
  files: 100,
  lineCharacters: 8192,
  questions: 5000,
} as const;

/**
 * Reads configuration files out of an image until its budget is used up. A file that is missing, too big or beyond the
 * budget reads as undefined: a menu then simply has fewer entries.
 */
export class ConfigReader {
  readonly #fs: ImageFs;
  readonly #texts = new Map<string, string | undefined>();
  #bytesLeft: number = configLimits.totalBytes;
  #questionsLeft: number = configLimits.questions;

  constructor(fs: ImageFs) {
    this.#fs = fs;
  }

  /** Files that were really read, in order. */
  get filesRead(): string[] {
    return [...this.#texts].flatMap(([path, text]) => (text === undefined ? [] : [path]));
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

  async #readFile(path: string): Promise<string | undefined> {
    const file = await this.#fs.open(path);
    if (file === undefined || file.sizeBytes > Math.min(configLimits.fileBytes, this.#bytesLeft)) return undefined;
    const bytes = new Uint8Array(file.sizeBytes);
    const length = await file.read(bytes, 0);
    this.#bytesLeft -= length;
    return new TextDecoder().decode(bytes.subarray(0, length)).replaceAll('\0', '');
  }
}
