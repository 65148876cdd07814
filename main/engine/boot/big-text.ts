import { codeAlphabet } from '../clients/approval-code.ts';

/** Codes in letters that can be read from across a room. Pure. */

/** Five rows of five dots for each character of `codeAlphabet`, in its order. */
const glyphRows = [
  // 3     4     6     7     9     A     C     E     F     H
  '####. ..##. .###. ##### .###. .###. .#### ##### ##### #...#',
  '....# .#.#. #.... ....# #...# #...# #.... #.... #.... #...#',
  '.###. #..#. ####. ...#. .#### ##### #.... ####. ####. #####',
  '....# ##### #...# ..#.. ....# #...# #.... #.... #.... #...#',
  '####. ...#. .###. .#... .###. #...# .#### ##### #.... #...#',
  // J     K     M     N     P     R     T     W     X     Y
  '..### #..#. #...# #...# ####. ####. ##### #...# #...# #...#',
  '...#. #.#.. ##.## ##..# #...# #...# ..#.. #...# .#.#. .#.#.',
  '...#. ##... #.#.# #.#.# ####. ####. ..#.. #.#.# ..#.. ..#..',
  '#..#. #.#.. #...# #..## #.... #..#. ..#.. ##.## .#.#. ..#..',
  '.##.. #..#. #...# #...# #.... #...# ..#.. #...# #...# ..#..',
];
const ROWS = 5;

const glyphs: ReadonlyMap<string, readonly string[]> = new Map(
  Array.from(codeAlphabet, (character, index) => {
    const half = Math.floor(index / 10) * ROWS;
    const rows = glyphRows.slice(half, half + ROWS).map((row) => row.split(' ')[index % 10] ?? '');
    return [character, rows];
  }),
);

/** The rows of a code, every dot `wide` characters wide: `#` where there is ink, a space where not. */
export function bigText(code: string, wide = 2): string[] {
  const letters = Array.from(code, (character) => glyphs.get(character) ?? Array<string>(ROWS).fill('.....'));
  return Array.from({ length: ROWS }, (_, row) =>
    letters
      .map((rows) => (rows[row] ?? '').replace(/./g, (dot) => (dot === '#' ? '#' : ' ').repeat(wide)))
      .join(' '.repeat(wide * 2))
      .trimEnd(),
  );
}
