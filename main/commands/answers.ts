import type { Command } from 'commander';
import type { AnswerProblem, PreviewMachine } from '../contract/answer.ts';
import { previewOf, problemsOf, exampleStation } from '../engine/answers/session-answers.ts';
import { readMachineListFile } from '../engine/machines/machine-list-file.ts';
import { collect, readAnswer, readFormat, readSecrets, readVariables } from './answer-input.ts';
import { printJson, printLine, printable } from './output.ts';

interface CheckOptions {
  readonly format?: string;
  readonly machines?: string;
  readonly var?: string[];
  readonly secret?: string[];
  readonly show?: boolean;
  readonly json?: boolean;
}

export function addAnswersCommand(program: Command): void {
  const answers = program.command('answers').description('answer files for installers');
  answers
    .command('check')
    .description(
      'fills an answer file in for every machine of a list (or a made-up one) and says what is wrong with it',
    )
    .argument('<FILE>', 'an answer file, a folder such as one with user-data, or an id of the library')
    .option('--format <FORMAT>', 'preseed, kickstart, cloud-init, autoyast, … (default: told by its text)')
    .option('--machines <CSV>', 'list of machines with their values')
    .option('--var <NAME=VALUE>', 'a value for all machines; may be repeated', collect)
    .option('--secret <NAME=WHERE>', 'a secret, from a variable of the environment or a file; may be repeated', collect)
    .option('--show', 'print what the first machine would get, with secrets as dots')
    .option('--json', 'print one JSON document')
    .action(check);
}

async function check(path: string, options: CheckOptions): Promise<void> {
  const answer = await readAnswer(path, readFormat(options.format));
  const machines = options.machines === undefined ? undefined : await readMachineListFile(options.machines);
  const session = { answer, variables: readVariables(options.var), secrets: await readSecrets(options.secret) };
  const problems = problemsOf(session, exampleStation, machines);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) process.exitCode = 1;
  const first = machines?.machines[0];
  const which: PreviewMachine = first === undefined ? { kind: 'example' } : { kind: 'listed', line: first.line };
  const preview = previewOf(session, which, { machines });
  if (options.json === true) {
    const skipped = machines?.problems ?? [];
    return printJson({ name: answer.name, format: answer.format, problems, skipped, ...pick(preview, options.show) });
  }
  for (const { line, reason } of machines?.problems ?? []) {
    printLine(`Left out of ${printable(options.machines ?? '')}: line ${line}, ${printable(reason)}.`);
  }
  for (const problem of problems) printLine(problemLine(problem));
  printLine(
    errors === 0
      ? `${printable(answer.name)} (${answer.format}) can be used${machines === undefined ? '' : ` for ${counted(machines.machines.length)}`}.`
      : `${printable(answer.name)} (${answer.format}) cannot be used.`,
  );
  if (options.show === true) {
    for (const { name, text } of preview.files) printLine(`\n--- ${name}\n${printable(text)}`);
  }
}

const pick = (preview: ReturnType<typeof previewOf>, show = false) => ({
  variables: preview.variables,
  ...(show ? { files: preview.files } : {}),
});

const counted = (count: number): string => (count === 1 ? '1 machine' : `${count} machines`);

/** As compilers write it, so that editors find the place. */
const problemLine = ({ file, line, column, severity, message }: AnswerProblem): string =>
  `${file}:${line}:${column}: ${severity}: ${printable(message)}`;
