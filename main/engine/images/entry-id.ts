import type { Entry } from '../../contract/image.ts';
import type { NamedEntry } from './menu-entries.ts';

/** Words of any text as they may stand in a URL and on a command line. Pure. */
export function slug(text: string, keep: RegExp = /[^a-z0-9]+/g): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(keep, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** Names that generated scripts use as labels themselves. */
const reserved = new Set(['menu', 'failed', 'local-disk']);

/** Pure: every entry with an id made of its title, unique in the list. */
export function withIds(entries: readonly NamedEntry[]): Entry[] {
  const taken = new Set(reserved);
  return entries.map(({ title, destructive, variants }) => {
    const base = slug(title).slice(0, 60).replace(/-$/, '') || 'entry';
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
    taken.add(id);
    return { id, title, destructive, variants };
  });
}
