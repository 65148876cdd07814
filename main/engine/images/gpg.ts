import { spawn } from 'node:child_process';

/** gpg, asked about signatures with the keys that its user has. It fetches nothing from a network. */

const MOST_OUTPUT_BYTES = 2 * 1024 * 1024;
/** A checksum file takes milliseconds, an image of many gigabytes a minute. */
const LONGEST_MS = 300_000;

const quiet = ['--batch', '--no-tty', '--disable-dirmngr', '--no-auto-key-retrieve', '--no-permission-warning'];

export interface GpgAnswer {
  /** What it wrote of the signed text itself. */
  readonly text: string;
  readonly status: string;
}

/** Checks a signature that stands in a file of its own. Undefined where there is no gpg, or it takes too long. */
export const askAboutDetached = (
  signature: string,
  file: string,
  signal?: AbortSignal,
): Promise<GpgAnswer | undefined> => run(['--verify', '--', signature, file], signal);

/** Checks a clear-signed text and gives what was signed, which is all of it that may be believed. */
export const askAboutClearSigned = (file: string, signal?: AbortSignal): Promise<GpgAnswer | undefined> =>
  run(['--output', '-', '--decrypt', '--', file], signal);

function run(words: readonly string[], signal: AbortSignal | undefined): Promise<GpgAnswer | undefined> {
  return new Promise((resolve) => {
    const child = spawn('gpg', [...quiet, '--status-fd', '3', ...words], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    });
    const text = collect(child.stdout, () => child.kill('SIGKILL'));
    const status = collect(child.stdio[3] as NodeJS.ReadableStream | null, () => child.kill('SIGKILL'));
    // Not installed, or stopped: nothing is known.
    child.on('error', () => resolve(undefined));
    child.on('close', (_code, killed) => resolve(killed === null ? { text: text(), status: status() } : undefined));
  });
}

function collect(stream: NodeJS.ReadableStream | null, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_OUTPUT_BYTES) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
