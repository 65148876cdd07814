const mostCharacters = 120;

// Controls, formats (bidi marks and overrides, zero-width and tag characters, the byte order mark) and separators.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text that somebody else chose, made harmless to look at: what cannot be seen or turns the writing around is shown as its
 * code point, and what is too long is cut.
 */
export function inertText(text: string, most = mostCharacters): string {
  // Cut first: ten kilobytes of name must not cost more than what is shown of them.
  const characters = Array.from(text.slice(0, most * 2 + 2));
  const cut = characters.length > most || text.length > most * 2 + 2;
  const shown = cut ? characters.slice(0, most - 1).join('') : characters.join('');
  const visible = shown.replace(unseen, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');
    return `\u{2039}${hex}\u{203a}`;
  });
  return cut ? `${visible}…` : visible;
}
