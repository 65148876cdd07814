/** The structures of ECMA-119 (ISO 9660), Rock Ridge and El Torito that a small disc is made of. Pure. */

export const SECTOR_BYTES = 2048;

/** One time for everything: the same contents make the same image. 2024-01-01 00:00:00 UTC. */
const RECORDING_TIME = [124, 1, 1, 0, 0, 0, 0];
const VOLUME_TIME = '2024010100000000\0';
const NO_TIME = '0000000000000000\0';

const bothEndian16 = (value: number): Uint8Array => Uint8Array.of(value, value >> 8, value >> 8, value);

function bothEndian32(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
}

export interface RecordFields {
  readonly identifier: Uint8Array;
  readonly sector: number;
  readonly sizeBytes: number;
  readonly isFolder: boolean;
  readonly systemUse: Uint8Array;
}

/** 9.1: one record of a directory. */
export function directoryRecord({ identifier, sector, sizeBytes, isFolder, systemUse }: RecordFields): Uint8Array {
  const systemUseAt = 33 + identifier.length + (identifier.length % 2 === 0 ? 1 : 0);
  const length = systemUseAt + systemUse.length + (systemUse.length % 2);
  if (length > 255) throw new RangeError(`A directory record of ${length} bytes`);
  const record = Buffer.alloc(length);
  record[0] = length;
  record.set(bothEndian32(sector), 2);
  record.set(bothEndian32(sizeBytes), 10);
  record.set(RECORDING_TIME, 18);
  record[25] = isFolder ? 2 : 0;
  record.set(bothEndian16(1), 28);
  record[32] = identifier.length;
  record.set(identifier, 33);
  record.set(systemUse, systemUseAt);
  return record;
}

const folderRecord = (identifier: number, sector: number, systemUse: Uint8Array): Uint8Array =>
  directoryRecord({
    identifier: Uint8Array.of(identifier),
    sector,
    sizeBytes: SECTOR_BYTES,
    isFolder: true,
    systemUse: Buffer.concat([systemUse, posixAttributes(true)]),
  });

export const selfRecord = (sector: number, systemUse: Uint8Array): Uint8Array => folderRecord(0, sector, systemUse);
export const parentRecord = (sector: number): Uint8Array => folderRecord(1, sector, new Uint8Array(0));

const suspEntry = (signature: string, data: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(signature, 'latin1'), Uint8Array.of(data.length + 4, 1), data]);

/** First in the root's own record: this disc uses SUSP, and Rock Ridge in it. Other readers look for both. */
export const ENDORSEMENT = Buffer.concat([
  suspEntry('SP', Uint8Array.of(0xbe, 0xef, 0)),
  suspEntry('ER', Buffer.concat([Uint8Array.of(10, 0, 0, 1), Buffer.from('RRIP_1991A', 'latin1')])),
]);

function posixAttributes(isFolder: boolean): Uint8Array {
  const [mode, links] = isFolder ? [0o040555, 2] : [0o100444, 1];
  return suspEntry('PX', Buffer.concat([mode, links, 0, 0].map(bothEndian32)));
}

/** The system use area of a record: the real name, and what kind of file it is. */
export const rockRidge = (name: string, isFolder: boolean): Uint8Array =>
  Buffer.concat([
    suspEntry('NM', Buffer.concat([Uint8Array.of(0), Buffer.from(name, 'utf8')])),
    posixAttributes(isFolder),
  ]);

export interface PathTableEntry {
  readonly identifier: Uint8Array;
  readonly sector: number;
  /** Of the parent, counted from 1. */
  readonly parentNumber: number;
}

/** 9.4: all directories once more, in a list. */
export function pathTable(entries: readonly PathTableEntry[], order: 'little' | 'big'): Uint8Array {
  return Buffer.concat(
    entries.map(({ identifier, sector, parentNumber }) => {
      const entry = Buffer.alloc(8 + identifier.length + (identifier.length % 2));
      entry[0] = identifier.length;
      if (order === 'little') {
        entry.writeUInt32LE(sector, 2);
        entry.writeUInt16LE(parentNumber, 6);
      } else {
        entry.writeUInt32BE(sector, 2);
        entry.writeUInt16BE(parentNumber, 6);
      }
      entry.set(identifier, 8);
      return entry;
    }),
  );
}

/** 8.4 */
export function primaryDescriptor(volume: {
  volumeLabel: string;
  sectors: number;
  rootSector: number;
  tables: { bytes: number; littleSector: number; bigSector: number };
}): Uint8Array {
  const { volumeLabel, sectors, rootSector, tables } = volume;
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.write('\x01CD001\x01', 0, 'latin1');
  sector.write(' '.repeat(32), 8, 'latin1');
  sector.write(volumeLabel.padEnd(32).slice(0, 32), 40, 'latin1');
  sector.set(bothEndian32(sectors), 80);
  for (const offset of [120, 124]) sector.set(bothEndian16(1), offset);
  sector.set(bothEndian16(SECTOR_BYTES), 128);
  sector.set(bothEndian32(tables.bytes), 132);
  sector.writeUInt32LE(tables.littleSector, 140);
  sector.writeUInt32BE(tables.bigSector, 148);
  const root = { identifier: Uint8Array.of(0), sector: rootSector, sizeBytes: SECTOR_BYTES, isFolder: true };
  sector.set(directoryRecord({ ...root, systemUse: new Uint8Array(0) }), 156);
  sector.write(' '.repeat(623), 190, 'latin1');
  sector.write(VOLUME_TIME.repeat(2) + NO_TIME.repeat(2), 813, 'latin1');
  sector[881] = 1;
  return sector;
}

/** El Torito 2.0: where the catalogue is. */
export function bootRecord(catalogueSector: number): Uint8Array {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.write('\0CD001\x01EL TORITO SPECIFICATION', 0, 'latin1');
  sector.writeUInt32LE(catalogueSector, 71);
  return sector;
}

export function terminator(): Uint8Array {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.write('\xffCD001\x01', 0, 'latin1');
  return sector;
}

const UEFI_PLATFORM = 0xef;

/** What firmware starts from the disc, by the sectors where it lies: the BIOS image, then a section for UEFI. */
export function bootCatalogue({ bios, uefi }: { bios: number; uefi: number }): Uint8Array {
  const catalogue = Buffer.alloc(SECTOR_BYTES);
  catalogue[0] = 1;
  catalogue.set([0x55, 0xaa], 30);
  let sum = 0;
  for (let offset = 0; offset < 32; offset += 2) sum += catalogue.readUInt16LE(offset);
  catalogue.writeUInt16LE(-sum & 0xffff, 28);
  const entry = (offset: number, sector: number): void => {
    catalogue[offset] = 0x88;
    catalogue.writeUInt16LE(4, offset + 6);
    catalogue.writeUInt32LE(sector, offset + 8);
  };
  entry(32, bios);
  catalogue.set([0x91, UEFI_PLATFORM, 1, 0], 64);
  entry(96, uefi);
  return catalogue;
}
