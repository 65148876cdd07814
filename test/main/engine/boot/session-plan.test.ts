import { describe, expect, it } from 'vitest';
import { type BootVariant, type Entry, WHOLE_IMAGE } from '../../../../main/contract/image.ts';
import { rungsFor } from '../../../../main/engine/boot/loader-rungs.ts';
import type { Machine } from '../../../../main/engine/boot/plan.ts';
import { type SessionBoot, sessionPlan } from '../../../../main/engine/boot/session-plan.ts';
import { installEntry } from './menu-fixture.ts';

const baseUrl = 'http://192.168.77.1';
const loaders = new Set(['undionly.kpxe', 'snponly.efi']);
const session: SessionBoot = {
  entry: installEntry,
  baseUrl,
  imageUrl: `${baseUrl}/debian.iso`,
  chooseLoader: ({ firmware }) => {
    const [rung] = rungsFor(firmware, loaders);
    return rung === undefined ? { kind: 'none', reason: 'none runs' } : { ...rung, kind: 'loader' };
  },
  approval: () => 'approved',
  codeOf: () => '7K4',
  afterBoot: 'boot-again',
  hasFinished: () => false,
  localDisk: () => 'no-boot-file',
  chooseDiskStarter: () => ({ kind: 'loader', file: 'shimx64.efi', program: 'grub' }),
};
const plan = sessionPlan(session);
const machine = (facts: Partial<Machine>): Machine => ({
  mac: '02:00:00:00:00:01',
  firmware: 'bios',
  bootClient: 'pxe',
  ...facts,
});

describe('sessionPlan', () => {
  it.each([
    ['a BIOS', { firmware: 'bios' }, 'undionly.kpxe'],
    ['a UEFI', { firmware: 'uefi-x64' }, 'snponly.efi'],
    ['UEFI HTTP Boot', { firmware: 'uefi-x64', bootClient: 'http-boot' }, `${baseUrl}/snponly.efi`],
    ['iPXE', { bootClient: 'ipxe' }, `${baseUrl}/boot.ipxe`],
    ['iPXE that says it has HTTP', { bootClient: 'ipxe', ipxeFeatures: new Set([0x13, 0x18]) }, `${baseUrl}/boot.ipxe`],
    ['iPXE built without HTTP', { bootClient: 'ipxe', ipxeFeatures: new Set([0x18]) }, 'undionly.kpxe'],
    ['BOOTP', { bootClient: 'bootp' }, 'undionly.kpxe'],
  ] as const)('gives %s what it can use', (_name, facts, bootFile) => {
    expect(plan(machine(facts))).toMatchObject({ kind: 'boot', bootFile });
  });

  it.each([
    ['an operating system', { bootClient: 'none' }, /operating system/],
    ['firmware that the entry does not suit', { firmware: 'uefi-arm64' }, /does not boot on uefi-arm64/],
    ['firmware without a loader', { firmware: 'unknown' }, /none runs/],
    ['what fetches no loader of ours', { bootClient: 'u-boot' }, /no loader for u-boot/],
  ] as const)('gives %s nothing, and says why', (_name, facts, reason) => {
    const decided = plan(machine(facts));
    expect(decided).toMatchObject({ kind: 'nothing', reason: expect.stringMatching(reason) as string });
  });

  it('gives a disc to UEFI HTTP Boot, which starts it from memory, once the machine may', () => {
    const disc: Omit<BootVariant, 'firmware'> = {
      method: 'sanboot',
      kernel: WHOLE_IMAGE,
      initrds: [],
      commandLine: '',
    };
    const entry: Entry = {
      id: 'disc',
      title: 'Disc',
      destructive: true,
      variants: [{ ...disc, firmware: ['bios', 'uefi-x64'] }],
    };
    const bootFileOf = (facts: Partial<Machine>, own: Partial<SessionBoot> = {}): unknown =>
      sessionPlan({ ...session, entry, ...own })(machine({ firmware: 'uefi-x64', ...facts }));
    const http = { bootClient: 'http-boot' } as const;
    expect(bootFileOf(http)).toMatchObject({ kind: 'boot', bootFile: `${baseUrl}/debian.iso` });
    const loader = { bootFile: `${baseUrl}/snponly.efi` };
    expect(bootFileOf(http, { approval: () => 'waiting' })).toMatchObject({ kind: 'wait', ...loader });
    expect(bootFileOf(http, { entry: installEntry })).toMatchObject({ kind: 'boot', ...loader });
    expect(bootFileOf({ bootClient: 'pxe' })).toMatchObject({ bootFile: 'snponly.efi' });
    expect(bootFileOf({ bootClient: 'ipxe' })).toMatchObject({ bootFile: `${baseUrl}/boot.ipxe` });
  });

  it('lets a machine wait with the loader it will need anyway', () => {
    const waiting = sessionPlan({ ...session, approval: () => 'waiting' });
    expect(waiting(machine({}))).toEqual({ kind: 'wait', bootFile: 'undionly.kpxe', code: '7K4' });
    expect(waiting(machine({ bootClient: 'ipxe' }))).toMatchObject({ kind: 'wait', bootFile: `${baseUrl}/boot.ipxe` });
    // What it cannot boot once it is approved is not worth waiting for.
    expect(waiting(machine({ firmware: 'uefi-arm64' })).kind).toBe('nothing');
  });

  it('asks about the machine that asks', () => {
    const asked: string[] = [];
    const approval = ({ mac }: Machine): 'refused' => {
      asked.push(mac);
      return 'refused';
    };
    expect(sessionPlan({ ...session, approval })(machine({}))).toEqual({
      kind: 'nothing',
      reason: 'it may not boot in this session',
    });
    expect(asked).toEqual([machine({}).mac]);
  });

  it.each([
    ['local-disk', true, 'nothing'],
    ['local-disk', false, 'boot'],
    ['boot-again', true, 'boot'],
  ] as const)('after boot %s, with finished %s: %s', (afterBoot, finished, kind) => {
    expect(sessionPlan({ ...session, afterBoot, hasFinished: () => finished })(machine({})).kind).toBe(kind);
  });

  it('does not let a machine that is done wait for a person', () => {
    const done = sessionPlan({
      ...session,
      approval: () => 'waiting',
      afterBoot: 'local-disk',
      hasFinished: () => true,
    });
    expect(done(machine({}))).toMatchObject({ kind: 'nothing', reason: expect.stringMatching(/own disk/) as string });
  });

  it.each([
    ['pxe', 'undionly.kpxe'],
    ['ipxe', `${baseUrl}/boot.ipxe`],
  ] as const)('sends a machine that is done to its disk by a loader where it has to be: %s', (bootClient, bootFile) => {
    const hasFinished = (): boolean => true;
    const done = sessionPlan({ ...session, afterBoot: 'local-disk', hasFinished, localDisk: () => 'loader-exit' });
    expect(done(machine({ bootClient }))).toMatchObject({ kind: 'local-disk', bootFile, method: 'loader-exit' });
    expect(done(machine({ firmware: 'unknown' })).kind).toBe('nothing');
  });

  it('starts the disk of a machine by the loader that can', () => {
    const hasFinished = (): boolean => true;
    const localDisk = (): 'loader-starts-disk' => 'loader-starts-disk';
    const done = sessionPlan({ ...session, afterBoot: 'local-disk', hasFinished, localDisk });
    expect(done(machine({ firmware: 'uefi-x64' }))).toMatchObject({ kind: 'local-disk', bootFile: 'shimx64.efi' });
  });

  it.each([
    [
      'an image without its files',
      false,
      'approved',
      { kind: 'nothing', reason: 'the image has no boot files for a Raspberry Pi' },
    ],
    ['a person who has not approved it', true, 'waiting', { kind: 'nothing' }],
    ['a person who has', true, 'approved', { kind: 'boot', bootFile: 'bootcode.bin' }],
  ] as const)('answers a Raspberry Pi with %s', (_what, servesRaspberryPi, state, decided) => {
    const pi = sessionPlan({ ...session, servesRaspberryPi, approval: () => state });
    expect(pi(machine({ bootClient: 'raspberry-pi', firmware: 'raspberry-pi' }))).toMatchObject(decided);
  });
});
