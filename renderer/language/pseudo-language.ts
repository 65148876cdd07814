/**
 * English as if it were another language: accented, 40 % longer and in brackets. A word on a screen that is in no
 * catalogue stays plain, and a layout that has no room for German shows it.
 */

const accented: Readonly<Record<string, string>> = { a: 'á', c: 'ç', e: 'é', i: 'î', n: 'ñ', o: 'ö', u: 'ü', A: 'Å' };
const filling = ' one two three four five six seven eight nine ten eleven twelve';

/** Pure. What a program reads (an error's code) stays as it is. */
export function pseudoText(text: string): string {
  if (text === '' || /^E_[A-Z_]+$/.test(text)) return text;
  const missing = Math.max(0, Math.ceil(text.length * 0.4) - 2);
  const more = filling.repeat(Math.ceil(missing / filling.length)).slice(0, missing);
  return `[${text.replaceAll(/[aceinouA]/g, (letter) => accented[letter] ?? letter)}${more}]`;
}

/** The same catalogue with every text, and what every function says, in the pseudo-language. */
export function pseudoCatalogue<Words>(words: Words): Words {
  return translated(words) as Words;
}

function translated(value: unknown): unknown {
  if (typeof value === 'string') return pseudoText(value);
  if (typeof value === 'function') return (...facts: unknown[]) => pseudoText(String(value(...facts)));
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, translated(inner)]));
}
