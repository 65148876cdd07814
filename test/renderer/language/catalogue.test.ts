import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Translation, catalogueOf } from '../../../renderer/language/catalogue.ts';
import { languageOf, offeredLanguages } from '../../../renderer/language/language.ts';
import { pseudoText } from '../../../renderer/language/pseudo-language.ts';

const english = {
  title: 'Which image?',
  count: (count: number) => `${count} machines`,
  deep: { list: [{ text: 'Cable' }], code: 'E_STATION_LOST' },
} as const;

describe('a catalogue', () => {
  const words = catalogueOf<typeof english>({ en: english });

  it('speaks English as it was written', () => {
    expect(words('en').title).toBe('Which image?');
    expect(words('en').count(3)).toBe('3 machines');
  });

  it('speaks the pseudo-language in every text and whatever a function says, and leaves codes alone', () => {
    const pseudo = words('en-XA');
    expect(pseudo.title).toBe('[Whîçh îmágé? on]');
    expect(pseudo.count(3)).toBe(pseudoText('3 machines'));
    expect(pseudo.deep.list[0].text).toBe(pseudoText('Cable'));
    expect(pseudo.deep.code).toBe('E_STATION_LOST');
    expect(words('en-XA')).toBe(pseudo);
  });

  it('takes another language only whole', () => {
    const german: Translation<typeof english> = {
      title: 'Welches Abbild?',
      count: (count) => `${count} Rechner`,
      deep: { list: [{ text: 'Kabel' }], code: 'E_STATION_LOST' },
    };
    expect(catalogueOf<typeof english>({ en: german })('en').count(2)).toBe('2 Rechner');
    // @ts-expect-error -- a word is missing
    const lacking: Translation<typeof english> = { title: 'Welches Abbild?', count: (count) => `${count}` };
    expect(lacking).toBeDefined();
  });
});

describe('the pseudo-language', () => {
  it.each(['Stop', 'Continue', 'Whoever has it sees machines and images and can change nothing.', 'x'.repeat(400)])(
    'makes "%s" 40 %% longer at least',
    (text) => expect(pseudoText(text).length).toBeGreaterThanOrEqual(Math.ceil(text.length * 1.4)),
  );

  it('adds nothing to nothing', () => expect(pseudoText('')).toBe(''));
});

describe('the language', () => {
  it.each([
    ['en', 'en'],
    ['en-XA', 'en-XA'],
    ['tlh', 'en'],
    ['constructor', 'en'],
    [null, 'en'],
  ])('that %s names is %s', (name, language) => expect(languageOf(name)).toBe(language));

  it('is offered where a person can read it, and the pseudo-language only on the way out of it', () => {
    expect(offeredLanguages('en')).toEqual(['en']);
    expect(offeredLanguages('en-XA')).toEqual(['en', 'en-XA']);
  });
});

const renderer = resolve(import.meta.dirname, '../../../renderer');
const sources = readdirSync(renderer, { withFileTypes: true, recursive: true })
  .filter(({ name }) => /\.tsx?$/.test(name) && !/^messages\b/.test(name))
  .map((entry) => join(entry.parentPath, entry.name));

describe('every screen', () => {
  it.each(sources)('%s takes its words from a catalogue, in whichever language', (file) => {
    const text = readFileSync(file, 'utf8');
    // The type of the English words is that of all languages; the words themselves are not for use.
    expect(text).not.toMatch(/^import (?!type ).*messages(\.shared)?\.en\.ts'/m);
  });
});
