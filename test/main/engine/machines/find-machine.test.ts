import { describe, expect, it } from 'vitest';
import { machineIndex } from '../../../../main/engine/machines/find-machine.ts';
import { readMachineList } from '../../../../main/engine/machines/machine-list.ts';

const adapter = '52:54:00:00:00:01';
const uuid = '4c4c4544-0042-3510-8054-b4c04f4d3333';
const { machines } = readMachineList(
  [
    'name,mac,serial,uuid',
    `by-all,52:54:00:00:00:0a,S-000A,${uuid}`,
    `lent-1,${adapter},S-0001,`,
    `lent-2,${adapter},S-0002,`,
    'by-mac,52:54:00:00:00:0b,,',
    'by-serial,,S-000C,',
  ].join('\n'),
);
const index = machineIndex(machines);

describe('a machine of the list', () => {
  it.each([
    ['its serial', { macs: [], serial: 's-000c' }, 'by-serial'],
    ['its serial, at an adapter that is on the list for another', { macs: [adapter], serial: 'S-000C' }, 'by-serial'],
    ['its UUID in the other byte order', { macs: [], uuid: '44454c4c-4200-1035-8054-b4c04f4d3333' }, 'by-all'],
    ['its MAC', { macs: ['52:54:00:00:00:ff', '52:54:00:00:00:0b'] }, 'by-mac'],
    ['its MAC, with a serial that the list does not know', { macs: ['52:54:00:00:00:0b'], serial: 'S-9' }, 'by-mac'],
    ['its MAC before it said anything else', { macs: ['52:54:00:00:00:0a'] }, 'by-all'],
    ['its serial at a shared adapter', { macs: [adapter], serial: 'S-0002' }, 'lent-2'],
    ['nothing, at a shared adapter', { macs: [adapter] }, undefined],
    ['the MAC of a machine with another serial', { macs: ['52:54:00:00:00:0a'], serial: 'S-9' }, undefined],
    ['a serial that whole batches have', { macs: [], serial: 'Default string' }, undefined],
  ])('is found by %s', (_what, facts, name) => {
    expect(index.find(facts)?.name).toBe(name);
  });
});
