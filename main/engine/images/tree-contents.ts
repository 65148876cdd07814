import { type Entry, type ImageDescription, WHOLE_IMAGE } from '../../contract/image.ts';
import { diagnosticsAmong } from '../boot/diagnostics.ts';
import { grubScript } from '../boot/grub-script.ts';
import { ipxeMenuScript } from '../boot/ipxe-script.ts';
import type { Menu } from '../boot/menu.ts';
import { pxelinuxScript } from '../boot/pxelinux-script.ts';
import type { ImageFs } from '../iso/image-fs.ts';
import { packedHypervisors, unpackedHypervisor } from './hypervisor.ts';
import { filledText } from './rewritten-files.ts';
import type { OpenedImage } from '../iso/open-image.ts';

/** What a boot tree consists of. */

export interface TreeScript {
  readonly path: string;
  readonly text: string;
}

export interface TreeFile {
  /** Path in the tree. */
  readonly path: string;
  readonly sizeBytes: number;
  read(target: Uint8Array, positionBytes: number): Promise<number>;
}

/** Seconds a menu waits for a person before it starts its default entry. */
const menuTimeoutSeconds = 30;

/** Pure: the generated scripts. With an entry chosen it starts at once, else the menu is shown. */
export function treeScripts(
  image: ImageDescription,
  chosen: Entry | undefined,
  baseUrl: string | undefined,
  loaders: ReadonlySet<string> = new Set(),
): TreeScript[] {
  const menu: Menu = {
    title: image.name,
    imageId: image.id,
    entries: image.entries,
    defaultEntryId: chosen?.id ?? image.defaultEntryId,
    timeoutSeconds: chosen === undefined ? menuTimeoutSeconds : undefined,
    baseUrl,
    diagnostics: diagnosticsAmong(loaders),
  };
  const ipxe = ipxeMenuScript(menu);
  return [
    { path: 'boot.ipxe', text: ipxe },
    // What iPXE asks for by itself, beside the file that it was started from.
    { path: 'autoexec.ipxe', text: ipxe },
    { path: 'grub/grub.cfg', text: grubScript(menu) },
    { path: 'pxelinux.cfg/default', text: pxelinuxScript(menu) },
    ...rewrittenTexts(image, baseUrl),
  ];
}

/** What the image's recipe rewrites for the network. It names the server, so there is none without its address. */
function rewrittenTexts({ id, rewrittenFiles = [] }: ImageDescription, baseUrl: string | undefined): TreeScript[] {
  if (baseUrl === undefined) return [];
  return rewrittenFiles.map(({ path, text }) => ({ path: `${id}/${path}`, text: filledText(text, id, baseUrl) }));
}

/**
 * Kernels and initrds; with `systemFiles` also what their command lines fetch from the station, so that a server that knows nothing of
 * the image has it.
 */
export async function treeFiles(
  { fs, source }: Pick<OpenedImage, 'fs' | 'source'>,
  image: ImageDescription,
  systemFiles: boolean,
): Promise<TreeFile[]> {
  const paths = new Set(image.extracted.map(({ path }) => path));
  const { inside, wholeImage } = systemFiles ? fetchedFiles(image.entries) : { inside: [], wholeImage: false };
  for (const path of inside) paths.add(path);
  const rewritten = new Set(image.rewrittenFiles?.map(({ path }) => path.toLowerCase()));
  for (const path of paths) if (rewritten.has(path.toLowerCase())) paths.delete(path);
  const files: TreeFile[] = [];
  for (const path of paths) {
    const file = await openFile(fs, path);
    if (file !== undefined) files.push({ ...file, path: `${image.id}/${path}` });
  }
  for (const [to, from] of packedHypervisors(image)) {
    const bytes = await unpackedHypervisor(fs, from, image.path);
    files.push({
      path: `${image.id}/${to}`,
      sizeBytes: bytes.length,
      read: (target, positionBytes) => {
        const part = bytes.subarray(positionBytes, positionBytes + target.length);
        target.set(part);
        return Promise.resolve(part.length);
      },
    });
  }
  if (wholeImage) {
    files.push({
      path: `${image.id}.iso`,
      sizeBytes: source.sizeBytes,
      read: async (target, positionBytes) => await source.read(target, positionBytes),
    });
  }
  return files;
}

async function openFile(fs: ImageFs, path: string): Promise<Omit<TreeFile, 'path'> | undefined> {
  const file = await fs.open(path);
  if (file === undefined) return undefined;
  return {
    sizeBytes: file.sizeBytes,
    read: async (target, positionBytes) => await file.read(target, positionBytes),
  };
}

/** Pure: what command lines name as `{http}/{iso}/…` and `{http}/{iso}.iso`, and what goes into initial RAM disks. */
export function fetchedFiles(entries: readonly Entry[]): { inside: string[]; wholeImage: boolean } {
  const variants = entries.flatMap((entry) => entry.variants);
  const lines = variants.map(({ commandLine }) => commandLine);
  const loaded = variants.flatMap(({ kernel, injected = [] }) => [kernel, ...injected.map(({ from }) => from)]);
  const inside = lines
    .flatMap((line) => [...line.matchAll(/\{http\}\/\{iso\}\/([^\s?#]+)/g)])
    .flatMap(([, encoded = '']) => decoded(encoded) ?? [])
    // A folder is served file by file and is no part of the tree.
    .filter((path) => !path.endsWith('/'));
  return {
    inside: [...new Set([...inside, ...loaded.filter((path) => path !== WHOLE_IMAGE)])],
    wholeImage: loaded.includes(WHOLE_IMAGE) || lines.some((line) => line.includes(`{http}/${WHOLE_IMAGE}`)),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
