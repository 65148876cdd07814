import { fileURLToPath } from 'node:url';
import { BIG_ISO_FILES, buildBigIso } from '../../testbed/iso-builder.ts';
import { type BenchCase, type Contestant, OURS, type Sample } from '../measurement.ts';
import { runTimed, type TimedRun } from './timed-command.ts';

const CLI = fileURLToPath(new URL('../../../main/cli.ts', import.meta.url));
const WALK = fileURLToPath(new URL('walk-image.ts', import.meta.url));

/** Reading an image of 5 GB with 30,000 files, in the page cache, against the programs that list images. */
export async function inspectCases(): Promise<BenchCase[]> {
  const iso = await buildBigIso();
  const walk = (task: 'identify' | 'list'): readonly string[] => [process.execPath, WALK, task, iso];
  const programs = {
    xorriso: ['xorriso', '-report_about', 'WARNING', '-indev', iso, '-find', '/', '-type', 'f'],
    '7z': ['7z', 'l', '-ba', iso],
    bsdtar: ['bsdtar', '-tf', iso],
    isoinfo: ['isoinfo', '-R', '-f', '-i', iso],
  };
  const peers = Object.entries(programs).map(([name, words]) => command(name, words, listsAll));

  return [
    {
      room: 'inspect',
      title: 'what is it: inspect, and the others’ listing',
      contestants: [
        command(OURS, [process.execPath, CLI, 'inspect', '--json', iso], ({ stdout }) => {
          if (!stdout.includes('live/vmlinuz')) throw new Error('inspect found no kernel');
        }),
        inProcess(`${OURS}, once started`, walk('identify')),
        ...peers,
      ],
    },
    {
      room: 'inspect',
      title: `list all ${BIG_ISO_FILES} files`,
      contestants: [command(OURS, walk('list'), countsAll), inProcess(`${OURS}, once started`, walk('list')), ...peers],
    },
  ];
}

const command = (name: string, words: readonly string[], check: (run: TimedRun) => void): Contestant => ({
  name,
  run: async () => {
    const run = await runTimed(words);
    check(run);
    const { milliseconds, processorMilliseconds, peakMegabytes } = run;
    return { sample: { milliseconds, processorMilliseconds, peakMegabytes } };
  },
});

/** Without the start of a process, as it is in a station that runs. */
const inProcess = (name: string, words: readonly string[]): Contestant => ({
  name,
  run: async () => {
    const { stdout } = await runTimed(words);
    const sample: Sample = { milliseconds: (JSON.parse(stdout) as { milliseconds: number }).milliseconds };
    return { sample };
  },
});

function countsAll({ stdout }: TimedRun): void {
  const { files } = JSON.parse(stdout) as { files: number };
  if (files < BIG_ISO_FILES) throw new Error(`${files} files listed of ${BIG_ISO_FILES}`);
}

function listsAll({ stdout }: TimedRun): void {
  const lines = stdout.split('\n').length;
  if (lines < BIG_ISO_FILES) throw new Error(`${lines} lines for ${BIG_ISO_FILES} files`);
}
