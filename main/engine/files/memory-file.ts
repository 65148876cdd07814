import { createHash } from 'node:crypto';
import type { FileKind } from '../../contract/events.ts';
import type { ServedFile } from './route.ts';

/** A file made of bytes in memory: a generated script, a small loader. */
export function memoryFile(kind: FileKind, content: string | Uint8Array, contentType?: string): ServedFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    kind,
    sizeBytes: bytes.length,
    entityTag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    contentType,
    direct: { kind: 'bytes', bytes },
    read(target, positionBytes) {
      const part = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}
