import { describe, expect, it } from 'vitest';
import type { Firmware } from '../../../../main/contract/firmware.ts';
import { machineFit, type MachineFacts } from '../../../../main/engine/fit/machine-fit.ts';

const image = { name: 'Debian 12 live', memoryNeededMiB: 2048, secureBoot: 'no' } as const;
const entry = {
  variants: [
    { firmware: ['bios'] as Firmware[], method: 'linux' as const, kernel: 'k', initrds: [], commandLine: '' },
    { firmware: ['uefi-x64'] as Firmware[], method: 'linux' as const, kernel: 'k', initrds: [], commandLine: '' },
  ],
};
const cases: readonly [string, MachineFacts, readonly string[]][] = [
  ['enough memory', { firmware: 'bios', memoryMiB: 2048 }, []],
  ['nothing known but the firmware', { firmware: 'uefi-x64' }, []],
  ['nothing known at all', { firmware: 'unknown' }, []],
  ['too little memory', { firmware: 'bios', memoryMiB: 1024 }, ['F_TOO_LITTLE_MEMORY']],
  ['one MiB too little', { firmware: 'bios', memoryMiB: 2047 }, ['F_TOO_LITTLE_MEMORY']],
  ['another firmware, whatever its memory', { firmware: 'uefi-arm64', memoryMiB: 8 }, ['F_WRONG_ARCHITECTURE']],
  ['a firmware for 32 bits', { firmware: 'uefi-ia32' }, ['F_WRONG_ARCHITECTURE']],
  ['Secure Boot on', { firmware: 'uefi-x64', secureBoot: true }, ['F_KERNEL_NOT_SIGNED']],
  ['Secure Boot off', { firmware: 'uefi-x64', secureBoot: false }, []],
  [
    'Secure Boot on and too little memory',
    { firmware: 'uefi-x64', secureBoot: true, memoryMiB: 512 },
    ['F_KERNEL_NOT_SIGNED', 'F_TOO_LITTLE_MEMORY'],
  ],
];

describe('the fit of a machine', () => {
  it.each(cases)('%s', (_what, machine, codes) => {
    expect(machineFit(image, entry, machine).map(({ code }) => code)).toEqual(codes);
  });

  it('says what it has and what it would need', () => {
    expect(machineFit(image, entry, { firmware: 'bios', memoryMiB: 1024 })[0]?.sentence).toBe(
      'It has 1024 MiB of memory, and this image needs 2048.',
    );
    expect(machineFit(image, entry, { firmware: 'uefi-arm64' })[0]?.sentence).toBe(
      'It is UEFI arm64, and Debian 12 live does not boot on that.',
    );
  });

  it.each(['yes', 'unknown'] as const)('holds nothing against a kernel whose signature is "%s"', (secureBoot) => {
    expect(machineFit({ ...image, secureBoot }, entry, { firmware: 'uefi-x64', secureBoot: true })).toEqual([]);
  });

  it('knows of no need where the recipe does not', () => {
    const { memoryNeededMiB: _unknown, ...other } = image;
    expect(machineFit(other, entry, { firmware: 'bios', memoryMiB: 64 })).toEqual([]);
  });
});
