import { ImageDamage } from '../iso/image-damage.ts';
import type { ImageFile } from '../iso/image-fs.ts';
import { readExactly } from './read-exactly.ts';
import { parseWimHeader, WIM_HEADER_BYTES } from './wim-header.ts';
import type { WimCompression } from './wim-header.ts';
import { parseWimXml } from './wim-images.ts';
import type { WimImage } from './wim-images.ts';

/** What a Windows image file says of itself: `boot.wim`, `install.wim`, `install.esd`, a part of a split WIM. */
export interface WimMetadata {
  readonly compression: WimCompression;
  /** An ESD: many files packed into one stream. */
  readonly isSolid: boolean;
  readonly partNumber: number;
  readonly totalParts: number;
  /** The image that a boot loader starts, by its index; undefined for none, as in an `install.wim`. */
  readonly bootIndex: number | undefined;
  readonly images: readonly WimImage[];
}

/** With eleven editions it is some 60 KiB. */
const maxXmlBytes = 4 * 1024 * 1024;

/**
 * Reads header and XML, never contents. Throws ImageDamage where the file is no WIM or lies, and where its XML is compressed, which
 * the format allows and no known program writes.
 */
export async function readWim(file: Pick<ImageFile, 'sizeBytes' | 'read'>): Promise<WimMetadata> {
  const header = parseWimHeader(await readExactly(file, 0, WIM_HEADER_BYTES));
  const { xml, imageCount, bootIndex, compression, isSolid, partNumber, totalParts } = header;
  if (xml.isCompressed) throw new ImageDamage('the XML of its WIM is compressed, which cannot be read here');
  if (xml.storedBytes > maxXmlBytes) throw new ImageDamage(`the XML of its WIM claims ${xml.storedBytes} bytes`);
  const images = parseWimXml(await readExactly(file, xml.offsetBytes, xml.storedBytes));
  if (images.length !== imageCount) {
    throw new ImageDamage(`the header of its WIM counts ${imageCount} images and the XML ${images.length}`);
  }
  if (bootIndex > imageCount) throw new ImageDamage(`its WIM starts image ${bootIndex} of ${imageCount}`);
  return {
    compression,
    isSolid,
    partNumber,
    totalParts,
    bootIndex: bootIndex === 0 ? undefined : bootIndex,
    images,
  };
}
