import type { ImageFile } from '../iso/image-fs.ts';
import { parsePeImage } from './pe-image.ts';
import { parsePeSigners, type PeSigner } from './pe-signers.ts';

/** Two signatures with their certificates are some 20 KiB; one that claims more is not read. */
const maxTableBytes = 256 * 1024;
const HEAD_BYTES = 4096;

/**
 * Who signed a loader or kernel for Secure Boot. No signers: it is not signed. Undefined where that cannot be told: it is no PE file, or
 * its signature cannot be understood.
 */
export async function readSigners(
  file: Pick<ImageFile, 'sizeBytes' | 'read'>,
): Promise<readonly PeSigner[] | undefined> {
  const head = new Uint8Array(Math.min(HEAD_BYTES, file.sizeBytes));
  const pe = parsePeImage(head.subarray(0, await file.read(head, 0)));
  if (pe === undefined) return undefined;
  if (pe.certificates === undefined) return [];
  const { offsetBytes, lengthBytes } = pe.certificates;
  if (lengthBytes > maxTableBytes || offsetBytes + lengthBytes > file.sizeBytes) return undefined;
  const table = new Uint8Array(lengthBytes);
  const signers = parsePeSigners(table.subarray(0, await file.read(table, offsetBytes)));
  return signers.length === 0 ? undefined : signers;
}
