import { createHash } from 'node:crypto';
import { newcArchive, newcPadding } from '../formats/newc-archive.ts';
import { joined, type Readable, readableBytes } from './joined-file.ts';
import type { ServedFile } from './route.ts';

/** A file that is added to an initial RAM disk. */
export interface OverlayFile {
  /** Where the system finds it, such as `/preseed.cfg`. Replaces what is there. */
  readonly path: string;
  /** Bytes at hand, or something that is read where it lies. */
  readonly content: Uint8Array | OverlaySource;
  /** Permissions; default 0644. */
  readonly mode?: number | undefined;
}

export interface OverlaySource extends Readable {
  /** Names these bytes for ever, as an entity tag does. */
  readonly tag: string;
}

/**
 * An initial RAM disk of somebody else with files added: the original, zeros up to a multiple of four, and an uncompressed archive, as
 * one file. Linux unpacks one archive after the other, whatever the first is compressed with. The size is known at once, any range can be
 * read, nothing is buffered. Throws a RangeError for files that no archive can hold (see `newcArchive`).
 */
export function overlaidFile(original: ServedFile, overlay: readonly OverlayFile[]): ServedFile {
  if (overlay.length === 0) return original;
  const contents = overlay.map(({ content }) => (content instanceof Uint8Array ? readableBytes(content) : content));
  const archive = newcArchive(
    overlay.map(({ path, mode }, index) => ({ path, mode, sizeBytes: contents[index]?.sizeBytes ?? 0 })),
  );
  const pieces = archive.map((piece) =>
    piece.kind === 'bytes'
      ? readableBytes(piece.bytes)
      : (contents[piece.fileIndex] ?? readableBytes(new Uint8Array())),
  );
  const whole = joined([original, readableBytes(newcPadding(original.sizeBytes)), ...pieces]);
  return {
    kind: original.kind,
    sizeBytes: whole.sizeBytes,
    read: async (target, positionBytes) => await whole.read(target, positionBytes),
    entityTag: overlaidTag(original.entityTag, overlay),
    contentType: original.contentType,
    close: async () => await original.close(),
  };
}

function overlaidTag(originalTag: string, overlay: readonly OverlayFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content, mode = 0 } of overlay) {
    hash.update(`${path}\0${mode}\0`);
    hash.update(content instanceof Uint8Array ? createHash('sha256').update(content).digest() : content.tag);
  }
  return `${originalTag.replace(/"$/, '')}+${hash.digest('base64url').slice(0, 16)}"`;
}
