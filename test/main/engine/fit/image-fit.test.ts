import { describe, expect, it } from 'vitest';
import type { Firmware } from '../../../../main/contract/firmware.ts';
import type { Entry } from '../../../../main/contract/image.ts';
import { imageFit } from '../../../../main/engine/fit/image-fit.ts';

const entryFor = (firmware: Firmware[], downloadBytes?: number): Entry => ({
  id: 'live',
  title: 'Live',
  destructive: false,
  variants: [{ firmware, method: 'linux', kernel: 'vmlinuz', initrds: [], commandLine: '' }],
  ...(downloadBytes === undefined ? {} : { downloadBytes }),
});
const image = { architecture: 'x86_64', memoryNeededMiB: 629, secureBoot: 'yes' } as const;

describe('what an image asks of machines and network', () => {
  it('is said before anybody walks to them', () => {
    const statements = imageFit(image, entryFor(['bios', 'uefi-x64'], 1_900_000_000), { machines: [1, 10, 30] });
    expect(statements.map(({ sentence }) => sentence)).toEqual([
      'A machine needs 629 MiB of memory or more.',
      'It boots machines with BIOS and UEFI x64 (x86_64 processors).',
      'It starts with Secure Boot on: its kernel is signed for the station’s loader.',
      'A machine fetches 1.9 GB. At 1 Gbit/s, one takes 16 seconds, 10 take 3 minutes, and 30 take 8 minutes.',
    ]);
    expect(statements.some(({ isWarning }) => isWarning)).toBe(false);
  });

  it('goes by the speed of the link, and warns of one that takes long', () => {
    const at = (linkMbps: number) =>
      imageFit(image, entryFor(['bios'], 1_900_000_000), { linkMbps, machines: [10] }).at(-1);
    expect(at(100)).toMatchObject({
      sentence: 'A machine fetches 1.9 GB. At 100 Mbit/s, 10 take 27 minutes.',
      isWarning: true,
    });
    expect(at(2500)).toMatchObject({
      sentence: 'A machine fetches 1.9 GB. At 2.5 Gbit/s, 10 take 65 seconds.',
      isWarning: false,
    });
  });

  it('reckons no time for what is there at once', () => {
    const statement = imageFit(image, entryFor(['bios'], 6_000_000), { machines: [1, 10, 30] }).at(-1);
    expect(statement?.sentence).toBe('A machine fetches 6 MB. At 1 Gbit/s, 30 take 2 seconds.');
    const small = imageFit(image, entryFor(['bios'], 200_000), { machines: [1, 10] }).at(-1);
    expect(small?.sentence).toBe('A machine fetches 1 MB.');
  });

  it.each([
    ['yes', false],
    ['no', true],
    ['unknown', false],
  ] as const)('says of a kernel whose signature is "%s" whether something has to be done', (secureBoot, isWarning) => {
    const [, , statement] = imageFit({ ...image, secureBoot }, entryFor(['uefi-x64']), { machines: [1] });
    expect(statement).toMatchObject({ about: 'secure-boot', isWarning });
  });

  it('says by whose loaders a kernel starts', () => {
    const ownLoaders = { firmware: 'uefi-x64', shim: 'a', grub: 'b' } as const;
    const [, , own] = imageFit({ ...image, ownLoaders }, entryFor(['uefi-x64']), { machines: [1] });
    const [, , stations] = imageFit(image, entryFor(['uefi-x64']), { machines: [1] });
    expect([own?.sentence, stations?.sentence]).toEqual([
      'It starts with Secure Boot on: its kernel is signed for the loaders of the image itself.',
      'It starts with Secure Boot on: its kernel is signed for the station’s loader.',
    ]);
  });

  it('says nothing of what nobody knows, nor of Secure Boot to machines without UEFI', () => {
    const statements = imageFit({ secureBoot: 'no' }, entryFor(['bios']), { machines: [1] });
    expect(statements.map(({ sentence }) => sentence)).toEqual(['It boots machines with BIOS.']);
  });

  it.each([
    [512, '512 MiB'],
    [1024, '1 GiB'],
    [1629, '1.6 GiB'],
    [2049, '2.1 GiB'],
  ])('rounds %i MiB up to %s', (memoryNeededMiB, text) => {
    const [statement] = imageFit({ ...image, memoryNeededMiB }, entryFor(['bios']), { machines: [1] });
    expect(statement?.sentence).toBe(`A machine needs ${text} of memory or more.`);
  });
});
