/** A picture of a machine's display. */
export interface Pixmap {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row from the top left. */
  readonly pixels: Uint8Array;
}

/** Reads a binary PPM ("P6") with 8 bits a colour, as QEMU writes it. */
export function parsePixmap(bytes: Uint8Array): Pixmap {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (header === null) throw new Error('Not a PPM picture');
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = bytes.subarray(header[0].length);
  if (pixels.length !== width * height * 3) throw new Error('The picture is cut short');
  return { width, height, pixels };
}
