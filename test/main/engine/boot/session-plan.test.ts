import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../../main/engine/boot/plan.ts';
import { type SessionBoot, sessionPlan } from '../../../../main/engine/boot/session-plan.ts';
import { installEntry, memtestEntry } from './menu-fixture.ts';

const baseUrl = 'http://192.168.77.1';
const loaders = new Set(['undionly.kpxe', 'snponly.efi']);
const session: SessionBoot = {
  entry: installEntry,
  baseUrl,
  loaders,
  approval: () => 'approved',
  codeOf: () => '7K4',
  afterBoot: 'boot-again',
  hasFinished: () => false,
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
    ['firmware nobody knows', { firmware: 'unknown' }, /no loader for unknown/],
  ] as const)('gives %s nothing, and says why', (_name, facts, reason) => {
    const decided = plan(machine(facts));
    expect(decided).toMatchObject({ kind: 'nothing', reason: expect.stringMatching(reason) as string });
  });

  it('says that a loader is not installed', () => {
    const without = sessionPlan({ ...session, entry: memtestEntry, loaders: new Set() });
    expect(without(machine({ firmware: 'uefi-x64' }))).toMatchObject({
      reason: 'the loader snponly.efi is not installed',
    });
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
    const approval = (mac: string): 'refused' => {
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
});
