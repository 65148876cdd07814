import type { TextProblem } from './placeholder.ts';

/** Alpine's setup-alpine -f FILE: shell assignments, which it sources. */

const known = /^(KEYMAP|HOSTNAME|DEVD|INTERFACES|DNS|TIMEZONE|PROXY|APKREPOS|USER|SSHD|NTP|DISK|LBU|APKCACHE)OPTS$/;

export function checkAlpine(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  const names = new Set<string>();
  // Assignments and comments, each with quotation marks of its own; what is left over is neither.
  const statement =
    /[ \t]*(?:#[^\n]*|(?:export[ \t]+)?([A-Za-z_]\w*)=((?:"(?:\\[^]|[^"\\])*"|'[^']*'|\\[^]|[^\s"'\\;#])*)[ \t]*;?[ \t]*(?:#[^\n]*)?|)(?:\r?\n|$)/y;
  while (statement.lastIndex < text.length) {
    const offset = statement.lastIndex;
    const match = statement.exec(text);
    if (match === null) {
      const line = text.slice(offset).split('\n', 1)[0] ?? '';
      const opened = (line.match(/["']/g) ?? []).length % 2 === 1;
      problems.push({
        offset,
        message: opened ? 'A quotation mark is opened and not closed.' : 'A line is NAME="value", or a comment.',
      });
      statement.lastIndex = offset + line.length + 1;
      continue;
    }
    if (match[1] !== undefined) names.add(match[1]);
  }
  if (problems.length > 0) return problems;
  if (![...names].some((name) => known.test(name))) {
    return [{ offset: 0, message: 'It sets none of the variables that setup-alpine reads, such as DISKOPTS.' }];
  }
  for (const [name, words] of [
    ['DISKOPTS', 'which disk to use'],
    ['INTERFACESOPTS', 'the network'],
  ] as const) {
    if (!names.has(name)) {
      problems.push({ offset: 0, severity: 'warning', message: `setup-alpine will ask ${words} (${name}).` });
    }
  }
  return problems;
}
