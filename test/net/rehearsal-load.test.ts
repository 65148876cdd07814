import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRehearsal } from '../../main/engine/rehearsal/rehearsal.ts';

/** The engine and 200 simulated machines in one process, as fast as they can. */

const MIB = 1024 * 1024;
const CLIENTS = 200;
const imageSizes = { kernelBytes: 4 * MIB, initrdBytes: 10 * MIB, systemBytes: 4 * MIB };
/** Chunks of 200 downloads on both sides of their sockets, and what the collector has not got to yet: 340 MiB were measured. */
const MOST_GROWTH_BYTES = 600 * MIB;

describe.skipIf(process.platform !== 'linux')(`${CLIENTS} machines at once`, () => {
  it('end each as it should, in bounded memory', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-rehearsal-load-'));
    const before = process.memoryUsage.rss();
    let peak = before;
    const meter = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 100);
    try {
      await using rehearsal = await startRehearsal({
        clients: CLIENTS,
        pace: 'full-speed',
        dataFolder,
        loadersFolder: dataFolder,
        imageSizes,
      });
      const result = await rehearsal.done;
      const { durationMs, bytesPerSecond, dhcpExchange } = result;
      process.stdout.write(
        `${CLIENTS} machines: ${durationMs} ms, ${Math.round(bytesPerSecond / 1e6)} MB/s, ` +
          `DHCP p50 ${dhcpExchange.p50Ms} ms, p99 ${dhcpExchange.p99Ms} ms, ` +
          `memory +${Math.round((peak - before) / MIB)} MiB\n`,
      );
      expect(result.machines.filter(({ asExpected }) => !asExpected)).toEqual([]);
      expect(rehearsal.engine.clients()).toHaveLength(CLIENTS);
      expect(peak - before).toBeLessThan(MOST_GROWTH_BYTES);
    } finally {
      clearInterval(meter);
      await rm(dataFolder, { recursive: true });
    }
  });
});
