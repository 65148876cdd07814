import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  type Answer,
  type AnswerFormat,
  type AnswerText,
  type VariableValues,
  answerFolders,
  answerFormatSchema,
  longestAnswerFile,
  mostAnswerFiles,
  variableNameSchema,
} from '../contract/answer.ts';
import { StationError } from '../contract/errors.ts';
import { answerOfFile } from '../engine/answers/answer-of-file.ts';
import { openAnswer } from '../engine/answers/answer-store.ts';
import { dataFolder } from '../engine/data-folder.ts';

/** Answer files and their values as a person gives them at the command line. */

const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });

export function readFormat(word: string | undefined): AnswerFormat | undefined {
  if (word === undefined) return undefined;
  const parsed = answerFormatSchema.safeParse(word);
  if (parsed.success) return parsed.data;
  throw usage(`--format ${word} is unknown; it takes ${answerFormatSchema.options.join(', ')}.`);
}

/** A file, a folder of the files that belong together, or an answer of the library. Error: E_ANSWER_NOT_READABLE. */
export async function readAnswer(pathOrId: string, format?: AnswerFormat): Promise<Answer> {
  const found = await stat(pathOrId).catch(() => undefined);
  if (found === undefined && !/[/\\]/.test(pathOrId)) {
    const kept = await openAnswer(dataFolder(), pathOrId).catch(() => undefined);
    if (kept !== undefined) return format === undefined ? kept.answer : { ...kept.answer, format };
  }
  if (found?.isDirectory() === true) return await readAnswerFolder(pathOrId, format);
  return answerOfFile(basename(pathOrId), await readText(pathOrId), format);
}

async function readAnswerFolder(folder: string, format: AnswerFormat | undefined): Promise<Answer> {
  const names = await readdir(folder);
  const formats = format === undefined ? answerFormatSchema.options : [format];
  for (const candidate of formats) {
    const wanted = answerFolders[candidate]?.filter((name) => names.includes(name)) ?? [];
    if (wanted[0] === undefined || wanted[0] !== answerFolders[candidate]?.[0]) continue;
    const files: AnswerText[] = [];
    for (const name of wanted.slice(0, mostAnswerFiles)) files.push({ name, text: await readText(join(folder, name)) });
    return { name: basename(resolve(folder)).slice(0, 100), format: candidate, files };
  }
  const reason = 'it is a folder without user-data or user_configuration.json';
  throw new StationError('E_ANSWER_NOT_READABLE', { path: folder, reason });
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > longestAnswerFile) throw new Error('it is larger than 1 MB');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    if (text.includes('\0')) throw new Error('it is not text');
    return text;
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not text (UTF-8)' : (error as Error).message;
    throw new StationError('E_ANSWER_NOT_READABLE', { path, reason }, { cause: error });
  }
}

/** `name=value` words. */
export function readVariables(words: readonly string[] = []): VariableValues {
  return Object.fromEntries(words.map((word) => readPair('--var', word)));
}

/** `name=WHERE`: a variable of the environment, or a file; never the secret itself, which every process list would show. */
export async function readSecrets(
  words: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<VariableValues> {
  const secrets: VariableValues = {};
  for (const word of words) {
    const [name, where] = readPair('--secret', word);
    const bare = name.replace(/^secret[._-]/i, '');
    secrets[bare] = environment[where] ?? (await readSecretFile(bare, where));
  }
  return secrets;
}

async function readSecretFile(name: string, path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw usage(`--secret ${name}: there is neither a variable of the environment nor a file called ${path}.`);
  });
  return text.replace(/\r?\n$/, '');
}

function readPair(option: string, word: string): [string, string] {
  const [name = '', ...value] = word.split('=');
  if (value.length === 0 || !variableNameSchema.safeParse(name).success) {
    throw usage(`${option} takes name=${option === '--var' ? 'value' : 'WHERE'}, and not "${word.split('=')[0]}".`);
  }
  return [name, value.join('=')];
}

/** For options that may be given more than once. */
export const collect = (word: string, before: readonly string[] = []): string[] => [...before, word];
