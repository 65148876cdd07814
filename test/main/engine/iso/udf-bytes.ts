/** UDF structures made by hand. */

const SECTOR = 2048;

/** A descriptor with its tag; the body stands behind the 16 bytes of the tag. */
export function udfDescriptor(tag: number, write: (bytes: Buffer) => void, sizeBytes = SECTOR): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  write(bytes);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(3, 2);
  bytes[4] = 0;
  bytes[4] = bytes.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) & 0xff;
  return bytes;
}

export const shortDescriptor = (block: number, lengthBytes: number, kind = 0): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(((kind << 30) | lengthBytes) >>> 0, 0);
  bytes.writeUInt32LE(block, 4);
  return bytes;
};

export const longDescriptor = (partition: number, block: number, lengthBytes: number, kind = 0): Buffer => {
  const bytes = Buffer.alloc(16);
  shortDescriptor(block, lengthBytes, kind).copy(bytes);
  bytes.writeUInt16LE(partition, 8);
  return bytes;
};

/** Compressed Unicode of 8 or 16 bits a character. */
export const ostaUnicode = (text: string, bits: 8 | 16 = 8): Buffer =>
  bits === 8
    ? Buffer.concat([Buffer.from([8]), Buffer.from(text, 'latin1')])
    : Buffer.concat([Buffer.from([16]), Buffer.from(text, 'utf16le').swap16()]);

export interface FileEntryFields {
  /** 4 directory, 5 file, 12 link. */
  readonly fileType: number;
  readonly sizeBytes: number;
  /** 0 short, 1 long, 3 embedded. */
  readonly kind: number;
  readonly allocation: Uint8Array;
  readonly extended?: boolean;
  readonly extendedAttributes?: Uint8Array;
}

export function fileEntry(fields: FileEntryFields): Buffer {
  const { extended = false, extendedAttributes = Buffer.alloc(0) } = fields;
  return udfDescriptor(extended ? 266 : 261, (bytes) => {
    bytes.writeUInt16LE(4, 20);
    bytes[27] = fields.fileType;
    bytes.writeUInt16LE(fields.kind, 34);
    bytes.writeBigUInt64LE(BigInt(fields.sizeBytes), 56);
    bytes.set([0x3c, 0x10, 0xe8, 0x07, 2, 29, 12, 34, 56, 0], extended ? 92 : 84); // 2024-02-29 12:34:56, 1 h east
    const lengths = extended ? 208 : 168;
    bytes.writeUInt32LE(extendedAttributes.length, lengths);
    bytes.writeUInt32LE(fields.allocation.length, lengths + 4);
    bytes.set(extendedAttributes, lengths + 8);
    bytes.set(fields.allocation, lengths + 8 + extendedAttributes.length);
  });
}

/** Characteristics: 2 directory, 4 deleted, 8 parent. */
export function fileIdentifier(name: Uint8Array, icb: Uint8Array, characteristics = 0, implementationUse = 0): Buffer {
  const used = 38 + implementationUse + name.length;
  return udfDescriptor(
    257,
    (bytes) => {
      bytes[18] = characteristics;
      bytes[19] = name.length;
      bytes.set(icb, 20);
      bytes.writeUInt16LE(implementationUse, 36);
      bytes.set(name, 38 + implementationUse);
    },
    used + ((4 - (used % 4)) % 4),
  );
}

export interface UdfImageFields {
  /** Blocks of the physical partition, number 0. */
  readonly physical: Readonly<Record<number, Uint8Array>>;
  /** Partition maps; partition numbers in addresses are their indices. */
  readonly maps: readonly Uint8Array[];
  readonly fileSet: { readonly partition: number; readonly block: number };
}

export const PARTITION_SECTOR = 300;
const PARTITION_SECTORS = 100;

export const physicalMap = Buffer.from([1, 6, 1, 0, 0, 0]);
export function type2Map(identifier: string, fileBlock: number): Buffer {
  const map = Buffer.alloc(64);
  map.set([2, 64]);
  map.write(identifier, 5, 'latin1');
  map.writeUInt32LE(fileBlock, 40);
  return map;
}

export function udfImage({ physical, maps, fileSet }: UdfImageFields): Buffer {
  const image = Buffer.alloc((PARTITION_SECTOR + PARTITION_SECTORS) * SECTOR);
  const put = (sector: number, bytes: Uint8Array): void => image.set(bytes, sector * SECTOR);
  for (const [index, identifier] of ['BEA01', 'NSR03', 'TEA01'].entries())
    put(16 + index, Buffer.from(`\0${identifier}\x01`));
  put(
    256,
    udfDescriptor(2, (bytes) => bytes.set([...extent(4, 34), ...extent(4, 34)], 16)),
  );
  // The sequence is reached through a pointer, as on images with more descriptors than room.
  put(
    34,
    udfDescriptor(3, (bytes) => bytes.set(extent(4, 40), 20)),
  );
  put(
    40,
    udfDescriptor(5, (bytes) => {
      bytes.writeUInt32LE(PARTITION_SECTOR, 188);
      bytes.writeUInt32LE(PARTITION_SECTORS, 192);
    }),
  );
  put(
    41,
    udfDescriptor(6, (bytes) => {
      const label = ostaUnicode('Wörld ☃', 16);
      bytes.set(label, 84);
      bytes[211] = label.length;
      bytes.writeUInt32LE(SECTOR, 212);
      longDescriptor(fileSet.partition, fileSet.block, SECTOR).copy(bytes, 248);
      bytes.writeUInt32LE(Buffer.concat(maps).length, 264);
      bytes.set(Buffer.concat(maps), 440);
    }),
  );
  put(
    42,
    udfDescriptor(8, () => undefined),
  );
  for (const [block, bytes] of Object.entries(physical)) put(PARTITION_SECTOR + Number(block), bytes);
  return image;
}

function extent(sectors: number, sector: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(sectors * SECTOR, 0);
  bytes.writeUInt32LE(sector, 4);
  return bytes;
}

export const fileSet = (partition: number, rootBlock: number): Buffer =>
  udfDescriptor(256, (bytes) => longDescriptor(partition, rootBlock, SECTOR).copy(bytes, 400));

/** One component of a link's target: 2 root, 3 parent, 4 this, 5 name. */
export const pathComponent = (kind: number, name = ''): Buffer => {
  const text = name === '' ? Buffer.alloc(0) : ostaUnicode(name);
  return Buffer.concat([Buffer.from([kind, text.length, 0, 0]), text]);
};
