import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListedMachine } from '../../../main/contract/machines.ts';
import { readMachineList } from '../../../main/engine/machines/machine-list.ts';
import { writeMachineList } from '../../../main/engine/machines/write-machine-list.ts';
import { openMachineBook } from '../../../main/station/machine-book.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine-book-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const mac = '52:54:00:00:00:01';
const listed = (...lines: readonly string[]): ListedMachine[] =>
  readMachineList(['name,mac,serial,address,ticket', ...lines].join('\n')).machines;

describe('the machines that a person knows', () => {
  it('are kept over restarts, and an empty name takes one away', async () => {
    const book = await openMachineBook(folder);
    await book.change({ macs: [mac] }, { name: ' Front desk ' });
    await book.change({ macs: ['52:54:00:00:00:02'] }, { name: 'Spare' });
    await book.change({ macs: ['52:54:00:00:00:02'] }, { name: '' });
    const again = await openMachineBook(folder);
    expect(again.machines).toEqual([{ line: 1, macs: [mac], name: 'Front desk', values: {} }]);
  });

  it('are found again by their serial at another adapter, and a name that can be one is a host name', async () => {
    const book = await openMachineBook(folder);
    await book.change({ macs: [mac], serial: 'S-0001' }, { name: 'desk-1' });
    await book.change({ macs: ['52:54:00:00:00:02'], serial: 's-0001' }, { address: '192.168.77.21' });
    expect(book.machines).toEqual([
      {
        line: 1,
        macs: [mac, '52:54:00:00:00:02'],
        serial: 'S-0001',
        name: 'desk-1',
        hostName: 'desk-1',
        address: '192.168.77.21',
        values: {},
      },
    ]);
    // A laptop that borrows the adapter is another machine.
    expect(book.find({ macs: [mac], serial: 'S-0002' })).toBeUndefined();
  });

  it('have addresses of their own', async () => {
    const book = await openMachineBook(folder);
    await book.change({ macs: [mac] }, { name: 'desk-1', address: '192.168.77.21' });
    const other = { macs: ['52:54:00:00:00:02'] };
    await expect(book.change(other, { address: '192.168.77.21' })).rejects.toMatchObject({
      code: 'E_RESERVATION',
      data: { problem: 'it is reserved for desk-1' },
    });
    await expect(book.change(other, { address: '192.168.77.300' })).rejects.toMatchObject({ code: 'E_RESERVATION' });
    await book.change({ macs: [mac] }, { address: '' });
    await book.change(other, { address: '192.168.77.21' });
    expect(book.machines.map(({ address }) => address)).toEqual([undefined, '192.168.77.21']);
  });

  it('are joined by a list, which counts where it says something', async () => {
    const book = await openMachineBook(folder);
    await book.take(listed(`desk-1,${mac},S-0001,192.168.77.21,T-1`, 'desk-2,,S-0002,192.168.77.22,'), 'replace');
    await book.take(listed('front,,S-0001,192.168.77.22,T-9', 'desk-3,,S-0003,,'), 'add');
    expect(book.machines.map(({ line, name, macs, address, values }) => [line, name, macs, address, values])).toEqual([
      [1, 'front', [mac], '192.168.77.22', { ticket: 'T-9' }],
      [2, 'desk-2', [], undefined, {}],
      [3, 'desk-3', [], undefined, {}],
    ]);
    await book.take(listed('only,,S-0009,,'), 'replace');
    expect(book.machines.map(({ name }) => name)).toEqual(['only']);
  });

  it('tell of each change', async () => {
    const book = await openMachineBook(folder);
    const told: number[] = [];
    book.onChanged((machines) => told.push(machines.length));
    await book.change({ macs: [mac] }, { name: 'Front desk' });
    await book.take([], 'replace');
    expect(told).toEqual([1, 0]);
  });

  it('are none where their file is not understood', async () => {
    await writeFile(join(folder, 'machines.json'), '{"machines":[{"macs":"x"}]}');
    expect((await openMachineBook(folder)).machines).toEqual([]);
  });
});

describe('a list of machines as CSV', () => {
  it('is read again as it was written', () => {
    const machines = listed(
      `desk-1,${mac} 52:54:00:00:00:02,S-0001,192.168.77.21,"T-1, ""urgent"""`,
      'desk 2,,S-0002,,=SUM(A1)',
    );
    const csv = writeMachineList(machines);
    expect(csv).toContain("'=SUM(A1)");
    expect(readMachineList(csv).machines).toEqual(machines);
  });
});
