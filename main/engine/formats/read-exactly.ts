import { ImageDamage } from '../iso/image-damage.ts';
import type { ImageFile } from '../iso/image-fs.ts';

/** The bytes of a range of a file; throws ImageDamage where it is not wholly inside. The caller bounds the length. */
export async function readExactly(
  file: Pick<ImageFile, 'sizeBytes' | 'read'>,
  offsetBytes: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  if (offsetBytes + lengthBytes > file.sizeBytes) {
    throw new ImageDamage(`it names bytes up to ${offsetBytes + lengthBytes} of a file of ${file.sizeBytes}`);
  }
  const bytes = new Uint8Array(lengthBytes);
  const length = await file.read(bytes, offsetBytes);
  if (length !== lengthBytes) throw new ImageDamage('one of its files is shorter than it claims');
  return bytes;
}
