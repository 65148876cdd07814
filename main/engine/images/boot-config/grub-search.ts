/** What a `search` command looks for, and which variable it sets. Pure. */
export interface GrubSearch {
  readonly kind: 'file' | 'label' | 'fs-uuid';
  readonly wanted: string;
  /** `root` where the command does not say. */
  readonly variable: string;
}

/** GRUB manual, "search". Hints and floppies are of no interest here. Undefined where nothing is looked for. */
export function parseSearch(words: readonly string[]): GrubSearch | undefined {
  let kind: GrubSearch['kind'] | undefined;
  let variable: string | undefined;
  let wanted: string | undefined;
  for (const word of words) {
    if (word === '-f' || word === '--file') kind = 'file';
    else if (word === '-l' || word === '--label') kind = 'label';
    else if (word === '-u' || word === '--fs-uuid') kind = 'fs-uuid';
    else if (word === '-s' || word === '--set') variable = 'root';
    else if (word.startsWith('--set=')) variable = word.slice('--set='.length);
    else if (word.startsWith('-')) continue;
    // "--set root --label X": the first word that is no option may be the variable's name.
    else if (variable === 'root' && word === 'root' && wanted === undefined) continue;
    else wanted ??= word;
  }
  return kind === undefined || wanted === undefined ? undefined : { kind, wanted, variable: variable ?? 'root' };
}
