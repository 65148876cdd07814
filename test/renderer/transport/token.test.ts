import { describe, expect, it } from 'vitest';
import { takeToken } from '../../../renderer/transport/token.ts';

function places(hash: string, kept?: string) {
  const stored = new Map(kept === undefined ? [] : [['fieldboot.token', kept]]);
  const shown: string[] = [];
  return {
    location: { hash, pathname: '/', search: '?a=1' },
    history: { replaceState: (_data: unknown, _unused: string, url: string) => void shown.push(url) },
    storage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    },
    stored,
    shown,
  };
}

describe('takeToken', () => {
  it('takes the token out of the address and keeps it for this tab', () => {
    const given = places('#token=AbC-_1234567890xyz');
    expect(takeToken(given)).toBe('AbC-_1234567890xyz');
    expect(given.shown).toEqual(['/?a=1']);
    expect(given.stored.get('fieldboot.token')).toBe('AbC-_1234567890xyz');
  });

  it('prefers a new token to the kept one', () => {
    expect(takeToken(places('#token=new-token-1', 'old-token-1'))).toBe('new-token-1');
  });

  it.each(['', '#/library', '#token=', '#token=short', '#token=with space12', `#token=${'a'.repeat(300)}`])(
    'uses the kept one at %j, and leaves the address alone',
    (hash) => {
      const given = places(hash, 'old-token-1');
      expect(takeToken(given)).toBe('old-token-1');
      expect(given.shown).toEqual([]);
    },
  );

  it('has none where none was ever given', () => {
    expect(takeToken(places(''))).toBeUndefined();
  });
});
