import { SaxesParser } from 'saxes';
import type { TextProblem } from './placeholder.ts';
import { type Escaped, type Escaper, eachPlaceholder } from './replacement.ts';
import { lineBefore, shellWord } from './shell-word.ts';

/** XML answer files: AutoYaST and Windows' autounattend. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const isIn = (before: string, opening: string, closing: string): boolean =>
  before.lastIndexOf(opening) > before.lastIndexOf(closing);

/** `runsScripts`: what stands in a CDATA section is a shell script, as in AutoYaST's `<source>`. */
export const escapeXml = ({ runsScripts }: { readonly runsScripts: boolean }): Escaper =>
  eachPlaceholder((text) => ({ start, value }): Escaped => {
    // XML 1.0, 2.2: these characters can stand nowhere, not even written as a number.
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/.test(value))
      return { problem: 'XML cannot hold a control character.' };
    const before = text.slice(0, start);
    if (isIn(before, '<![CDATA[', ']]>')) {
      const written: Escaped = runsScripts ? shellWord(lineBefore(text, start), value) : { text: value };
      return 'text' in written ? { text: written.text.replaceAll(']]>', ']]]]><![CDATA[>') } : written;
    }
    if (isIn(before, '<!--', '-->')) return { text: value.replaceAll('--', '- -') };
    return { text: value.replace(/[&<>"'\n\t]/g, (character) => entities[character] ?? '') };
  });

export interface XmlRule {
  readonly root: string;
  readonly namespace: string;
  /** An element that has to be there. */
  readonly needs?: string | undefined;
}

/** Well-formedness, and the root that the installer looks for. Entities of its own are refused: they can grow without end. */
export function checkXml(text: string, rule?: XmlRule): TextProblem[] {
  const problems: TextProblem[] = [];
  const parser = new SaxesParser({ xmlns: true, position: true });
  let root: { local: string; uri: string } | undefined;
  let hasNeeded = rule?.needs === undefined;
  // The parser goes on after an error; what follows from the first one is noise.
  parser.on('error', (error) => {
    if (problems.length > 0) return;
    problems.push({ offset: Math.min(parser.position, text.length), message: xmlWords(error.message) });
  });
  parser.on('doctype', () => problems.push({ offset: parser.position, message: 'A document type is not taken here.' }));
  parser.on('opentag', ({ local, uri }) => {
    root ??= { local, uri };
    hasNeeded ||= local === rule?.needs;
  });
  parser.write(text).close();
  if (problems.length > 0 || rule === undefined) return problems;
  const offset = Math.max(0, text.search(/<[a-z]/i));
  if (root?.local !== rule.root) {
    return [{ offset, message: `The outermost element has to be <${rule.root}>.` }];
  }
  if (root.uri !== rule.namespace) {
    return [{ offset, message: `<${rule.root}> has to say xmlns="${rule.namespace}".` }];
  }
  return hasNeeded ? [] : [{ offset, message: `It has no <${rule.needs}>.` }];
}

/** The parser puts `line:column: ` before its words, of the rendered text. */
const xmlWords = (message: string): string => {
  const words = message.replace(/^\d+:\d+: /, '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
};
