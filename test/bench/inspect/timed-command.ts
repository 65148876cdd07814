import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface TimedRun {
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
  readonly peakMegabytes: number;
  readonly stdout: string;
}

const LOOK_INTERVAL_MS = 4;

/** Runs a short command in `bash`, whose `time` tells milliseconds exactly. Rejects where it fails. */
export function runTimed(command: readonly string[]): Promise<TimedRun> {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"';
  return new Promise((resolve, reject) => {
    let peakKilobytes = 0;
    const options = { maxBuffer: 256 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };
    const child = execFile('bash', ['-c', script, 'bash', ...command], options, (error, stdout, stderr) => {
      clearInterval(timer);
      const times = stderr.trimEnd().split('\n').at(-1)?.split(' ').map(Number) ?? [];
      const [seconds, user, system] = times;
      if (error !== null || seconds === undefined || user === undefined || system === undefined) {
        reject(new Error(`"${command.join(' ')}" failed: ${stderr.slice(-500)}`, { cause: error }));
        return;
      }
      resolve({
        milliseconds: seconds * 1000,
        processorMilliseconds: (user + system) * 1000,
        peakMegabytes: peakKilobytes / 1000,
        stdout,
      });
    });
    // VmHWM only grows, so the last look before the end is the peak but for what the last milliseconds added.
    const timer = setInterval(() => {
      for (const pid of childrenOf(child.pid)) peakKilobytes = Math.max(peakKilobytes, highWaterKilobytes(pid));
    }, LOOK_INTERVAL_MS);
  });
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};
const childrenOf = (pid: number | undefined): string[] =>
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((text) => text !== '');
const highWaterKilobytes = (pid: string): number =>
  Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
