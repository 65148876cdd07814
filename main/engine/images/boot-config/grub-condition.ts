/** The conditions that boot menus ask, on words whose variables are filled in. Pure but for the question after files. */

/** Longer conditions are no menu's: they are false, and cannot exhaust the stack. */
const maxWords = 64;

/**
 * True where the condition holds. Commands other than `[` and `test` (`search`, `loadfont`, `cpuid -l`) are taken to succeed: menus ask
 * them before they show their normal face.
 */
export async function conditionHolds(
  words: readonly string[],
  fileExists: (path: string) => Promise<boolean>,
): Promise<boolean> {
  if (words.length > maxWords) return false;
  const [command, ...rest] = words;
  if (command === '!') return !(await conditionHolds(rest, fileExists));
  if (command === 'true') return true;
  if (command === 'false') return false;
  if (command === '[') return await expressionHolds(rest.at(-1) === ']' ? rest.slice(0, -1) : rest, fileExists);
  if (command === 'test') return await expressionHolds(rest, fileExists);
  return true;
}

async function expressionHolds(
  words: readonly string[],
  fileExists: (path: string) => Promise<boolean>,
): Promise<boolean> {
  const or = words.indexOf('-o');
  if (or > 0) {
    return (
      (await expressionHolds(words.slice(0, or), fileExists)) ||
      (await expressionHolds(words.slice(or + 1), fileExists))
    );
  }
  const and = words.indexOf('-a');
  if (and > 0) {
    return (
      (await expressionHolds(words.slice(0, and), fileExists)) &&
      (await expressionHolds(words.slice(and + 1), fileExists))
    );
  }
  const [first = '', second, third = ''] = words;
  if (first === '!') return !(await expressionHolds(words.slice(1), fileExists));
  if (words.length === 1) return first !== '';
  if (words.length === 2) {
    if (first === '-n') return second !== '';
    if (first === '-z') return second === '';
    return ['-e', '-f', '-d', '-s'].includes(first) && (await fileExists(second ?? ''));
  }
  return words.length === 3 && compare(first, second ?? '', third);
}

function compare(left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '-eq':
      return Number(left) === Number(right);
    case '-ne':
      return Number(left) !== Number(right);
    case '-lt':
      return Number(left) < Number(right);
    case '-le':
      return Number(left) <= Number(right);
    case '-gt':
      return Number(left) > Number(right);
    case '-ge':
      return Number(left) >= Number(right);
    default:
      return false;
  }
}
