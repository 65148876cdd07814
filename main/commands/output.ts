import { type StationError, toStationError } from '../contract/errors.ts';

/**
 * How commands speak. With `--json` stdout holds one JSON document (or JSON lines for streams) and nothing else; everything meant for
 * people while a command works goes to stderr.
 */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function printJsonLine(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** For people, beside the output proper. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Both voices of an error on stderr, or `{"error": …}` on stdout with `--json`; sets the exit code. */
export function reportError(thrown: unknown, json: boolean): void {
  const error = toStationError(thrown);
  process.exitCode = error.exitCode;
  if (json) {
    // One line, so that it is a document of its own as well as the last one of a stream.
    printJsonLine({ error: error.toReport('command line') });
    return;
  }
  const bold = process.stderr.isTTY ? (text: string) => `\u001b[1m${text}\u001b[22m` : (text: string) => text;
  printNote(`${bold(`${error.code}:`)} ${printable(error.title)}`);
  printNote(printable(error.commandLineAdvice));
  if (error.code === 'E_INTERNAL' && process.env['FIELDBOOT_DEBUG']) printNote(stackOf(error));
}

const stackOf = (error: StationError): string => (error.cause instanceof Error ? (error.cause.stack ?? '') : '');

/** Text from networks and images may hold terminal control sequences: they are shown, never obeyed. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
