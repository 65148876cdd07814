import { readFile, stat } from 'node:fs/promises';
import type { ImageSignature } from '../../contract/state.ts';
import { type PublishedChecksum, checksumFor, publishedChecksum, smallText } from './checksum-file.ts';
import { askAboutClearSigned, askAboutDetached } from './gpg.ts';
import { readGpgStatus } from './gpg-status.ts';
import { basename } from 'node:path';

/** What publishers put beside their images: a checksum, and who signed it (or the image itself). */
export interface PublishedFacts {
  readonly checksum: PublishedChecksum | undefined;
  readonly signature: ImageSignature | undefined;
}

const extensions = ['.gpg', '.sign', '.asc', '.sig'];
const clearSigned = '-----BEGIN PGP SIGNED MESSAGE-----';

/**
 * Looks for both. Of a clear-signed checksum file only what was signed is gone by. Never rejects: what cannot be read is as good as not
 * there.
 */
export async function publishedFacts(imagePath: string, signal?: AbortSignal): Promise<PublishedFacts> {
  const checksum = await publishedChecksum(imagePath);
  if (checksum !== undefined) {
    const text = await smallText(checksum.file);
    if (text?.includes(clearSigned) === true) return await clearSignedFacts(imagePath, checksum, signal);
    const signature = await detachedSignature(checksum.file, signal);
    if (signature !== undefined) return { checksum, signature };
  }
  return { checksum, signature: await detachedSignature(imagePath, signal) };
}

async function clearSignedFacts(
  imagePath: string,
  checksum: PublishedChecksum,
  signal: AbortSignal | undefined,
): Promise<PublishedFacts> {
  const { file } = checksum;
  const answer = await askAboutClearSigned(file, signal);
  if (answer === undefined) return { checksum, signature: { state: 'not-checked', file, of: file } };
  const verdict = readGpgStatus(answer.status);
  const signature: ImageSignature = { ...verdict, file, of: file };
  if (verdict.state !== 'good') return { checksum, signature };
  const sha256 = checksumFor(answer.text, basename(imagePath), basename(file).startsWith(basename(imagePath)));
  // What stands outside of the signed text was written by nobody knows whom.
  return sha256 === undefined
    ? { checksum, signature: { ...signature, state: 'bad' } }
    : { checksum: { file, sha256 }, signature };
}

async function detachedSignature(file: string, signal: AbortSignal | undefined): Promise<ImageSignature | undefined> {
  for (const extension of extensions) {
    const path = file + extension;
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true || found.size > 1024 * 1024) continue;
    if (!(await looksLikeSignature(path))) continue;
    const answer = await askAboutDetached(path, file, signal);
    if (answer === undefined) return { state: 'not-checked', file: path, of: file };
    return { ...readGpgStatus(answer.status), file: path, of: file };
  }
  return undefined;
}

/** Armoured, or a packet of OpenPGP (RFC 9580, 4.2: the first bit is set). */
async function looksLikeSignature(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes !== undefined && (bytes.includes('-----BEGIN PGP SIGNATURE-----') || ((bytes[0] ?? 0) & 0x80) !== 0);
}
