import { parsePeImage } from '../../formats/pe-image.ts';
import type { ConfigReader } from './config-reader.ts';
import type { MenuEntry } from './menu-entry.ts';

/** What firmware starts by itself from a medium (UEFI 2.10, 3.5.1.1). */
const programs = /^boot(x64|ia32|aa64|arm|riscv64|loongarch64)\.efi$/i;

/** Beside these the program is a loader, which looks for its menu on the disc. */
const partsOfLoaders = /^(grub|mm|fb|shim|refind|bootmgr)[^/]*\.efi$/i;

/** Sections that only loaders have: GRUB's modules, systemd-boot's mark. */
const sectionsOfLoaders = new Set(['mods', '.sdmagic']);

const HEAD_BYTES = 16 * 1024;

/**
 * The programs that UEFI starts from an image without asking a menu: shells, memory tests and the like stand alone, and run from anywhere.
 * Loaders are left out: what they look for is on the disc.
 */
export async function readEfiTree(reader: ConfigReader): Promise<MenuEntry[]> {
  const entries: MenuEntry[] = [];
  for (const folder of ['EFI/BOOT', ...reader.mounts.map((mount) => `${mount.folder}/EFI/BOOT`)]) {
    const names = await reader.fileNames(folder);
    if (names.some((name) => partsOfLoaders.test(name))) continue;
    for (const name of names.filter((one) => programs.test(one))) {
      const path = `${folder}/${name}`;
      if (!(await standsAlone(reader, path))) continue;
      const base = { loader: 'firmware', method: 'efi', initrds: [], words: [], isDefault: false, folder: '' } as const;
      entries.push({ ...base, titles: [path], kernel: `/${path}`, file: path });
    }
  }
  return entries;
}

async function standsAlone(reader: ConfigReader, path: string): Promise<boolean> {
  const file = await reader.open(path);
  if (file === undefined) return false;
  const head = new Uint8Array(Math.min(HEAD_BYTES, file.sizeBytes));
  const sections = parsePeImage(head.subarray(0, await file.read(head, 0)))?.sections;
  return sections !== undefined && !sections.some(({ name }) => sectionsOfLoaders.has(name));
}
