import type { AnswerProblem, PreviewMachine, UsedVariable, VariableValues } from '../../contract/answer.ts';
import type { Answer, AnswerPreview } from '../../contract/answer.ts';
import { StationError } from '../../contract/errors.ts';
import type { ListedMachine, MachineList } from '../../contract/machines.ts';
import {
  type MachineFacts,
  type StationFacts,
  type Values,
  exampleMachine,
  isMachineVariable,
  secretName,
  valuesOf,
  variableKey,
} from './machine-values.ts';
import { formatTable } from './format-table.ts';
import { type RenderedAnswer, answerFiles, namesIn, renderAnswer } from './render-answer.ts';

/** What a session gives its answer file to be filled in with. */
export interface SessionAnswer {
  readonly answer: Answer;
  readonly variables?: VariableValues | undefined;
  readonly secrets?: VariableValues | undefined;
}

/** A station that is none, for answers that are looked at while nothing is served. */
export const exampleStation: StationFacts = {
  baseUrl: 'http://192.0.2.1',
  address: '192.0.2.1',
  imageId: 'image',
};

// Checking every line of a long list in full would keep a person waiting; what all lines have in common shows in the first ones.
const MOST_CHECKED_MACHINES = 64;

/** The name that stands on the kernel's command line: of the one file, or of the main one of the folder. */
export function mainFileName(answer: Pick<Answer, 'format' | 'files'>): string {
  return formatTable[answer.format].main ?? answerFiles(answer)[0]?.name ?? '';
}

/** One machine's answer. `masked`: as it may be shown. */
export function answerFor(
  { answer, variables, secrets }: SessionAnswer,
  machine: MachineFacts,
  { station, listed, masked }: { station: StationFacts; listed?: ListedMachine | undefined; masked?: boolean },
): RenderedAnswer {
  const values = valuesOf({ machine, station, listed, given: variables, secrets });
  return renderAnswer(answer, values, { unknown: (name) => whyUnknown(name, listed), masked });
}

function whyUnknown(name: string, listed: ListedMachine | undefined): string {
  if (isMachineVariable(name)) return `${name} is not known of this machine.`;
  const secret = secretName(name);
  if (secret !== undefined) return `Nobody has given the secret ${secret}.`;
  const line = listed === undefined ? '' : ` in line ${listed.line} of the list of machines`;
  return `Nothing gives ${name} a value${line}.`;
}

/** A machine of the list as it will be known at the latest when it boots. */
export const listedFacts = (listed: ListedMachine, index: number): MachineFacts => ({
  ...exampleMachine,
  mac: listed.macs[0] ?? exampleMachine.mac,
  address: listed.address ?? exampleMachine.address,
  hostName: undefined,
  index,
});

/** What is wrong for any machine that is known beforehand: those of the list, or a made-up one. Pure. */
export function problemsOf(
  session: SessionAnswer,
  station: StationFacts = exampleStation,
  machines?: MachineList,
): AnswerProblem[] {
  const listed = machines?.machines ?? [];
  if (listed.length === 0) return [...answerFor(session, exampleMachine, { station }).problems];
  const seen = new Map<string, AnswerProblem>();
  for (const [index, machine] of listed.slice(0, MOST_CHECKED_MACHINES).entries()) {
    const { problems } = answerFor(session, listedFacts(machine, index + 1), { station, listed: machine });
    for (const problem of problems) {
      const key = `${problem.file}:${problem.line}:${problem.column}:${problem.severity}`;
      if (!seen.has(key)) seen.set(key, problem);
    }
  }
  return [...seen.values()];
}

/** Errors: E_ANSWER_INVALID, with the first place and how many more there are. */
export function refuseProblems(name: string, problems: readonly AnswerProblem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const { file, line, column, message } = first;
  throw new StationError('E_ANSWER_INVALID', { name, file, line, column, problem: message, more: errors.length - 1 });
}

/** An answer as a screen shows it for one machine. Pure. */
export function previewOf(
  session: SessionAnswer,
  which: PreviewMachine,
  known: {
    readonly station?: StationFacts | undefined;
    readonly machines?: MachineList | undefined;
    readonly client?: { facts: MachineFacts; listed: ListedMachine | undefined } | undefined;
  },
): AnswerPreview {
  const { station = exampleStation, machines, client } = known;
  const index = machines?.machines.findIndex(({ line }) => which.kind === 'listed' && line === which.line) ?? -1;
  const row = index === -1 ? client?.listed : machines?.machines[index];
  const facts = client?.facts ?? (index !== -1 && row !== undefined ? listedFacts(row, index + 1) : exampleMachine);
  const { files, problems } = answerFor(session, facts, { station, listed: row, masked: true });
  const values = valuesOf({ machine: facts, station, listed: row, given: session.variables, secrets: session.secrets });
  const columns = machines?.columns.map(({ name }) => name) ?? [];
  return {
    files: files.map(({ name, text }) => ({ name, text })),
    problems: [...problems],
    variables: namesIn(session.answer).map((name) => usedVariable(name, values, columns)),
  };
}

function usedVariable(name: string, values: Values, columns: readonly string[]): UsedVariable {
  const value = values.get(variableKey(name));
  const isColumn = columns.some((column) => variableKey(column) === variableKey(name));
  const source =
    value?.source ??
    (secretName(name) === undefined ? (isMachineVariable(name) ? 'machine' : isColumn ? 'list' : 'given') : 'secret');
  return { name, source, ...(value === undefined || source === 'secret' ? {} : { value: value.text }) };
}

/** Which names a person or a list of machines has to give, and which are secrets. */
export function askedNames(answer: Pick<Answer, 'format' | 'files'>): { variables: string[]; secrets: string[] } {
  const asked = namesIn(answer).filter((name) => !isMachineVariable(name));
  return {
    variables: asked.filter((name) => secretName(name) === undefined),
    secrets: asked.flatMap((name) => secretName(name) ?? []),
  };
}
