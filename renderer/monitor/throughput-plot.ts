import type { ThroughputSample } from '../../main/contract/state.ts';

export interface Plot {
  /** SVG paths in a box of `width` by `height`. */
  readonly line: string;
  readonly area: string;
  /** Where the wire's limit is, from the top; absent where there is no wire. */
  readonly limitY: number | undefined;
  readonly points: readonly { readonly x: number; readonly y: number; readonly sample: ThroughputSample }[];
}

const windowsMs = [60_000, 120_000, 300_000] as const;
const longestMs = 300_000;

/** How much of the past is shown: little at first, so that the first minute is no sliver at the edge. */
export function windowOf(samples: readonly ThroughputSample[]): number {
  const [first] = samples;
  const last = samples.at(-1);
  const spanMs = first === undefined || last === undefined ? 0 : last.at - first.at;
  return windowsMs.find((windowMs) => spanMs <= windowMs) ?? longestMs;
}

/**
 * The last `windowMs` of throughput. The newest sample is the right edge, whatever this screen's clock says. The scale
 * ends at the wire's limit, so that its height tells how full the wire is; without one at the highest value.
 */
export function plotThroughput(
  samples: readonly ThroughputSample[],
  box: {
    readonly width: number;
    readonly height: number;
    readonly windowMs: number;
    readonly limit: number | undefined;
  },
): Plot {
  const { width, height, windowMs, limit } = box;
  const end = samples.at(-1)?.at ?? 0;
  const shown = samples.filter(({ at }) => end - at <= windowMs);
  const highest = Math.max(1, ...shown.map(({ bytesPerSecond }) => bytesPerSecond));
  const top = Math.max(highest, limit ?? 0);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const yOf = (bytesPerSecond: number): number => round(height - (bytesPerSecond / top) * height);
  const points = shown.map((sample) => ({
    x: round(width - ((end - sample.at) / windowMs) * width),
    y: yOf(sample.bytesPerSecond),
    sample,
  }));
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const first = points[0];
  return {
    line,
    area: first === undefined ? '' : `${line}L${width} ${height}L${first.x} ${height}Z`,
    limitY: limit === undefined ? undefined : yOf(limit),
    points,
  };
}
