import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecked } from './command.ts';

/**
 * A disk with a system on it that only says on the serial console that it runs: a boot sector for BIOS, and a loader in an EFI
 * system partition for UEFI.
 */

export const DISK_RUNS = /The system on the disk runs/g;

const SECTOR_BYTES = 512;
const PARTITION_SECTOR = 2048;
const PARTITION_SECTORS = 30 * 2048;
const DISK_BYTES = 32 * 1024 * 1024;
const TEXT = 'The system on the disk runs\r\n';

export interface SystemDisk extends AsyncDisposable {
  /** Raw image. */
  readonly path: string;
}

export async function buildSystemDisk(): Promise<SystemDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-disk-'));
  const disposable = { [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true, force: true }) };
  try {
    const path = join(folder, 'disk.img');
    await writeFile(path, '');
    await truncate(path, DISK_BYTES);
    {
      await using file = await open(path, 'r+');
      await file.write(bootSector(), 0, SECTOR_BYTES, 0);
    }
    const partition = `${path}@@${PARTITION_SECTOR * SECTOR_BYTES}`;
    const geometry = ['-T', String(PARTITION_SECTORS), '-h', '64', '-s', '32'];
    await runChecked(['mformat', '-i', partition, ...geometry, '-v', 'ESP', '::']);
    await runChecked(['mmd', '-i', partition, '::/EFI', '::/EFI/BOOT']);
    await runChecked(['mcopy', '-i', partition, await buildLoader(folder), '::/EFI/BOOT/BOOTX64.EFI']);
    return { path, ...disposable };
  } catch (error) {
    await disposable[Symbol.asyncDispose]();
    throw error;
  }
}

async function buildLoader(folder: string): Promise<string> {
  const [configuration, loader] = [join(folder, 'start.cfg'), join(folder, 'bootx64.efi')];
  await writeFile(configuration, `echo '${TEXT.trim()}'\nwhile true; do sleep 60; done\n`);
  const modules = 'normal echo sleep true';
  await runChecked(`grub-mkimage -O x86_64-efi -p /none -c ${configuration} -o ${loader} ${modules}`.split(' '));
  return loader;
}

/** Real mode, at 0x7c00: writes the text to the first serial port, then stands still. */
const printsText = [
  ['xor ax, ax', '31c0'],
  ['mov ds, ax', '8ed8'],
  ['cld', 'fc'],
  ['mov si, text', 'be167c'],
  ['mov dx, 0x3f8', 'baf803'],
  ['next: lodsb', 'ac'],
  ['test al, al', '84c0'],
  ['jz stand', '7403'],
  ['out dx, al', 'ee'],
  ['jmp next', 'ebf8'],
  ['stand: hlt', 'f4'],
  ['jmp stand', 'ebfd'],
] as const;

function bootSector(): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  const code = Buffer.from(printsText.map(([, bytes]) => bytes).join(''), 'hex');
  Buffer.concat([code, Buffer.from(`${TEXT}\0`)]).copy(sector);
  // One partition: active, an EFI system partition.
  sector.writeUInt8(0x80, 446);
  sector.writeUInt8(0xef, 450);
  sector.writeUInt32LE(PARTITION_SECTOR, 454);
  sector.writeUInt32LE(PARTITION_SECTORS, 458);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
