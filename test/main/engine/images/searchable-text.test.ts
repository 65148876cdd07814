import { describe, expect, it } from 'vitest';
import { searchableText } from '../../../../main/engine/images/searchable-text.ts';

const textOf = (text: string): string => searchableText(Buffer.from(text, 'latin1'));

describe('text that expressions are run on', () => {
  it('is what the bytes say, in whichever encoding they are', () => {
    expect(searchableText(Buffer.from('Zürich 12.5\n'))).toBe('Zürich 12.5\n');
    expect(searchableText(Buffer.from([0x5a, 0xfc, 0x20, 0xff]))).toBe('Zü ÿ');
  });

  it('holds no run that would keep an expression busy', () => {
    expect(textOf(`v${'1'.repeat(60_000)}x`)).toBe(`v${'1'.repeat(128)}x`);
    expect(textOf('1.'.repeat(30_000))).toHaveLength(128);
    expect(textOf(`a${'\n \t'.repeat(20_000)}b`)).toHaveLength(130);
    expect(textOf('version = 12.5.0')).toBe('version = 12.5.0');
  });
});
