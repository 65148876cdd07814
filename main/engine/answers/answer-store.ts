import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Answer,
  type AnswerRevision,
  type StoredAnswer,
  answerFileNameSchema,
  answerFormatSchema,
  answerRevisionSchema,
  answerSchema,
} from '../../contract/answer.ts';
import { StationError } from '../../contract/errors.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { replaceFolder } from '../images/replace-folder.ts';
import { withWriteErrors } from '../images/write-error.ts';
import { askedNames, mainFileName } from './session-answers.ts';

/**
 * The library's answer files: a folder each, with a folder of plain files for every revision and one file, `answer.json`, that says which
 * there are. A revision is written whole before `answer.json` names it, so that a kill leaves the old state or the new one.
 */

const MOST_REVISIONS = 50;

const revisionSchema = answerRevisionSchema.extend({
  files: z.array(z.object({ name: answerFileNameSchema, sizeBytes: z.int() })).min(1),
});

const recordSchema = z.object({
  version: z.literal(1),
  name: z.string().min(1),
  format: answerFormatSchema,
  /** The newest last. */
  revisions: z.array(revisionSchema).min(1),
});
type AnswerRecord = z.infer<typeof recordSchema>;

const idPattern = /^[a-z0-9][a-z0-9-]{0,79}$/;

export interface OpenedAnswer {
  readonly answer: Answer;
  readonly revision: number;
  readonly history: readonly AnswerRevision[];
}

const storeFolder = (dataFolder: string): string => join(dataFolder, 'answers');
const folderOf = (dataFolder: string, id: string): string => join(storeFolder(dataFolder), id);
const revisionFolder = (folder: string, revision: number): string => join(folder, String(revision).padStart(4, '0'));

/** All answers, the one changed last first. Folders that are no answers are left alone. */
export async function listAnswers(dataFolder: string): Promise<StoredAnswer[]> {
  const names = await readdir(storeFolder(dataFolder)).catch(() => []);
  const all = await Promise.all(names.filter((id) => idPattern.test(id)).map((id) => describe(dataFolder, id)));
  return all.filter((one) => one !== undefined).sort((a, b) => b.changedAtMs - a.changedAtMs);
}

async function describe(dataFolder: string, id: string): Promise<StoredAnswer | undefined> {
  try {
    const { answer } = await openAnswer(dataFolder, id);
    const { name, format, revisions } = await readRecord(dataFolder, id);
    const last = newest(revisions);
    const { revision, sha256, atMs, files } = last;
    return {
      id,
      name,
      format,
      revision,
      sha256,
      changedAtMs: atMs,
      files,
      mainFile: mainFileName(answer),
      ...askedNames(answer),
    };
  } catch {
    return undefined;
  }
}

/** An answer with its text; of an earlier revision where one is asked for. Error: E_ANSWER_NOT_FOUND. */
export async function openAnswer(dataFolder: string, id: string, revision?: number): Promise<OpenedAnswer> {
  const { name, format, revisions } = await readRecord(dataFolder, id);
  const wanted = revision === undefined ? newest(revisions) : revisions.find((one) => one.revision === revision);
  if (wanted === undefined) throw new StationError('E_ANSWER_NOT_FOUND', { answer: `${name}, revision ${revision}` });
  const folder = revisionFolder(folderOf(dataFolder, id), wanted.revision);
  try {
    const files = await Promise.all(
      wanted.files.map(async (file) => ({ name: file.name, text: await readFile(join(folder, file.name), 'utf8') })),
    );
    const history = revisions.map(({ files: _files, ...one }) => one).toReversed();
    return { answer: answerSchema.parse({ name, format, files }), revision: wanted.revision, history };
  } catch (error) {
    throw new StationError('E_ANSWER_NOT_FOUND', { answer: name }, { cause: error });
  }
}

let changing: Promise<unknown> = Promise.resolve();

/** One change after the other: two at once would take the same number. */
function inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
  const changed = changing.then(change);
  changing = changed.catch(() => undefined);
  return changed;
}

/**
 * Keeps an answer: as a new one, or as the next revision of `id`. A text that did not change makes no revision. Errors: E_ANSWER_NOT_FOUND,
 * E_DISK_FULL, E_OUTPUT_NOT_WRITABLE.
 */
export function saveAnswer(
  dataFolder: string,
  answer: Answer,
  { id, nowMs }: { readonly id?: string | undefined; readonly nowMs: number },
): Promise<{ id: string; revision: number }> {
  return inTurn(async () => {
    const chosen = id ?? (await freeId(dataFolder, answer.name));
    const before = id === undefined ? undefined : await readRecord(dataFolder, id);
    const last = before === undefined ? undefined : newest(before.revisions);
    const sha256 = answerHash(answer);
    const isNew = last === undefined || last.sha256 !== sha256;
    const revision = isNew ? (last?.revision ?? 0) + 1 : last.revision;
    const folder = folderOf(dataFolder, chosen);
    const files = answer.files.map(({ name, text }) => ({ name, sizeBytes: Buffer.byteLength(text) }));
    const added = isNew ? [{ revision, sha256, atMs: nowMs, files }] : [];
    const revisions = [...(before?.revisions ?? []), ...added];
    const kept = revisions.slice(-MOST_REVISIONS);
    const record: AnswerRecord = { version: 1, name: answer.name, format: answer.format, revisions: kept };
    await withWriteErrors(folder, async () => {
      // Answer files often hold passwords: nobody else on this computer is to read them.
      await mkdir(storeFolder(dataFolder), { recursive: true, mode: 0o700 });
      if (isNew) await replaceFolder(revisionFolder(folder, revision), (fresh) => writeFiles(fresh, answer));
      await writeFileAtomically(join(folder, 'answer.json'), `${JSON.stringify(record, null, 2)}\n`);
      for (const old of revisions.slice(0, -MOST_REVISIONS)) {
        await rm(revisionFolder(folder, old.revision), { recursive: true, force: true });
      }
    });
    return { id: chosen, revision };
  });
}

async function writeFiles(folder: string, { files }: Answer): Promise<void> {
  for (const { name, text } of files) await writeFile(join(folder, name), text, { mode: 0o600, flush: true });
}

/** Takes an answer and all of its revisions away. Error: E_ANSWER_NOT_FOUND. */
export function removeAnswer(dataFolder: string, id: string): Promise<void> {
  return inTurn(async () => {
    await readRecord(dataFolder, id);
    await rm(folderOf(dataFolder, id), { recursive: true });
  });
}

/** Tells one text from another: SHA-256 of names and contents. */
export function answerHash({ format, files }: Pick<Answer, 'format' | 'files'>): string {
  const hash = createHash('sha256').update(`${format}\n`);
  for (const { name, text } of files.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))) {
    hash.update(`${name}\n${Buffer.byteLength(text)}\n${text}`);
  }
  return hash.digest('hex');
}

async function readRecord(dataFolder: string, id: string): Promise<AnswerRecord> {
  try {
    // An id comes over a wire and becomes a part of a path.
    if (!idPattern.test(id)) throw new Error('not an id');
    const text = await readFile(join(folderOf(dataFolder, id), 'answer.json'), 'utf8');
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StationError('E_ANSWER_NOT_FOUND', { answer: id }, { cause: error });
  }
}

const newest = (revisions: AnswerRecord['revisions']): AnswerRecord['revisions'][number] => {
  const last = revisions.at(-1);
  if (last === undefined) throw new Error('a record has a revision');
  return last;
};

/** A name that says what it is when somebody looks into the folder. */
async function freeId(dataFolder: string, name: string): Promise<string> {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'answers'; // prettier-ignore
  const taken = new Set(await readdir(storeFolder(dataFolder)).catch(() => []));
  let id = plain;
  for (let count = 2; taken.has(id); count++) id = `${plain}-${count}`;
  return id;
}
