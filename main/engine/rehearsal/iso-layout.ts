import {
  bootCatalogue,
  bootRecord,
  directoryRecord,
  ENDORSEMENT,
  parentRecord,
  pathTable,
  type PathTableEntry,
  primaryDescriptor,
  rockRidge,
  SECTOR_BYTES,
  selfRecord,
  terminator,
} from './iso-structures.ts';

/** Where everything goes on a small disc: ISO 9660 level 1 with Rock Ridge names and an El Torito catalogue. Pure. */

export interface IsoFile {
  /** `/`-separated, without a leading slash. */
  readonly path: string;
  readonly sizeBytes: number;
  /** What is not zero of it: bytes and where in the file they stand. */
  readonly parts: readonly { readonly offsetBytes: number; readonly bytes: Uint8Array }[];
}

export interface IsoPlan {
  readonly sizeBytes: number;
  /** Everything that is not zero, by its place in the image. */
  readonly parts: readonly { readonly offsetBytes: number; readonly bytes: Uint8Array }[];
}

export interface IsoContents {
  readonly volumeLabel: string;
  readonly files: readonly IsoFile[];
  /** Paths of the files that firmware starts from the disc. */
  readonly boot: { readonly bios: string; readonly uefi: string };
}

interface Folder {
  readonly path: string;
  readonly name: string;
  readonly parent: Folder | undefined;
  readonly folders: Folder[];
  readonly files: (IsoFile & { readonly name: string; sector: number })[];
  sector: number;
}

const FIRST_FREE_SECTOR = 19;

export function layOutIso({ volumeLabel, files, boot }: IsoContents): IsoPlan {
  const folders = foldersOf(files);
  const parts: { offsetBytes: number; bytes: Uint8Array }[] = [];
  let nextSector = FIRST_FREE_SECTOR;
  const take = (sizeBytes: number): number => {
    const sector = nextSector;
    nextSector += Math.max(1, Math.ceil(sizeBytes / SECTOR_BYTES));
    return sector;
  };
  const put = (sector: number, bytes: Uint8Array): void => {
    parts.push({ offsetBytes: sector * SECTOR_BYTES, bytes });
  };

  const catalogueSector = take(SECTOR_BYTES);
  const pathTableBytes = pathTable(tableEntries(folders), 'little').length;
  const littleTable = take(pathTableBytes);
  const bigTable = take(pathTableBytes);
  for (const folder of folders) folder.sector = take(SECTOR_BYTES);
  const sectorOf = new Map<string, number>();
  for (const file of folders.flatMap(({ files }) => files)) {
    file.sector = take(file.sizeBytes);
    sectorOf.set(file.path, file.sector);
    for (const { offsetBytes, bytes } of file.parts) {
      parts.push({ offsetBytes: file.sector * SECTOR_BYTES + offsetBytes, bytes });
    }
  }

  const [root] = folders;
  if (root === undefined) throw new RangeError('An image without a root');
  const tables = { bytes: pathTableBytes, littleSector: littleTable, bigSector: bigTable };
  put(16, primaryDescriptor({ volumeLabel, sectors: nextSector, rootSector: root.sector, tables }));
  put(17, bootRecord(catalogueSector));
  put(18, terminator());
  put(catalogueSector, bootCatalogue({ bios: sectorOf.get(boot.bios) ?? 0, uefi: sectorOf.get(boot.uefi) ?? 0 }));
  put(littleTable, pathTable(tableEntries(folders), 'little'));
  put(bigTable, pathTable(tableEntries(folders), 'big'));
  for (const folder of folders) put(folder.sector, folderBytes(folder));
  return { sizeBytes: nextSector * SECTOR_BYTES, parts };
}

/** The root first, then by depth, as the path table wants them. */
function foldersOf(files: readonly IsoFile[]): Folder[] {
  const byPath = new Map<string, Folder>();
  const folderAt = (path: string): Folder => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const parent = path === '' ? undefined : folderAt(parentOf(path));
    const folder: Folder = { path, name: nameOf(path), parent, folders: [], files: [], sector: 0 };
    byPath.set(path, folder);
    parent?.folders.push(folder);
    return folder;
  };
  folderAt('');
  for (const file of files) folderAt(parentOf(file.path)).files.push({ ...file, name: nameOf(file.path), sector: 0 });
  const depth = ({ path }: Folder): number => (path === '' ? 0 : path.split('/').length);
  return [...byPath.values()].toSorted((a, b) => depth(a) - depth(b) || a.path.localeCompare(b.path, 'en'));
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function tableEntries(folders: readonly Folder[]): PathTableEntry[] {
  return folders.map(({ name, sector, parent }) => ({
    identifier: name === '' ? Uint8Array.of(0) : folderIdentifier(name),
    sector,
    parentNumber: parent === undefined ? 1 : folders.indexOf(parent) + 1,
  }));
}

function folderBytes(folder: Folder): Uint8Array {
  const isRoot = folder.parent === undefined;
  const systemUse = isRoot ? ENDORSEMENT : new Uint8Array(0);
  const records = [
    ...folder.folders.map(({ name, sector }) => ({
      identifier: folderIdentifier(name),
      sector,
      sizeBytes: SECTOR_BYTES,
      isFolder: true,
      systemUse: rockRidge(name, true),
    })),
    ...folder.files.map(({ name, sector, sizeBytes }) => ({
      identifier: fileIdentifier(name),
      sector,
      sizeBytes,
      isFolder: false,
      systemUse: rockRidge(name, false),
    })),
  ].toSorted((a, b) => Buffer.compare(a.identifier, b.identifier));
  const names = new Set(records.map((record) => Buffer.from(record.identifier).toString('latin1')));
  if (names.size < records.length) throw new RangeError(`Two names of ${folder.path} are the same in ISO 9660`);
  const bytes = Buffer.concat([
    selfRecord(folder.sector, systemUse),
    parentRecord((folder.parent ?? folder).sector),
    ...records.map(directoryRecord),
  ]);
  if (bytes.length > SECTOR_BYTES) throw new RangeError(`The folder ${folder.path} does not fit into one sector`);
  return bytes;
}

const plain = (text: string, length: number): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .slice(0, length);

/** Names as ISO 9660 level 1 has them: eight and three characters of A-Z, 0-9 and _. */
const folderIdentifier = (name: string): Uint8Array => Buffer.from(plain(name, 8), 'latin1');

function fileIdentifier(name: string): Uint8Array {
  const dot = name.lastIndexOf('.');
  const [base, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ''];
  return Buffer.from(`${plain(base, 8)}.${plain(extension, 3)};1`, 'latin1');
}
