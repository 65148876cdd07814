import { type Answer, type AnswerFormat, answerFolders } from '../../contract/answer.ts';
import { guessFormat } from './guess-format.ts';

/** One file of a person as an answer, by the name that its reader will ask for. Pure. */
export function answerOfFile(fileName: string, text: string, format?: AnswerFormat): Answer {
  const name = servedName(fileName);
  const chosen = format ?? guessFormat(name, text);
  const folder = answerFolders[chosen];
  const isOneOfSeveral = folder === undefined || folder.includes(name);
  const shown = fileName.trim().slice(0, 100);
  return {
    name: shown === '' ? name : shown,
    format: chosen,
    files: [{ name: isOneOfSeveral ? name : (folder[0] ?? name), text }],
  };
}

/** The name becomes part of a URL on the kernel's command line. */
function servedName(name: string): string {
  const safe = name.replace(/[^\w.-]/g, '_').slice(-64);
  return /^\.*$/.test(safe) ? 'answers' : safe;
}
