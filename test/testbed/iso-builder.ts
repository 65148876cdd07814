import { access, mkdir, mkdtemp, open, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runChecked } from './command.ts';
import { isInstalled } from './gate.ts';

/** Builds disc images for tests with the programs that build real ones. */

/** What to put at a path: contents, a file of that many bytes that are zero save where written, a link, a folder. */
export type IsoContent =
  | string
  | Uint8Array
  | { readonly sparseBytes: number; readonly written?: readonly { readonly at: number; readonly text: string }[] }
  | { readonly linkTarget: string }
  | { readonly folder: true };

export interface IsoOptions {
  readonly files: Readonly<Record<string, IsoContent>>;
  readonly label?: string;
  readonly tool?: 'xorriso' | 'genisoimage';
  /** Options of mkisofs, which both programs take; default: Rock Ridge and Joliet. xorriso does without Rock Ridge by `--norock` only. */
  readonly options?: readonly string[];
  /** El Torito entries: paths of files of the image. */
  readonly boot?: { readonly bios?: string; readonly efi?: string };
  /** Also boots from a USB stick (xorriso only). */
  readonly hybrid?: boolean;
  /** All times in the image; default 2024-02-29T12:34:56Z. */
  readonly modifiedAt?: Date;
  /** Where to write it; default: a folder of its own, which goes away when the result is disposed of. */
  readonly path?: string;
}

export interface BuiltIso extends AsyncDisposable {
  readonly path: string;
}

/** Master boot record of ISOLINUX that turns an image into a hybrid one. */
const HYBRID_MBR = '/usr/lib/ISOLINUX/isohdpfx.bin';

export const canBuildIso = (): boolean => ['xorriso', 'genisoimage'].every(isInstalled);

export async function buildIso(options: IsoOptions): Promise<BuiltIso> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-iso-'));
  try {
    const tree = join(folder, 'tree');
    await mkdir(tree);
    const modifiedAt = options.modifiedAt ?? new Date('2024-02-29T12:34:56Z');
    for (const [path, content] of Object.entries(options.files)) {
      await writeContent(join(tree, path), content);
      if (!isLink(content)) await utimes(join(tree, path), modifiedAt, modifiedAt);
    }
    const path = options.path ?? join(folder, 'image.iso');
    const partial = `${path}.${process.pid}.partial`;
    // Through a pipe, so that runs of zeros become holes: neither program writes sparse files by itself.
    const pipe = 'out=$1; shift; "$@" | dd of="$out" bs=1M iflag=fullblock conv=sparse status=none';
    await runChecked(['bash', '-o', 'pipefail', '-c', pipe, 'bash', partial, ...mkisofs(options, tree)], {
      timeoutMs: 300_000,
    });
    await rename(partial, path);
    await rm(tree, { recursive: true });
    return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

export const BIG_ISO_FILES = 30_000;
export const BIG_ISO_LABEL = 'FIELDBOOT_BIG';
export const BIG_ISO_SQUASHFS_BYTES = 4.5 * 1024 ** 3;
/** What is not zero in its squashfs: both ends, and around the end of the first extent, a little below 4 GiB. */
export const BIG_ISO_MARKS = [0, 2 ** 32 - 2052, 2 ** 32 - 4, BIG_ISO_SQUASHFS_BYTES - 8].map((at) => ({
  at,
  text: String(at).padStart(8, '_').slice(-8),
}));

/** About 5 GB with 30,000 files (Rock Ridge and Joliet), on disk some 100 MB; built once, kept in the ignored `.testbed/`. */
export async function buildBigIso(): Promise<string> {
  const path = resolve(import.meta.dirname, '../../.testbed/big-2.iso');
  try {
    await access(path);
    return path;
  } catch {
    await mkdir(dirname(path), { recursive: true });
  }
  const files: Record<string, IsoContent> = {
    '.disk/info': 'Fieldboot big test image\n',
    'isolinux/isolinux.bin': Buffer.alloc(24 * 1024, 0x90),
    'isolinux/isolinux.cfg':
      'default live\nlabel live\n kernel /live/vmlinuz\n append initrd=/live/initrd.img boot=live\n',
    'live/vmlinuz': Buffer.alloc(8 * 1024 * 1024, 'kernel'),
    'live/initrd.img': Buffer.alloc(32 * 1024 * 1024, 'initrd'),
    'live/filesystem.squashfs': { sparseBytes: BIG_ISO_SQUASHFS_BYTES, written: BIG_ISO_MARKS },
  };
  // 10,000 files in one folder, as a package pool flattened by hand has them; the others 100 to a folder.
  const others = BIG_ISO_FILES - Object.keys(files).length;
  for (let index = 0; index < others; index += 1) {
    const folder = index < 10_000 ? 'pool/flat' : `pool/main/${Math.floor(index / 100)}`;
    files[`${folder}/package-with-a-longish-name_${index}_amd64.deb`] = `package ${index}\n`;
  }
  const built = await buildIso({ files, label: BIG_ISO_LABEL, boot: { bios: 'isolinux/isolinux.bin' }, path });
  // Takes only the folder that it was built in.
  await built[Symbol.asyncDispose]();
  return path;
}

function mkisofs(options: IsoOptions, tree: string): string[] {
  const { tool = 'xorriso', label = 'FIELDBOOT', options: own = ['-R', '-J', '-joliet-long'], boot } = options;
  const words = tool === 'xorriso' ? ['xorriso', '-as', 'mkisofs'] : ['genisoimage'];
  words.push('-quiet', '-V', label, '-iso-level', '3', ...own);
  if (boot?.bios !== undefined) {
    words.push('-c', 'boot.cat', '-b', boot.bios, '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table');
  }
  if (boot?.efi !== undefined) {
    if (boot.bios !== undefined) words.push('-eltorito-alt-boot');
    words.push('-e', boot.efi, '-no-emul-boot');
  }
  if (options.hybrid === true) words.push('-isohybrid-mbr', HYBRID_MBR, '-partition_offset', '16');
  return [...words, '-o', '-', tree];
}

const isLink = (content: IsoContent): boolean => typeof content === 'object' && 'linkTarget' in content;

async function writeContent(path: string, content: IsoContent): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(path, content);
  else if ('folder' in content) await mkdir(path, { recursive: true });
  else if ('linkTarget' in content) await symlink(content.linkTarget, path);
  else await writeSparse(path, content.sparseBytes, content.written ?? []);
}

async function writeSparse(
  path: string,
  sizeBytes: number,
  written: readonly { at: number; text: string }[],
): Promise<void> {
  await using file = await open(path, 'w');
  await file.truncate(sizeBytes);
  for (const { at, text } of written) await file.write(text, at);
}
