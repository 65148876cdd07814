import { type CaseResult, type ContestantResult, type MetricName, metrics, OURS } from './measurement.ts';
import { summarise, type Summary } from './summary.ts';

/** The results as JSON and as tables. Pure. */

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly kernel: string;
  readonly node: string;
}

export interface BenchReport {
  readonly startedAt: string;
  readonly quick: boolean;
  readonly repeats: number;
  readonly machine: Machine;
  /** Program versions of the peers. */
  readonly peers: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly cases: readonly CaseResult[];
}

const metricNames = Object.keys(metrics) as MetricName[];

function summaryOf({ samples }: ContestantResult, name: MetricName): Summary | undefined {
  const values = samples.flatMap((sample) => (sample[name] === undefined ? [] : [sample[name]]));
  return values.length === 0 ? undefined : summarise(values);
}

/** Ours divided by theirs, of the medians, for each peer and metric. */
function ratiosOf({ contestants }: CaseResult, peer: ContestantResult): Partial<Record<MetricName, number>> {
  const ours = contestants.find(({ name }) => name === OURS);
  const ratios: Partial<Record<MetricName, number>> = {};
  if (ours === undefined || peer.name.startsWith(OURS)) return ratios;
  for (const name of metricNames) {
    const [a, b] = [summaryOf(ours, name), summaryOf(peer, name)];
    if (a !== undefined && b !== undefined && b.median !== 0) ratios[name] = a.median / b.median;
  }
  return ratios;
}

export function toJson(report: BenchReport): string {
  const cases = report.cases.map((result) => ({
    ...result,
    contestants: result.contestants.map((contestant) => ({
      ...contestant,
      summary: Object.fromEntries(
        metricNames.flatMap((name) => {
          const summary = summaryOf(contestant, name);
          return summary === undefined ? [] : [[name, summary]];
        }),
      ),
      oursDividedByThis: ratiosOf(result, contestant),
    })),
  }));
  return `${JSON.stringify({ ...report, cases }, undefined, 2)}\n`;
}

export function toMarkdown(report: BenchReport): string {
  const { machine } = report;
  const lines = [
    '# Benchmark',
    '',
    `${report.startedAt}${report.quick ? ', quick' : ''}; ${report.repeats} runs each in turn, median (least to most); ` +
      `"ours" is ${OURS}'s median divided by the peer's, in bold where ${OURS} is behind.`,
    '',
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Linux ${machine.kernel}, Node ${machine.node}. ` +
      Object.entries(report.peers)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    '',
    ...report.notes.map((note) => `- ${note}`),
  ];
  for (const room of ['tftp', 'http', 'dhcp', 'inspect'] as const) {
    const cases = report.cases.filter((result) => result.room === room);
    if (cases.length > 0) lines.push('', `## ${room}`, '', ...tableOf(cases));
  }
  return `${lines.join('\n')}\n`;
}

function tableOf(cases: readonly CaseResult[]): string[] {
  const used = metricNames.filter((name) =>
    cases.some(({ contestants }) => contestants.some((contestant) => summaryOf(contestant, name) !== undefined)),
  );
  const columns = ['case', 'server', ...used.flatMap((name) => [metrics[name].unit, 'ours']), 'note'];
  const rows = cases.flatMap((result) =>
    result.contestants.map((contestant, index) => {
      const ratios = ratiosOf(result, contestant);
      const cells = used.flatMap((name) => [
        summaryText(summaryOf(contestant, name)),
        ratioText(ratios[name], metrics[name].better),
      ]);
      return [
        index === 0 ? result.title : '',
        contestant.name,
        ...cells,
        [contestant.note, contestant.failure].filter((text) => text !== undefined).join('; '),
      ];
    }),
  );
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

const summaryText = (summary: Summary | undefined): string =>
  summary === undefined ? '' : `${round(summary.median)} (${round(summary.min)}–${round(summary.max)})`;

function ratioText(ratio: number | undefined, better: 'more' | 'less'): string {
  if (ratio === undefined) return '';
  const behind = better === 'more' ? ratio < 0.98 : ratio > 1.02;
  return behind ? `**×${round(ratio)}**` : `×${round(ratio)}`;
}

/** Three digits that mean something. */
function round(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 3));
}
