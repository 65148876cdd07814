import type { Answer, AnswerPreview, PreviewMachine, VariableValues } from '../contract/answer.ts';
import type { CallValue } from '../contract/calls.ts';
import type { MachineList } from '../contract/machines.ts';
import type { SessionDraft } from '../contract/session.ts';
import {
  type OpenedAnswer,
  answerHash,
  listAnswers,
  openAnswer,
  removeAnswer,
  saveAnswer,
} from '../engine/answers/answer-store.ts';
import { answerOfFile } from '../engine/answers/answer-of-file.ts';
import { type SessionAnswer, previewOf } from '../engine/answers/session-answers.ts';
import { machineFacts } from '../engine/served-answers.ts';
import type { StateHolder } from './state-holder.ts';

/** The library's answer files as the user interface sees them. Secrets come in and never go out again. */
export interface AnswerService {
  save(answer: Answer, answerId: string | undefined): Promise<{ answerId: string; revision: number }>;
  /** A file as a person has it, its format told by its text. */
  importText(fileName: string, text: string): Promise<string>;
  read(answerId: string, revision: number | undefined): Promise<CallValue<'answers.read'>>;
  remove(answerId: string): Promise<void>;
  preview(session: SessionAnswer, which: PreviewMachine, machines: MachineList | undefined): AnswerPreview;
  /** The draft with its own text kept in the library instead: no state and no record has the text of an answer file. */
  adopt(draft: SessionDraft): Promise<SessionDraft>;
  /** What a session is to serve: the answer of the draft as it is now. */
  ofDraft(draft: SessionDraft, secrets: VariableValues): Promise<SessionAnswer | undefined>;
}

export function createAnswerService(options: {
  readonly holder: StateHolder;
  readonly dataFolder: string;
  readonly now: () => number;
}): AnswerService {
  const { holder, dataFolder, now } = options;
  const tell = async (): Promise<void> =>
    holder.change({ event: 'answers.changed', value: await listAnswers(dataFolder) });
  const save: AnswerService['save'] = async (answer, wantedId) => {
    const sha256 = answerHash(answer);
    const same = holder.state.answers.find((one) => one.sha256 === sha256 && one.name === answer.name);
    const answerId = wantedId ?? same?.id;
    const { id, revision } = await saveAnswer(dataFolder, answer, { id: answerId, nowMs: now() });
    await tell();
    return { answerId: id, revision };
  };
  const importText: AnswerService['importText'] = async (fileName, text) =>
    (await save(answerOfFile(fileName, text), undefined)).answerId;
  return {
    save,
    importText,
    async read(answerId, revision) {
      const opened: OpenedAnswer = await openAnswer(dataFolder, answerId, revision);
      return { ...opened, history: [...opened.history] };
    },
    async remove(answerId) {
      await removeAnswer(dataFolder, answerId);
      await tell();
    },
    preview(session, which, machines) {
      const { clients, session: running } = holder.state;
      const byMac = new Map(clients.map((client) => [client.mac, client]));
      const isServing = running?.baseUrl !== undefined && running.address !== undefined;
      const station = isServing
        ? { baseUrl: running.baseUrl ?? '', address: running.address ?? '', imageId: running.draft.imageId }
        : undefined;
      const client =
        which.kind === 'client' && byMac.has(which.mac)
          ? machineFacts(which.mac, undefined, { clientAt: (mac) => byMac.get(mac), clients: () => clients }, machines)
          : undefined;
      return previewOf(session, which, { station, machines, client });
    },
    async adopt({ answerFile, ...draft }) {
      if (answerFile === undefined || draft.answer !== undefined) return draft;
      const answerId = await importText(answerFile.name, answerFile.text);
      return { ...draft, answer: { answerId, variables: {} } };
    },
    async ofDraft({ answer }, secrets) {
      if (answer === undefined) return undefined;
      const opened = await openAnswer(dataFolder, answer.answerId);
      return { answer: opened.answer, variables: answer.variables, secrets };
    },
  };
}
