/** What a run of the benchmark measures, and how contestants take turns. */

export const OURS = 'fieldboot';

export interface Metric {
  readonly unit: string;
  /** Whether more is better. */
  readonly better: 'more' | 'less';
}

export const metrics = {
  megabytesPerSecond: { unit: 'MB/s', better: 'more' },
  requestsPerSecond: { unit: 'requests/s', better: 'more' },
  exchangesPerSecond: { unit: 'exchanges/s', better: 'more' },
  unansweredPercent: { unit: '% unanswered', better: 'less' },
  delayMs: { unit: 'ms delay', better: 'less' },
  milliseconds: { unit: 'ms', better: 'less' },
  processorSecondsPerGigabyte: { unit: 'CPU s/GB', better: 'less' },
  processorMilliseconds: { unit: 'CPU ms', better: 'less' },
  processorMicrosecondsEach: { unit: 'CPU µs each', better: 'less' },
  peakMegabytes: { unit: 'MB peak', better: 'less' },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
/** One run's numbers. */
export type Sample = Readonly<Partial<Record<MetricName, number>>>;

export interface Contestant {
  readonly name: string;
  /** One run from start to stop, the start not counted. */
  run(): Promise<{ sample: Sample; note?: string | undefined }>;
}

export interface BenchCase {
  readonly room: 'tftp' | 'http' | 'dhcp' | 'inspect';
  readonly title: string;
  readonly contestants: readonly Contestant[];
}

export interface ContestantResult {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** What is to be known of these numbers, such as an option the server did not grant. */
  readonly note?: string | undefined;
  /** Why there are no numbers, or fewer. */
  readonly failure?: string | undefined;
}

export interface CaseResult {
  readonly room: BenchCase['room'];
  readonly title: string;
  readonly contestants: readonly ContestantResult[];
}

/**
 * All contestants once, then all again: what else the machine does in the meantime meets all of them. Every other
 * round goes backwards, so that nobody always runs on what the one before left in the caches.
 */
export async function runInTurns(
  { room, title, contestants }: BenchCase,
  repeats: number,
  tell: (line: string) => void,
): Promise<CaseResult> {
  const results = contestants.map(({ name }) => ({
    name,
    samples: [] as Sample[],
    note: undefined as string | undefined,
    failure: undefined as string | undefined,
  }));
  for (let round = 0; round < repeats; round += 1) {
    const order = contestants.map((contestant, index) => ({ contestant, result: results[index] }));
    for (const { contestant, result } of round % 2 === 0 ? order : order.toReversed()) {
      if (result === undefined || result.failure !== undefined) continue;
      try {
        const { sample, note } = await contestant.run();
        result.samples.push(sample);
        result.note ??= note;
      } catch (error) {
        // A peer that fails is a result like any other, and its numbers so far stand.
        result.failure = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        tell(`  ${title}, ${contestant.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return { room, title, contestants: results };
}
