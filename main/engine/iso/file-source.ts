import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { StationError } from '../../contract/errors.ts';
import type { ByteSource } from './byte-source.ts';

/** How old the last look at the file's path may be before a read looks again. */
const RECHECK_AFTER_MS = 1000;

/**
 * Opens the image file at `path`. Rejects with E_IMAGE_NOT_FOUND, E_IMAGE_NOT_READABLE, E_IMAGE_EMPTY, or E_NOT_AN_ISO
 * where the path leads to something else than a file. Reads reject with E_IMAGE_CHANGED once the file at the path is
 * gone, replaced, cut short or written to, and work again when the original is back.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK opening a named pipe would wait for a writer for ever. (Windows has neither.)
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    throw openError(path, thrown);
  }
  try {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile()) {
      throw new StationError('E_NOT_AN_ISO', { path, looksLike: opened.isDirectory() ? 'a folder' : 'a device' });
    }
    if (opened.size === 0n) throw new StationError('E_IMAGE_EMPTY', { path });
    return new FileSource(path, handle, opened);
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

export class FileSource implements ByteSource, AsyncDisposable {
  readonly path: string;
  readonly sizeBytes: number;
  readonly descriptor: number;
  readonly #handle: FileHandle;
  readonly #opened: BigIntStats;
  #checkedAtMs = performance.now();
  #check: Promise<void> | undefined;

  constructor(path: string, handle: FileHandle, opened: BigIntStats) {
    this.path = path;
    this.sizeBytes = Number(opened.size);
    this.descriptor = handle.fd;
    this.#handle = handle;
    this.#opened = opened;
  }

  async read(target: Uint8Array, positionBytes: number): Promise<number> {
    await this.check();
    const wantedBytes = Math.max(0, Math.min(target.length, this.sizeBytes - positionBytes));
    let doneBytes = 0;
    while (doneBytes < wantedBytes) {
      const { bytesRead } = await this.#readOnce(target, doneBytes, wantedBytes - doneBytes, positionBytes + doneBytes);
      if (bytesRead === 0) {
        await this.#checkUnchanged();
        throw this.#changed('it is shorter than it was');
      }
      doneBytes += bytesRead;
    }
    return doneBytes;
  }

  async check(): Promise<void> {
    if (performance.now() - this.#checkedAtMs > RECHECK_AFTER_MS) await this.#checkUnchanged();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  async #readOnce(
    target: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }> {
    try {
      return await this.#handle.read(target, offset, length, position);
    } catch (thrown) {
      // Where the file at the path tells the reason, that is the better answer than the bare error of the read.
      await this.#checkUnchanged();
      throw new StationError('E_IMAGE_NOT_READABLE', { path: this.path, reason: reasonOf(thrown) }, { cause: thrown });
    }
  }

  /** Overlapping reads share one look. */
  #checkUnchanged(): Promise<void> {
    this.#check ??= this.#lookAtPath().finally(() => {
      this.#check = undefined;
    });
    return this.#check;
  }

  async #lookAtPath(): Promise<void> {
    let now: BigIntStats;
    try {
      now = await stat(this.path, { bigint: true });
    } catch (thrown) {
      throw this.#changed(isAbsent(thrown) ? 'it is no longer there' : reasonOf(thrown), thrown);
    }
    if (now.ino !== this.#opened.ino || now.dev !== this.#opened.dev)
      throw this.#changed('another file took its place');
    if (now.size !== this.#opened.size)
      throw this.#changed(`its size went from ${this.#opened.size} to ${now.size} bytes`);
    if (now.mtimeNs !== this.#opened.mtimeNs) throw this.#changed('it was written to');
    this.#checkedAtMs = performance.now();
  }

  #changed(detail: string, cause?: unknown): StationError {
    return new StationError('E_IMAGE_CHANGED', { path: this.path, detail }, { cause });
  }
}

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

const isAbsent = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(thrown) ?? '');

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission',
  EPERM: 'this user has no permission',
  EBUSY: 'another program has locked it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk that it is on reports an error',
  ESTALE: 'the network share that it is on was disconnected',
  ENXIO: 'it is not a file',
  ELOOP: 'it is a symbolic link to itself',
  ENAMETOOLONG: 'its path is too long',
};

function reasonOf(thrown: unknown): string {
  return reasons[codeOf(thrown) ?? ''] ?? (thrown instanceof Error ? thrown.message : String(thrown));
}

function openError(path: string, thrown: unknown): StationError {
  if (isAbsent(thrown)) return new StationError('E_IMAGE_NOT_FOUND', { path }, { cause: thrown });
  return new StationError('E_IMAGE_NOT_READABLE', { path, reason: reasonOf(thrown) }, { cause: thrown });
}
