import { parsePeImage } from '../../formats/pe-image.ts';
import type { ImageFile } from '../../iso/image-fs.ts';

/** What a unified kernel says of itself (UAPI.5): kernel, initial RAM disk and command line in one EFI application. */
export interface UnifiedKernel {
  readonly title: string | undefined;
  readonly commandLine: string;
}

const HEAD_BYTES = 16 * 1024;
const maxSectionBytes = 64 * 1024;

/** Undefined where the file is another EFI application. */
export async function readUnifiedKernel(file: ImageFile): Promise<UnifiedKernel | undefined> {
  const head = new Uint8Array(Math.min(HEAD_BYTES, file.sizeBytes));
  const sections = parsePeImage(head.subarray(0, await file.read(head, 0)))?.sections ?? [];
  if (!sections.some(({ name }) => name === '.linux')) return undefined;
  const text = async (wanted: string): Promise<string> => {
    const section = sections.find(({ name }) => name === wanted);
    if (section === undefined || section.sizeBytes > maxSectionBytes) return '';
    const bytes = new Uint8Array(section.sizeBytes);
    const length = await file.read(bytes, section.offsetBytes);
    return new TextDecoder().decode(bytes.subarray(0, length)).replace(/\0[^]*$/, '');
  };
  const release = await text('.osrel');
  const name = /^PRETTY_NAME=(["']?)(.*?)\1\s*$/m.exec(release)?.[2];
  const commandLine = (await text('.cmdline')).replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return { title: name === '' ? undefined : name, commandLine: commandLine.slice(0, 2000) };
}
