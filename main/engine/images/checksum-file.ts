import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Checksum files as publishers put them beside their images, in the formats of sha256sum(1), plain and BSD-style. */

export interface PublishedChecksum {
  readonly file: string;
  readonly sha256: string;
}

const maxFileBytes = 1024 * 1024;

/** The SHA-256 that a file beside the image gives for it; undefined where there is none. */
export async function publishedChecksum(imagePath: string): Promise<PublishedChecksum | undefined> {
  const name = basename(imagePath);
  const candidates = [
    `${name}.sha256`,
    `${name}.sha256sum`,
    `${name}.CHECKSUM`,
    'SHA256SUMS',
    'SHA256SUMS.txt',
    'sha256sum.txt',
  ];
  candidates.push(...(await otherChecksumFiles(dirname(imagePath), candidates)));
  for (const candidate of candidates) {
    const file = join(dirname(imagePath), candidate);
    const text = await smallText(file);
    const sha256 = text === undefined ? undefined : checksumFor(text, name, candidate.startsWith(name));
    if (sha256 !== undefined) return { file, sha256 };
  }
  return undefined;
}

const MOST_OTHERS = 40;

/** Publishers have names of their own: `Fedora-Server-41-1.4-x86_64-CHECKSUM`, `sha256sums.txt`, `CHECKSUMS`. */
async function otherChecksumFiles(folder: string, known: readonly string[]): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter(
    (name) => /checksums?(\.txt)?$|sha256(sums?)?(\.txt)?$/i.test(name) && !known.includes(name),
  );
  return others.sort().slice(0, MOST_OTHERS);
}

/** A text file of at most 1 MB; undefined where it is none, or cannot be read. */
export async function smallText(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > maxFileBytes ? undefined : await readFile(file, 'utf8');
  } catch {
    // Most images have none; one that cannot be read is as good as none.
    return undefined;
  }
}

/** Pure. `isForOneFile`: the file is named after the image, so a hash without a name (or with a former one) is the image's too. */
export function checksumFor(text: string, name: string, isForOneFile: boolean): string | undefined {
  const found: { name: string; sha256: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const gnu = /^\s*([0-9a-f]{64})(?:\s+\*?(.+?))?\s*$/i.exec(line);
    const bsd = /^\s*SHA256 \((.+)\) = ([0-9a-f]{64})\s*$/i.exec(line);
    if (gnu !== null) found.push({ name: gnu[2] ?? '', sha256: (gnu[1] ?? '').toLowerCase() });
    else if (bsd !== null) found.push({ name: bsd[1] ?? '', sha256: (bsd[2] ?? '').toLowerCase() });
  }
  const named = found.find((one) => one.name.split(/[/\\]/).at(-1) === name);
  if (named !== undefined) return named.sha256;
  return isForOneFile && found.length === 1 ? found[0]?.sha256 : undefined;
}
