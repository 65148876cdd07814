import type { EngineEvent } from '../contract/events.ts';
import type { AfterBoot, ApprovalPolicy, SessionDraft } from '../contract/session.ts';
import type { Answer } from '../contract/answer.ts';
import type { SessionAnswer } from '../engine/answers/session-answers.ts';
import type { Station } from '../station/station.ts';
import type { MachineList } from '../contract/machines.ts';
import { defaultPolicy } from '../engine/default-policy.ts';
import { startLocalStation } from './local-station.ts';
import { printLine } from './output.ts';
import type { UiAddress } from './ui-address.ts';

/** What `serve` was told, as a session of the user interface; what was left open is decided by the image. */
export interface ServedDraft extends Omit<
  SessionDraft,
  'imageId' | 'entryId' | 'approval' | 'afterBoot' | 'answer' | 'answerFile'
> {
  readonly answer?: SessionAnswer | undefined;
  readonly imagePath: string;
  readonly machines?: MachineList | undefined;
  readonly entryId?: string | undefined;
  readonly approval?: ApprovalPolicy | undefined;
  readonly afterBoot?: AfterBoot | undefined;
}

/** Runs the session with its user interface beside it, until `stop`. Errors: those of the station and the session. */
export async function serveWithUi(
  address: UiAddress,
  wanted: ServedDraft,
  stop: Promise<void>,
  onEvent: ((event: EngineEvent) => void) | undefined,
): Promise<void> {
  await using local = await startLocalStation(address, onEvent);
  const { station, url } = local;
  const access = { readOnly: false };
  const { imagePath, answer, machines, ...choices } = wanted;
  if (machines !== undefined) {
    await station.call('machines.take', { machines: machines.machines, how: 'add' }, access);
  }
  const { imageId } = await station.call('images.add', { path: imagePath }, access);
  const description = station.state.images.find(({ id }) => id === imageId)?.description;
  const entryId = choices.entryId ?? description?.defaultEntryId ?? '';
  const isAnswered = answer !== undefined && description?.answerFileArguments !== undefined;
  const destructive = isAnswered || (description?.entries.find(({ id }) => id === entryId)?.destructive ?? true);
  const used = station.state.interfaces.find(({ name }) => name === choices.interfaceName);
  const reachOthers = used?.defaultRoute ?? false;
  // On a screen it is an answer file of the library, where it can be looked at and changed.
  const kept = answer && (await station.call('answers.save', keptAnswer(station, answer.answer), access));
  const draft: SessionDraft = {
    ...choices,
    imageId,
    entryId,
    approval: choices.approval ?? defaultPolicy({ changeDisks: destructive, reachOthers }),
    afterBoot: choices.afterBoot ?? (destructive ? 'local-disk' : 'boot-again'),
    ...(kept === undefined ? {} : { answer: { answerId: kept.answerId, variables: answer?.variables ?? {} } }),
  };
  await station.call('session.start', { ...draft, secrets: answer?.secrets }, access);
  if (onEvent === undefined) {
    printLine(`Serving on ${draft.interfaceName}. Fieldboot is at ${url}`);
    printLine('Open it in a browser of this computer. Ctrl-C ends the session.');
  }
  await stop;
}

/** A file of that name that is there already gets its next revision. */
function keptAnswer(station: Station, answer: Answer): { answerId?: string; answer: Answer } {
  const older = station.state.answers.find(({ name, format }) => name === answer.name && format === answer.format);
  return older === undefined ? { answer } : { answerId: older.id, answer };
}
