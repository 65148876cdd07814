import { readMachineList } from '../../../main/engine/machines/machine-list.ts';
import { monitorStation } from './machines.ts';
import { benchStation } from './station.ts';
import type { Scene } from './scene.ts';

/** The person's own list of machines: what is known, and a list that is looked at before it is taken. */

const row = (number: number): string =>
  `48:c3:5a:00:10:${number.toString(16).padStart(2, '0')};5CG${1200 + number}XYZ;desk-${number};192.168.77.${20 + number};T-${900 + number}`;
export const classroom = readMachineList(
  [
    'MAC;Serial;Name;IP address;Ticket',
    ...Array.from({ length: 14 }, (_, index) => row(index + 1)),
    'desk-15 is on loan;;;;',
    '48:c3:5a:00:10:0f;5CG1201XYZ;desk-16;192.168.77.36;T-916',
    ';To be filled by O.E.M.;desk-17;192.168.77.37;',
    '48:c3:5a:00:10:12;;desk-18;192.168.77.301;',
  ].join('\n'),
);
const known = { ...benchStation, machines: classroom.machines.slice(0, 9) };
const chooseFile = { name: 'classroom-2.csv', mimeType: 'text/csv', buffer: Buffer.from('any') };

export const machineListScenes: readonly Scene[] = [
  { name: 'settings-machines', hash: '#/settings', state: known },
  {
    name: 'settings-machines-import',
    hash: '#/settings',
    state: known,
    answers: { 'machines.read': () => classroom },
    act: async (page) => {
      await page.locator('input[type=file]').setInputFiles(chooseFile);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'monitor-empty-listed',
    state: { ...monitorStation, clients: [], throughput: [], log: [], machines: classroom.machines },
  },
];
