import { readFileSync } from 'node:fs';
import type { Pixmap } from './pixmap.ts';

/**
 * The text that a display shows, read from its pixels: 80 x 25 characters of a known font, in the middle of whatever
 * resolution is set. Text mode of a VGA card has cells of 9 x 16 pixels, programs that draw the font themselves of 8 x 16.
 */

const COLUMNS = 80;
const ROWS = 25;
const GLYPH_WIDTH = 8;
const GLYPH_HEIGHT = 16;
const TEXT_MODE_WIDTH = 720;

const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
// A font in a program has no name; its capital A is found by its shape.
const CAPITAL_A = Buffer.from('000010386cc6c6fec6c6c6c600000000', 'hex');

/** Characters by the bits of their glyphs. */
export type Font = ReadonlyMap<string, string>;

/** The 8 x 16 font inside a program or ROM. */
export function fontInside(path: string): Font {
  const program = readFileSync(path);
  const capitalA = program.indexOf(CAPITAL_A);
  if (capitalA < 0) throw new Error(`No 8 x 16 font in ${path}`);
  const start = capitalA - 'A'.charCodeAt(0) * GLYPH_HEIGHT;
  const glyphs = new Map<string, string>();
  for (let code = FIRST_PRINTABLE; code <= LAST_PRINTABLE; code++) {
    const glyph = program.subarray(start + code * GLYPH_HEIGHT, start + (code + 1) * GLYPH_HEIGHT);
    glyphs.set(glyph.toString('hex'), String.fromCharCode(code));
  }
  return glyphs;
}

/** What QEMU's card shows in text mode. */
export const vgaFont = (): Font => fontInside('/usr/share/seabios/vgabios-stdvga.bin');

/** Rows of the display, trailing blanks cut. What is no printable character of the font is a blank. */
export function screenText(picture: Pixmap, font: Font): readonly string[] {
  const cellWidth = picture.width === TEXT_MODE_WIDTH ? GLYPH_WIDTH + 1 : GLYPH_WIDTH;
  const left = Math.max(0, (picture.width - COLUMNS * cellWidth) >> 1);
  const top = Math.max(0, (picture.height - ROWS * GLYPH_HEIGHT) >> 1);
  return Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) =>
      characterAt(picture, font, left + column * cellWidth, top + row * GLYPH_HEIGHT),
    )
      .join('')
      .trimEnd(),
  );
}

/** Red, green and blue of a pixel as one number; -1 outside the picture. */
export function colourAt({ width, height, pixels }: Pixmap, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return -1;
  const at = (y * width + x) * 3;
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function characterAt(picture: Pixmap, font: Font, left: number, top: number): string {
  // No printable character of this font reaches into the corner of its cell.
  const background = colourAt(picture, left, top);
  const bytes = Array.from({ length: GLYPH_HEIGHT }, (_, y) =>
    Array.from({ length: GLYPH_WIDTH }, (_, x) =>
      colourAt(picture, left + x, top + y) === background ? 0 : 0x80 >> x,
    ).reduce((byte, bit) => byte | bit),
  );
  return font.get(Buffer.from(bytes).toString('hex')) ?? ' ';
}
