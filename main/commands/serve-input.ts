import { readFile } from 'node:fs/promises';
import { StationError } from '../contract/errors.ts';
import type { ApprovalPolicy } from '../contract/session.ts';

/** What a person gives `serve` as words and files, checked. Errors: E_USAGE. */

const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });

export async function readPolicy(word: string | undefined): Promise<ApprovalPolicy | undefined> {
  if (word === undefined) return undefined;
  if (word === 'auto') return { kind: 'every-machine' };
  if (word === 'approve') return { kind: 'approved' };
  const file = /^macs:(.+)$/.exec(word)?.[1];
  if (file === undefined) throw usage(`--policy ${word} is unknown; it takes "approve", "auto" or "macs:FILE".`);
  return { kind: 'listed', macs: parseMacList(await readText(file), file) };
}

/** Pure. One MAC a line, with `:` or `-`; what follows it on its line, and lines that begin with `#`, are for people. */
export function parseMacList(text: string, file: string): string[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, number }) => {
      const mac = (line.split(/\s/)[0] ?? '').toLowerCase().replaceAll('-', ':');
      if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) return mac;
      throw usage(`Line ${number} of ${file} does not begin with a MAC address such as 52:54:00:12:34:56.`);
    });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw usage(`${path} cannot be read: ${(error as Error).message}.`);
  }
}
