/** Discs made by hand, byte by byte: for what no program writes. */

export const SECTOR_BYTES = 2048;

const both16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value, 0);
  bytes.writeUInt16BE(value, 2);
  return bytes;
};

export const both32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
};

export interface RecordFields {
  readonly name: string | Uint8Array;
  readonly block: number;
  readonly bytes: number;
  /** 0x02 directory, 0x04 associated, 0x80 more extents. */
  readonly flags?: number;
  readonly extendedAttributeBlocks?: number;
  readonly systemUse?: Uint8Array;
}

export function directoryRecord(fields: RecordFields): Buffer {
  const name = typeof fields.name === 'string' ? Buffer.from(fields.name, 'latin1') : fields.name;
  const systemUse = fields.systemUse ?? Buffer.alloc(0);
  const systemUseOffset = 33 + name.length + (name.length % 2 === 0 ? 1 : 0);
  const record = Buffer.alloc(systemUseOffset + systemUse.length + (systemUse.length % 2));
  record[0] = record.length;
  record[1] = fields.extendedAttributeBlocks ?? 0;
  both32(fields.block).copy(record, 2);
  both32(fields.bytes).copy(record, 10);
  record.set([124, 2, 29, 12, 34, 56, 4], 18); // 2024-02-29 12:34:56, one hour east
  record[25] = fields.flags ?? 0;
  both16(1).copy(record, 28);
  record[32] = name.length;
  record.set(name, 33);
  record.set(systemUse, systemUseOffset);
  return record;
}

/** A SUSP entry: signature, length, version 1, data. */
export const suspEntry = (signature: string, ...data: readonly (number | Uint8Array)[]): Buffer => {
  const body = Buffer.concat(data.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)));
  return Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.from([body.length + 4, 1]), body]);
};

export const suspMarker = suspEntry('SP', 0xbe, 0xef, 0);
export const rockRidgeMode = (mode: number): Buffer => suspEntry('PX', both32(mode), both32(1), both32(0), both32(0));
export const rockRidgeName = (name: string): Buffer => suspEntry('NM', 0, Buffer.from(name));
export const continuation = (block: number, offset: number, length: number): Buffer =>
  suspEntry('CE', both32(block), both32(offset), both32(length));

export const DIRECTORY_MODE = 0o040755;
export const FILE_MODE = 0o100644;
export const LINK_MODE = 0o120777;

export interface DirectoryFields {
  readonly block: number;
  readonly parent?: number;
  readonly records: readonly Uint8Array[];
  /** System use area of the `.` record. */
  readonly systemUse?: Uint8Array;
  readonly bytes?: number;
}

/** A directory of as many sectors as its records need. */
export function directory({ block, parent = block, records, systemUse, bytes }: DirectoryFields): Buffer {
  const self = { name: '\0', block, bytes: bytes ?? SECTOR_BYTES, flags: 2, ...(systemUse && { systemUse }) };
  const all = [
    directoryRecord(self),
    directoryRecord({ name: '\x01', block: parent, bytes: SECTOR_BYTES, flags: 2 }),
    ...records,
  ];
  const sectors = [Buffer.alloc(SECTOR_BYTES)];
  let used = 0;
  for (const record of all) {
    if (used + record.length > SECTOR_BYTES) {
      sectors.push(Buffer.alloc(SECTOR_BYTES));
      used = 0;
    }
    sectors.at(-1)?.set(record, used);
    used += record.length;
  }
  return Buffer.concat(sectors);
}

export const ROOT_BLOCK = 20;

export interface ImageFields {
  /** What lies where; the root directory belongs at ROOT_BLOCK. */
  readonly blocks: Readonly<Record<number, Uint8Array>>;
  readonly rootBytes?: number;
  readonly label?: string;
  readonly volumeBlocks?: number;
  readonly bootCatalogueSector?: number;
}

/** An image of 64 sectors, or as many as the blocks need. */
export function isoImage(fields: ImageFields): Buffer {
  const ends = Object.entries(fields.blocks).map(
    ([block, data]) => Number(block) + Math.ceil(data.length / SECTOR_BYTES),
  );
  const sectors = Math.max(64, ...ends);
  const image = Buffer.alloc(sectors * SECTOR_BYTES);
  primaryDescriptor({
    label: fields.label ?? 'HAND_MADE',
    volumeBlocks: fields.volumeBlocks ?? sectors,
    rootBytes: fields.rootBytes ?? SECTOR_BYTES,
  }).copy(image, 16 * SECTOR_BYTES);
  let next = 17;
  if (fields.bootCatalogueSector !== undefined) {
    const bootRecord = Buffer.alloc(SECTOR_BYTES);
    bootRecord.write('\0CD001\x01EL TORITO SPECIFICATION', 0, 'latin1');
    bootRecord.writeUInt32LE(fields.bootCatalogueSector, 71);
    bootRecord.copy(image, next * SECTOR_BYTES);
    next += 1;
  }
  image.write('\xffCD001\x01', next * SECTOR_BYTES, 'latin1');
  for (const [block, data] of Object.entries(fields.blocks)) image.set(data, Number(block) * SECTOR_BYTES);
  return image;
}

export function primaryDescriptor(fields: { label: string; volumeBlocks: number; rootBytes: number }): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.write('\x01CD001\x01', 0, 'latin1');
  sector.write(fields.label.padEnd(32), 40, 'latin1');
  both32(fields.volumeBlocks).copy(sector, 80);
  both16(SECTOR_BYTES).copy(sector, 128);
  directoryRecord({ name: '\0', block: ROOT_BLOCK, bytes: fields.rootBytes, flags: 2 }).copy(sector, 156);
  return sector;
}
