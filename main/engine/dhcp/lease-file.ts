import { mkdir, open, type FileHandle, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { parseIpv4 } from '../net/ipv4.ts';
import type { Binding } from './pool.ts';
import { syncFolder } from '../sync-folder.ts';

/**
 * Leases on disk: one JSON line a change, appended and synced before the client hears of it, so that a killed station
 * comes back with what it promised. Now and then the file is written anew with the last line of each address only.
 */
export interface LeaseFile extends AsyncDisposable {
  /** What the file held when it was opened, in the order in which it happened. */
  readonly restored: readonly Binding[];
  /** Lines of it that were not understood, such as one cut short by a power failure. */
  readonly ignoredLines: number;
  /** Changes that are not on disk yet. */
  readonly pendingCount: number;
  /** Resolves once it is on disk. Rejects with E_DISK_FULL or E_OUTPUT_NOT_WRITABLE. */
  append(binding: Binding): Promise<void>;
}

const bindingSchema = z.object({
  address: z.string().refine((text) => parseIpv4(text) !== undefined),
  kind: z.enum(['leased', 'bootp', 'released', 'declined']),
  clientKey: z.string().min(1).max(64).optional(),
  clientIdentifier: z.string().max(2048).optional(),
  expiresAtMs: z.number(),
});

/** Rewrite when the file has so many lines more than it needs. */
const SPARE_LINES = 4096;

/** Errors: E_OUTPUT_NOT_WRITABLE, E_DISK_FULL. */
export async function openLeaseFile(path: string, spareLines = SPARE_LINES): Promise<LeaseFile> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const { bindings, ignoredLines } = parseLeases(await readIfThere(path));
    const file = new AppendedLeaseFile(path, bindings, ignoredLines, spareLines);
    // Also cuts off a line that was not finished, which the next append would continue.
    await file.rewrite();
    return file;
  } catch (error) {
    throw explain(error, path);
  }
}

/** The bindings of a lease file's text; lines that are none are counted. */
export function parseLeases(text: string): { bindings: Binding[]; ignoredLines: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const bindings = lines.flatMap((line) => parseLine(line) ?? []);
  return { bindings, ignoredLines: lines.length - bindings.length };
}

function parseLine(line: string): Binding | undefined {
  try {
    const { clientKey, ...rest } = bindingSchema.parse(JSON.parse(line));
    return { ...rest, clientKey };
  } catch {
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

interface PendingLine {
  readonly binding: Binding;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class AppendedLeaseFile implements LeaseFile {
  readonly restored: readonly Binding[];
  readonly ignoredLines: number;
  readonly #path: string;
  readonly #spareLines: number;
  /** Last binding of each address, in the order in which they happened. */
  readonly #latest = new Map<string, Binding>();
  readonly #pending: PendingLine[] = [];
  #handle: FileHandle | undefined;
  #lineCount = 0;
  #rewriteAtLines = 0;
  #lineWasCut = false;
  #writer: Promise<void> = Promise.resolve();

  constructor(path: string, restored: readonly Binding[], ignoredLines: number, spareLines: number) {
    this.#path = path;
    this.#spareLines = spareLines;
    this.ignoredLines = ignoredLines;
    for (const binding of restored) this.#note(binding);
    this.restored = [...this.#latest.values()];
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  async append(binding: Binding): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#pending.push({ binding, resolve, reject });
    // One writer at a time; it takes all that came in meanwhile with one sync.
    this.#writer = this.#writer.then(async () => await this.#writePending());
    await promise;
  }

  /** A new file with the last line of each address, in place of the old one at once or not at all. */
  async rewrite(): Promise<void> {
    const temporaryPath = `${this.#path}.new`;
    const handle = await open(temporaryPath, 'w', 0o600);
    try {
      await handle.writeFile([...this.#latest.values()].map(formatLine).join(''));
      await handle.datasync();
      await rename(temporaryPath, this.#path);
    } catch (error) {
      await handle.close();
      throw error;
    }
    await syncFolder(dirname(this.#path));
    await this.#handle?.close();
    this.#handle = handle;
    this.#lineWasCut = false;
    this.#lineCount = this.#latest.size;
    this.#rewriteAtLines = this.#latest.size * 2 + this.#spareLines;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #writePending(): Promise<void> {
    const lines = this.#pending.splice(0);
    if (lines.length === 0) return;
    try {
      await this.#write(lines.map(({ binding }) => formatLine(binding)).join(''));
    } catch (error) {
      this.#lineWasCut = true;
      for (const line of lines) line.reject(explain(error, this.#path));
      return;
    }
    for (const { binding, resolve } of lines) {
      this.#note(binding);
      resolve();
    }
    this.#lineCount += lines.length;
    if (this.#lineCount < this.#rewriteAtLines) return;
    // Where there is no room for a second file now, the first one still grows: try again later.
    await this.rewrite().catch(() => (this.#rewriteAtLines *= 2));
  }

  async #write(text: string): Promise<void> {
    if (this.#handle === undefined) throw new Error('the lease file is closed');
    await this.#handle.appendFile(this.#lineWasCut ? `\n${text}` : text);
    await this.#handle.datasync();
    this.#lineWasCut = false;
  }

  #note(binding: Binding): void {
    this.#latest.delete(binding.address);
    this.#latest.set(binding.address, binding);
  }
}

const formatLine = (binding: Binding): string => `${JSON.stringify(binding)}\n`;

function explain(error: unknown, path: string): StationError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StationError('E_DISK_FULL', { path }, { cause: error });
  return new StationError('E_OUTPUT_NOT_WRITABLE', { path, reason: message }, { cause: error });
}
