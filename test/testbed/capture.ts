import { runChecked, type RunningCommand } from './command.ts';
import type { NetworkNamespace } from './namespace.ts';

/** Captures what passes an interface of a namespace. `stop` ends it and resolves once the file is whole. */
export async function capture(
  namespace: NetworkNamespace,
  interfaceName: string,
  filter: string,
  path: string,
): Promise<{ stop: () => Promise<void> }> {
  const running: RunningCommand = namespace.spawn([
    'tcpdump',
    '--immediate-mode',
    '-B',
    '16384',
    '-U',
    '-Z',
    'root',
    '-i',
    interfaceName,
    '-w',
    path,
    filter,
  ]);
  await running.waitForLine(/listening on/, 15_000);
  return {
    stop: async () => {
      await running.stop('SIGINT');
    },
  };
}

/** What tshark's dissector reads in each packet of a capture that fits `displayFilter`: `fields`, by their names, in order. */
export async function dissect<Field extends string>(
  path: string,
  displayFilter: string,
  fields: readonly Field[],
): Promise<Record<Field, string>[]> {
  const words = fields.flatMap((field) => ['-e', field]);
  const text = await runChecked(
    [
      'tshark',
      '-n',
      '-r',
      path,
      '-Y',
      displayFilter,
      '-T',
      'fields',
      '-E',
      'separator=/t',
      '-E',
      'aggregator=|',
      ...words,
    ],
    { timeoutMs: 60_000 },
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ''])) as Record<Field, string>;
    });
}
