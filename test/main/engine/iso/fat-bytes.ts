/** FAT12 file systems made by hand: clusters of 512 bytes, one table, a root directory of 512 records. */

const SECTOR = 512;
const TABLE_SECTORS = 9;
const ROOT_RECORDS = 512;
const TOTAL_SECTORS = 2000;
const ROOT_AT = (1 + TABLE_SECTORS) * SECTOR;
const DATA_AT = ROOT_AT + ROOT_RECORDS * 32;

export interface FatFields {
  readonly root: readonly Uint8Array[];
  /** Chains by name of their first cluster: each leads to the next, the last one ends. */
  readonly chains?: Readonly<Record<number, readonly number[]>>;
  /** Single entries of the table. */
  readonly entries?: Readonly<Record<number, number>>;
  /** Records in clusters. */
  readonly data?: Readonly<Record<number, readonly Uint8Array[]>>;
}

export function fatImage({ root, chains = {}, entries = {}, data = {} }: FatFields): Buffer {
  const image = Buffer.alloc(TOTAL_SECTORS * SECTOR);
  image.writeUInt16LE(SECTOR, 11);
  image[13] = 1;
  image.writeUInt16LE(1, 14);
  image[16] = 1;
  image.writeUInt16LE(ROOT_RECORDS, 17);
  image.writeUInt16LE(TOTAL_SECTORS, 19);
  image.writeUInt16LE(TABLE_SECTORS, 22);
  image.writeUInt16LE(0xaa55, 510);
  for (const chain of Object.values(chains)) {
    for (const [index, cluster] of chain.entries()) setEntry(image, cluster, chain[index + 1] ?? 0xfff);
  }
  for (const [cluster, value] of Object.entries(entries)) setEntry(image, Number(cluster), value);
  image.set(Buffer.concat(root), ROOT_AT);
  for (const [cluster, records] of Object.entries(data)) {
    image.set(Buffer.concat(records), DATA_AT + (Number(cluster) - 2) * SECTOR);
  }
  return image;
}

function setEntry(image: Buffer, cluster: number, value: number): void {
  const at = SECTOR + cluster + (cluster >> 1);
  const pair = image.readUInt16LE(at);
  image.writeUInt16LE((cluster & 1) === 0 ? (pair & 0xf000) | value : (pair & 0x000f) | (value << 4), at);
}

export function fatRecord(name: string, fields: { cluster: number; bytes?: number; isFolder?: boolean }): Buffer {
  const record = Buffer.alloc(32);
  record.write(name.padEnd(11), 0, 'latin1');
  record[11] = fields.isFolder === true ? 0x10 : 0x20;
  record.writeUInt16LE(fields.cluster, 26);
  record.writeUInt32LE(fields.bytes ?? 0, 28);
  return record;
}

/** The records of a long name, which stand in front of that of the short name. */
export function longNamePieces(name: string, shortName: string): Buffer[] {
  const short = fatRecord(shortName, { cluster: 0 });
  let checksum = 0;
  for (let index = 0; index < 11; index += 1) {
    checksum = (((checksum & 1) << 7) + (checksum >> 1) + (short[index] ?? 0)) & 0xff;
  }
  const count = Math.ceil(name.length / 13);
  return Array.from({ length: count }, (_, turn) => {
    const number = count - turn;
    const record = Buffer.alloc(32, 0xff);
    record[0] = number | (turn === 0 ? 0x40 : 0);
    record[11] = 0x0f;
    record[12] = 0;
    record[13] = checksum;
    record.writeUInt16LE(0, 26);
    for (let index = 0; index < 13; index += 1) {
      const at = index < 5 ? 1 + index * 2 : index < 11 ? 14 + (index - 5) * 2 : 28 + (index - 11) * 2;
      const position = (number - 1) * 13 + index;
      if (position <= name.length) record.writeUInt16LE(position === name.length ? 0 : name.charCodeAt(position), at);
    }
    return record;
  });
}
