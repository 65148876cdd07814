import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChecked } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { type BuiltIso, buildBigIso, canBuildIso } from '../testbed/iso-builder.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { buildBootableIso } from './fixtures/bootable-iso.ts';

/**
 * How long a person waits. The bounds are those of a quiet computer; the figures are printed, and only medians of several fresh
 * processes far beyond the bounds fail, as the computer may be busy with other things.
 */

const RUNS = 5;
const BUSY_FACTOR = 3;
const INSPECT_BOUND_MS = 150;
const INSPECT_BOUND_MIB = 60;
const READY_BOUND_MS = 1_000;

const MEASURE = fileURLToPath(new URL('./fixtures/measure-inspect.ts', import.meta.url));

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

function tell(what: string, values: readonly number[], unit: string, bound: number): void {
  const all = values.map((value) => value.toFixed(0)).join(' ');
  process.stderr.write(`${what}: median ${median(values).toFixed(0)} ${unit} (${all}), bound ${bound} ${unit}\n`);
}

async function repeat<Value>(measure: () => Promise<Value>): Promise<Value[]> {
  const measured: Value[] = [];
  for (let run = 0; run < RUNS; run += 1) measured.push(await measure());
  return measured;
}

interface InspectMeasurement {
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly addedMiB: number;
  readonly name: string;
  readonly entries: number;
}

describe.skipIf(!canBuildIso())('inspect', () => {
  let path: string;
  beforeAll(async () => {
    path = await buildBigIso();
  }, 300_000);

  it('answers on 5 GB with 30,000 files at once, in little memory', async () => {
    const runs = await repeat(
      async () => JSON.parse(await runChecked([process.execPath, MEASURE, path])) as InspectMeasurement,
    );
    for (const run of runs) expect(run).toMatchObject({ name: 'Fieldboot big test image', entries: 1 });
    const tookMs = runs.map((run) => run.tookMs);
    const cpuMs = runs.map((run) => run.cpuMs);
    const addedMiB = runs.map((run) => run.addedMiB);
    tell('inspect, after start-up', tookMs, 'ms', INSPECT_BOUND_MS);
    tell('inspect, processor time', cpuMs, 'ms', INSPECT_BOUND_MS);
    tell('inspect, added memory', addedMiB, 'MiB', INSPECT_BOUND_MIB);
    expect(median(tookMs)).toBeLessThan(INSPECT_BOUND_MS * BUSY_FACTOR);
    // These two hardly depend on how busy the computer is.
    expect(median(cpuMs)).toBeLessThan(INSPECT_BOUND_MS);
    expect(median(addedMiB)).toBeLessThan(INSPECT_BOUND_MIB);
  });
});

describe.skipIf(!bedAvailable() || !canBuildIso())('serve', () => {
  let bed: Bed;
  let image: BuiltIso;
  beforeAll(async () => {
    image = await buildBootableIso();
    bed = await Bed.open();
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });

  it('is ready soon after it is started', async () => {
    const readyMs = await repeat(async () => {
      const startMs = performance.now();
      await using station = await Station.serve(bed, { image: image.path });
      const tookMs = performance.now() - startMs;
      expect(station.eventsOf('session.started')).toHaveLength(1);
      return tookMs;
    });
    tell('serve, from its start to session.started', readyMs, 'ms', READY_BOUND_MS);
    expect(median(readyMs)).toBeLessThan(READY_BOUND_MS * BUSY_FACTOR);
  });
});
