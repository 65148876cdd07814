import { describe, expect, it } from 'vitest';
import type { BootClient } from '../../../../main/contract/firmware.ts';
import {
  type Ask,
  type Climb,
  climb,
  fetched,
  rungNumber,
  spoke,
  worked,
} from '../../../../main/engine/boot/ladder.ts';
import { rungsFor } from '../../../../main/engine/boot/loader-rungs.ts';

const files = new Set(['snponly.efi', 'ipxe.efi', 'shimx64.efi', 'grubx64.efi']);
const rungs = rungsFor('uefi-x64', files);
const [snponly, ipxe, shim] = ['snponly.efi', 'ipxe.efi', 'shimx64.efi'];

/** One machine: it asks, or something of it is seen. Seconds since the start come first. */
type Step =
  | readonly [seconds: number, 'asks', expected: string | undefined, bootClient?: BootClient]
  | readonly [seconds: number, 'fetched' | 'spoke' | 'worked', nothing?: undefined, nobody?: undefined];

interface Played {
  readonly state: Climb;
  readonly given: readonly (string | undefined)[];
  readonly wanted: readonly (string | undefined)[];
}

function play(steps: readonly Step[], start?: Parameters<typeof climb>[3]): Played {
  let state: Climb | undefined;
  const given: (string | undefined)[] = [];
  const wanted: (string | undefined)[] = [];
  for (const step of steps) {
    const [seconds, what, expected, bootClient = 'pxe'] = step;
    if (what === 'asks') {
      const ask: Ask = { firmware: 'uefi-x64', bootClient, atMs: seconds * 1000 };
      state = climb(state, ask, rungs, start);
      given.push(state.file);
      wanted.push(expected);
    } else if (state !== undefined) {
      state = { fetched: fetched(state, seconds * 1000), spoke: spoke(state), worked: worked(state) }[what];
    }
  }
  if (state === undefined) throw new Error('nobody asked');
  return { state, given, wanted };
}

describe('the ladder', () => {
  it('begins at the first rung, and stays there while it is asked again', () => {
    const { given, wanted } = play([
      [0, 'asks', snponly],
      [1, 'asks', snponly],
      [60, 'asks', snponly],
    ]);
    expect(given).toEqual(wanted);
  });

  it('stays where a loader works, boot after boot', () => {
    const { given, wanted } = play([
      [0, 'asks', snponly],
      [1, 'fetched'],
      [3, 'spoke'],
      [4, 'worked'],
      [300, 'asks', snponly],
      [301, 'fetched'],
      [302, 'worked'],
      [900, 'asks', snponly],
    ]);
    expect(given).toEqual(wanted);
  });

  it('is not moved by a file that did not arrive as a whole', () => {
    const { given, wanted } = play([
      [0, 'asks', snponly],
      [120, 'asks', snponly],
      [240, 'asks', snponly, 'http-boot'],
      [360, 'asks', snponly],
    ]);
    expect(given).toEqual(wanted);
  });

  it.each([
    ['HTTP Boot after waiting for IPv6', 70, 'http-boot'],
    ['HTTP Boot at once', 1, 'http-boot'],
    ['PXE again at once', 3, 'pxe'],
  ] as const)('takes the next signed one in the same power-on: %s', (_what, seconds, bootClient) => {
    const {
      state: after,
      given,
      wanted,
    } = play([
      [0, 'asks', snponly],
      [1, 'fetched'],
      [1 + seconds, 'asks', shim, bootClient],
    ]);
    expect(given).toEqual(wanted);
    expect(after).toMatchObject({ reason: 'refused', failed: [{ file: snponly, failure: 'refused' }] });
    expect(rungNumber(after, rungs)).toEqual({ rung: 3, rungs: 3 });
  });

  it('goes up one rung after a loader that was not heard of until the next power-on', () => {
    const {
      state: after,
      given,
      wanted,
    } = play([
      [0, 'asks', snponly],
      [1, 'fetched'],
      [90, 'asks', ipxe],
      [91, 'fetched'],
      [200, 'asks', shim],
    ]);
    expect(given).toEqual(wanted);
    expect(after.failed.map(({ failure }) => failure)).toEqual(['silent', 'silent']);
  });

  it('goes back to a rung that was jumped over, then stops for good', () => {
    const {
      state: after,
      given,
      wanted,
    } = play([
      [0, 'asks', snponly],
      [1, 'fetched'],
      [2, 'asks', shim, 'http-boot'],
      [3, 'fetched'],
      [60, 'asks', ipxe],
      [61, 'fetched'],
      [200, 'asks', undefined],
      [400, 'asks', undefined],
      [4000, 'asks', undefined, 'http-boot'],
    ]);
    expect(given).toEqual(wanted);
    expect(after.failed.map(({ file }) => file)).toEqual([snponly, shim, ipxe]);
  });

  it('gives a loader that spoke a second boot, and leaves it when it loops', () => {
    const {
      state: after,
      given,
      wanted,
    } = play([
      [0, 'asks', snponly],
      [1, 'fetched'],
      [2, 'spoke'],
      [60, 'asks', snponly],
      [61, 'fetched'],
      [62, 'spoke'],
      [120, 'asks', ipxe],
    ]);
    expect(given).toEqual(wanted);
    expect(after.reason).toBe('looped');
  });

  it.each(['worked-before', 'worked-for-model'] as const)('begins with what %s, and climbs from there', (reason) => {
    const {
      state: after,
      given,
      wanted,
    } = play(
      [
        [0, 'asks', shim],
        [1, 'fetched'],
        [100, 'asks', snponly],
      ],
      { file: shim, reason },
    );
    expect(given).toEqual(wanted);
    expect(after.reason).toBe('silent');
  });

  it('does not begin with a loader that is not there', () => {
    const { given, wanted } = play([[0, 'asks', snponly]], {
      file: 'x86_64-sb/snponly-shim.efi',
      reason: 'worked-before',
    });
    expect(given).toEqual(wanted);
  });

  it('begins anew with another firmware: a machine may start by BIOS next time', () => {
    const uefi = climb(undefined, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: 0 }, rungs);
    const bios = rungsFor('bios', new Set(['undionly.kpxe']));
    const after = climb(fetched(uefi, 1), { firmware: 'bios', bootClient: 'pxe', atMs: 90_000 }, bios);
    expect(after).toMatchObject({ file: 'undionly.kpxe', reason: 'first', failed: [] });
  });

  it('offers nothing where there is nothing', () => {
    expect(climb(undefined, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: 0 }, []).file).toBeUndefined();
  });

  it('leaves a rung whose file went away', () => {
    const before = climb(undefined, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: 0 }, rungs);
    const after = climb(before, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: 1 }, rungs.slice(1));
    expect(after).toMatchObject({ file: ipxe, reason: 'first' });
  });

  it('ends after as many failures as there are rungs, whatever a machine does', () => {
    let state = climb(undefined, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: 0 }, rungs);
    const offered = new Set<string>();
    for (let boot = 1; boot <= 50; boot++) {
      if (state.file !== undefined) offered.add(state.file);
      const seen = boot % 2 === 0 ? spoke(fetched(state, boot * 100_000)) : fetched(state, boot * 100_000);
      state = climb(seen, { firmware: 'uefi-x64', bootClient: 'pxe', atMs: boot * 100_000 + 50_000 }, rungs);
    }
    expect(state.file).toBeUndefined();
    expect(state.failed).toHaveLength(3);
    expect(offered.size).toBe(3);
  });
});

describe('the rungs', () => {
  it.each([
    ['bios', ['undionly.kpxe', 'ipxe.pxe', 'pxelinux.0', 'ldlinux.c32'], ['undionly.kpxe', 'ipxe.pxe', 'pxelinux.0']],
    ['bios', ['undionly.kpxe', 'pxelinux.0'], ['undionly.kpxe']],
    ['uefi-x64', [...files], [snponly, ipxe, shim]],
    ['uefi-x64', ['snponly.efi', 'shimx64.efi'], [snponly]],
    ['uefi-arm64', ['ipxe-arm64.efi', 'shimaa64.efi', 'grubaa64.efi'], ['ipxe-arm64.efi', 'shimaa64.efi']],
    ['uefi-x64', ['x86_64-sb/snponly-shim.efi', 'x86_64-sb/snponly.efi'], ['x86_64-sb/snponly-shim.efi']],
    ['unknown', [...files], []],
  ] as const)('%s with %j are %j', (firmware, there, expected) => {
    expect(rungsFor(firmware, new Set(there)).map(({ file }) => file)).toEqual(expected);
  });

  it('leaves out programs that cannot start what is to be booted', () => {
    expect(rungsFor('uefi-x64', files, 'wimboot').map(({ program }) => program)).toEqual(['ipxe', 'ipxe']);
    expect(rungsFor('uefi-x64', files, 'efi').map(({ program }) => program)).toEqual(['ipxe', 'ipxe', 'grub']);
  });
});
