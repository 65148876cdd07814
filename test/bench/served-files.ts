import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface ServedTestFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
}

const PIECE_BYTES = 1024 * 1024;

/** A folder of random files by size, readable for servers that give up root; gone with its dispose. */
export class ServedFiles implements AsyncDisposable {
  readonly folder: string;
  readonly #files = new Map<number, Promise<ServedTestFile>>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<ServedFiles> {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-bench-'));
    await chmod(folder, 0o755);
    return new ServedFiles(folder);
  }

  async file(sizeBytes: number): Promise<ServedTestFile> {
    const known = this.#files.get(sizeBytes);
    if (known !== undefined) return await known;
    const made = this.#make(sizeBytes);
    this.#files.set(sizeBytes, made);
    return await made;
  }

  async #make(sizeBytes: number): Promise<ServedTestFile> {
    const name = `file-${sizeBytes}`;
    const path = join(this.folder, name);
    // Random once and then numbered: no two pieces are equal, and making gigabytes takes no time to speak of.
    const piece = randomBytes(PIECE_BYTES);
    let checksum = 0;
    await using handle = await open(path, 'w', 0o644);
    for (let written = 0; written < sizeBytes; written += PIECE_BYTES) {
      piece.writeDoubleLE(written, 0);
      const part = piece.subarray(0, sizeBytes - written);
      checksum = crc32(part, checksum);
      await handle.write(part);
    }
    return { name, path, sizeBytes, crc32: checksum };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
