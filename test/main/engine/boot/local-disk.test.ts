import { describe, expect, it } from 'vitest';
import type { BootClient } from '../../../../main/contract/firmware.ts';
import { type LocalDiskTry, sendToDisk } from '../../../../main/engine/boot/local-disk.ts';

/** Seconds, transaction, method that it gets. */
type Step = readonly [seconds: number, transactionId: number, method: LocalDiskTry['method'], bootClient?: BootClient];

function play(
  steps: readonly Step[],
  start?: Parameters<typeof sendToDisk>[2],
): { last: LocalDiskTry | undefined; given: readonly string[]; wanted: readonly string[] } {
  let last: LocalDiskTry | undefined;
  const given = steps.map(([seconds, transactionId, _method, bootClient = 'pxe']) => {
    last = sendToDisk(last, { firmware: 'bios', bootClient, transactionId, atMs: seconds * 1000 }, start);
    return last.method;
  });
  return { last, given, wanted: steps.map(([, , method]) => method) };
}

describe('the way to the local disk', () => {
  it('is no boot file, for as long as nothing speaks against it', () => {
    const { given, wanted } = play([
      [0, 1, 'no-boot-file'],
      [4, 1, 'no-boot-file'],
      [12, 1, 'no-boot-file'],
      [3600, 2, 'no-boot-file'],
      [7200, 3, 'no-boot-file'],
      [10_800, 4, 'no-boot-file'],
    ]);
    expect(given).toEqual(wanted);
  });

  it('does not take HTTP Boot after PXE for a machine that came back', () => {
    const { given, wanted } = play([
      [0, 1, 'no-boot-file'],
      [20, 2, 'no-boot-file', 'http-boot'],
      [60, 3, 'no-boot-file'],
      [80, 4, 'no-boot-file', 'http-boot'],
    ]);
    expect(given).toEqual(wanted);
  });

  it('is a loader for a machine that comes back, then one that starts the disk, and stays that', () => {
    const { last, given, wanted } = play([
      [0, 1, 'no-boot-file'],
      [60, 2, 'no-boot-file'],
      [120, 3, 'loader-exit'],
      [180, 4, 'loader-exit'],
      [240, 5, 'loader-starts-disk'],
      [300, 6, 'loader-starts-disk'],
      [360, 7, 'loader-starts-disk'],
      [420, 8, 'loader-starts-disk'],
    ]);
    expect(given).toEqual(wanted);
    expect(last?.reason).toBe('came-back');
  });

  it('begins with a loader that ends on UEFI, which asks for long where it is offered nothing', () => {
    const ask = (transactionId: number) =>
      ({ firmware: 'uefi-x64', bootClient: 'pxe', transactionId, atMs: transactionId * 60_000 }) as const;
    let last = sendToDisk(undefined, ask(1));
    const given = [last.method];
    for (const transactionId of [2, 3, 4, 5]) {
      last = sendToDisk(last, ask(transactionId));
      given.push(last.method);
    }
    expect(given).toEqual(['loader-exit', 'loader-exit', 'no-boot-file', 'no-boot-file', 'loader-starts-disk']);
  });

  it('begins with what worked', () => {
    const { last, given, wanted } = play([[0, 1, 'loader-exit']], {
      method: 'loader-exit',
      reason: 'worked-for-model',
    });
    expect(given).toEqual(wanted);
    expect(last?.reason).toBe('worked-for-model');
  });
});
