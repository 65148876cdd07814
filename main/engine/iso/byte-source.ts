/** Random access to the bytes of an image, wherever they are. */
export interface ByteSource {
  /** Names the image in errors. */
  readonly path: string;
  readonly sizeBytes: number;
  /**
   * Fills `target` from `positionBytes` on and resolves to the number of bytes read, which is less than `target.length`
   * only at the end. Reads may overlap. Rejects with E_IMAGE_CHANGED or E_IMAGE_NOT_READABLE.
   */
  read(target: Uint8Array, positionBytes: number): Promise<number>;
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
