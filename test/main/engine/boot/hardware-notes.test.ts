import { describe, expect, it } from 'vitest';
import { hardwareNotesSchema } from '../../../../main/contract/hardware-notes.ts';
import {
  mergedNotes,
  MOST_MACHINES,
  noHardwareNotes,
  remembered,
  type Success,
  withSuccess,
} from '../../../../main/engine/boot/hardware-notes.ts';

const latitude = { manufacturer: 'Dell Inc.', product: 'Latitude 5430' };
const optiplex = { manufacturer: 'Dell Inc.', product: 'OptiPlex 7090' };
const success = (facts: Partial<Success>): Success => ({
  mac: 'f8:b1:56:00:00:01',
  firmware: 'uefi-x64',
  loader: 'shimx64.efi',
  model: latitude,
  atMs: 1,
  ...facts,
});
const notesOf = (...all: Partial<Success>[]): typeof noHardwareNotes =>
  all.reduce((notes, one) => withSuccess(notes, success(one)), noHardwareNotes);
const ask = (mac: string, more = {}): Parameters<typeof remembered>[1] => ({ mac, firmware: 'uefi-x64', ...more });

describe('hardware notes', () => {
  const notes = notesOf({});

  it.each([
    ['the machine itself', ask('f8:b1:56:00:00:01'), { loader: 'shimx64.efi', by: 'machine', model: latitude }],
    [
      'its model, which is known',
      ask('00:11:22:00:00:02', { model: latitude }),
      { loader: 'shimx64.efi', by: 'model', model: latitude },
    ],
    ['the vendor half of a MAC', ask('f8:b1:56:00:00:02'), { loader: 'shimx64.efi', by: 'model', model: latitude }],
    ['another model', ask('f8:b1:56:00:00:02', { model: optiplex }), undefined],
    ['another MAC', ask('00:11:22:00:00:02'), undefined],
    ['another firmware', { mac: 'f8:b1:56:00:00:01', firmware: 'bios' }, undefined],
  ] as const)('know by %s', (_by, machine, expected) => {
    expect(remembered(notes, machine, 'loader')).toEqual(expected);
  });

  it('do not guess by a MAC where models with such differ', () => {
    const both = notesOf({}, { mac: 'f8:b1:56:00:00:09', model: optiplex, loader: 'snponly.efi' });
    expect(remembered(both, ask('f8:b1:56:00:00:02'), 'loader')).toBeUndefined();
    expect(remembered(both, ask('f8:b1:56:00:00:02', { model: optiplex }), 'loader')?.loader).toBe('snponly.efi');
  });

  it('keep loader and way to the disk apart, and learn the one without the other', () => {
    const learnt = withSuccess(
      notes,
      success({ loader: undefined, localDisk: 'loader-exit', model: undefined, atMs: 2 }),
    );
    expect(learnt.machines).toHaveLength(1);
    expect(remembered(learnt, ask('f8:b1:56:00:00:02'), 'localDisk')?.localDisk).toBe('loader-exit');
    expect(remembered(learnt, ask('f8:b1:56:00:00:02'), 'loader')?.loader).toBe('shimx64.efi');
  });

  it('are the same where nothing is new', () => {
    expect(withSuccess(notes, success({ atMs: 99 }))).toBe(notes);
    expect(withSuccess(notes, success({ atMs: 99, model: undefined }))).toBe(notes);
    expect(withSuccess(notes, success({ loader: 'ipxe.efi' }))).not.toBe(notes);
  });

  it('forget the oldest, and stay within what a file may hold', () => {
    let many = noHardwareNotes;
    for (let index = 0; index < MOST_MACHINES + 10; index++) {
      const mac = `02:00:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 0xff).toString(16).padStart(2, '0')}`;
      many = withSuccess(many, success({ mac, model: undefined, atMs: index }));
    }
    expect(many.machines).toHaveLength(MOST_MACHINES);
    expect(many.machines[0]?.mac).toBe('02:00:00:00:00:0a');
    expect(hardwareNotesSchema.safeParse(many).success).toBe(true);
  });

  it('take in those of another station, the newer of two about the same', () => {
    const other = notesOf({ loader: 'ipxe.efi', atMs: 5 }, { mac: '00:11:22:00:00:01', model: optiplex, atMs: 0 });
    for (const merged of [mergedNotes(notes, other), mergedNotes(other, notes)]) {
      expect(remembered(merged, ask('f8:b1:56:00:00:01'), 'loader')?.loader).toBe('ipxe.efi');
      expect(merged.machines).toHaveLength(2);
      expect(merged.models).toHaveLength(2);
    }
  });
});
