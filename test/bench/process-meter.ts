import { readdirSync, readFileSync } from 'node:fs';

/** Processor time and memory of a server with all its processes, from /proc. */

const CLOCK_TICKS_PER_SECOND = 100;
const SAMPLE_INTERVAL_MS = 25;

export interface ProcessUse {
  readonly processorSeconds: number;
  /** Largest sum of resident memory that was seen; pages that its processes share count once for each. */
  readonly peakMegabytes: number;
}

/** Measures from its making to `stop`. */
export class ProcessMeter {
  readonly #rootPid: number;
  readonly #startTicks: number;
  /**
   * Last seen of every process: in.tftpd does not wait for its children, so their time is nowhere once they ended. What
   * they used after the last look is lost.
   */
  readonly #ticks = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;
  #peakKilobytes = 0;

  constructor(rootPid: number) {
    this.#rootPid = rootPid;
    this.#look();
    this.#startTicks = this.#sum();
    this.#timer = setInterval(() => this.#look(), SAMPLE_INTERVAL_MS);
  }

  stop(): ProcessUse {
    clearInterval(this.#timer);
    this.#look();
    return {
      processorSeconds: (this.#sum() - this.#startTicks) / CLOCK_TICKS_PER_SECOND,
      peakMegabytes: this.#peakKilobytes / 1000,
    };
  }

  #sum(): number {
    return [...this.#ticks.values()].reduce((sum, ticks) => sum + ticks, 0);
  }

  #look(): void {
    let kilobytes = 0;
    for (const pid of treeOf(this.#rootPid)) {
      this.#ticks.set(pid, Math.max(processorTicks(pid), this.#ticks.get(pid) ?? 0));
      kilobytes += residentKilobytes(pid);
    }
    this.#peakKilobytes = Math.max(this.#peakKilobytes, kilobytes);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}

function treeOf(pid: number): number[] {
  const children = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' '));
  return [pid, ...children.filter((text) => text !== '').flatMap((child) => treeOf(Number(child)))];
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** utime and stime: fields 14 and 15 of proc(5). */
function processorTicks(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // The name in brackets may hold blanks.
  const [user = '0', system = '0'] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return Number(user) + Number(system);
}

const residentKilobytes = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
