/** Bytes of a source that are in memory, lent: they stay as they are until `release`, which is called exactly once. */
export interface LentBytes {
  readonly bytes: Uint8Array;
  release(): void;
}

/** Random access to the bytes of an image, wherever they are. */
export interface ByteSource {
  /** Names the image in errors. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the open file that it is; absent where it is none. */
  readonly descriptor?: number | undefined;
  /**
   * Fills `target` from `positionBytes` on and resolves to the number of bytes read, which is less than `target.length`
   * only at the end. Reads may overlap. Rejects with E_IMAGE_CHANGED or E_IMAGE_NOT_READABLE.
   */
  read(target: Uint8Array, positionBytes: number): Promise<number>;
  /**
   * Some bytes from `positionBytes` on, at least one and at most `maxBytes`, without a copy of them being made. Undefined where there are
   * none to lend at the moment: `read` always works. Rejects as `read` does.
   */
  lend?(positionBytes: number, maxBytes: number): Promise<LentBytes | undefined>;
  /** Rejects as `read` would where the source is no longer what it was, without reading; for who has its bytes already. */
  check?(): Promise<void>;
}

/** An image in memory. */
export function memorySource(bytes: Uint8Array, path = 'memory.iso'): ByteSource {
  return {
    path,
    sizeBytes: bytes.length,
    read(target, positionBytes) {
      const part = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      return Promise.resolve(part.length);
    },
  };
}
