import { describe, expect, it } from 'vitest';
import type { MonitoredClient } from '../../../main/contract/session.ts';
import { countGroups, groupOf } from '../../../renderer/monitor/machine-groups.ts';
import { arrange } from '../../../renderer/monitor/machine-order.ts';

const client = (own: Partial<MonitoredClient>): MonitoredClient => ({
  mac: 'd8:9e:f3:00:07:a0',
  firmware: 'bios',
  boots: 1,
  stage: 'kernel',
  evidence: 'seen',
  stageSinceMs: 0,
  firstSeenMs: 0,
  lastSeenMs: 0,
  sentence: '',
  approval: 'approved',
  ...own,
});

describe('groupOf', () => {
  it.each([
    [{}, 'booting'],
    [{ stage: 'running' }, 'running'],
    [{ stage: 'done' }, 'running'],
    [{ problem: 'It stopped.' }, 'trouble'],
    [{ stage: 'running', problem: 'It stopped.' }, 'trouble'],
    // A person can help who waits, whatever else is wrong; who was refused is not in trouble.
    [{ approval: 'waiting', problem: 'It stopped.' }, 'waiting'],
    [{ approval: 'refused', problem: 'It stopped.' }, 'refused'],
  ] as const)('%o is %s', (own, group) => {
    expect(groupOf(client(own))).toBe(group);
  });

  it('counts each machine once', () => {
    const counts = countGroups([client({}), client({ approval: 'waiting' }), client({ stage: 'done' }), client({})]);
    expect(counts).toEqual({ waiting: 1, trouble: 0, booting: 2, running: 1, refused: 0 });
  });
});

describe('arrange', () => {
  const one = client({ mac: '00:00:00:00:00:01', name: 'Desk 10', firstSeenMs: 3, stage: 'running' });
  const two = client({ mac: '00:00:00:00:00:02', hostName: 'desk 9', firstSeenMs: 1, stage: 'initrd' });
  const three = client({ mac: '00:00:00:00:00:03', product: 'OptiPlex', manufacturer: 'Dell', firstSeenMs: 2 });
  const four = client({ mac: '00:00:00:00:00:0d', approval: 'waiting', code: 'K7P', serial: 'XYZ1', stage: 'menu' });
  const all = [one, two, three, four];
  const arranged = (choice: Partial<Parameters<typeof arrange>[1]>): MonitoredClient[] =>
    arrange(all, { group: undefined, search: '', order: 'attention', ...choice });

  it('puts first who needs a person, and leaves the others as they came', () => {
    expect(arranged({})).toEqual([four, two, three, one]);
  });

  it.each([
    ['stage', [one, two, three, four]],
    ['name', [four, two, one, three]],
    ['arrival', [four, two, three, one]],
  ] as const)('sorts by %s', (order, expected) => {
    expect(arranged({ order })).toEqual(expected);
  });

  it('gives the very objects it got, which rows are told apart by', () => {
    expect(arranged({})[0]).toBe(four);
  });

  it.each([
    ['desk 9', [two]],
    ['DESK', [two, one]],
    ['dell opti', [three]],
    ['k7p', [four]],
    ['xyz1', [four]],
    ['00-00-00-00-00-0D', [four]],
    ['00000000000d', [four]],
    ['  ', [four, two, three, one]],
    // Not the number of one mark beside the word of another.
    ['desk 0d', []],
  ])('finds %o', (search, expected) => {
    expect(arranged({ search })).toEqual(expected);
  });

  it('shows one group only', () => {
    expect(arranged({ group: 'booting' })).toEqual([two, three]);
    expect(arranged({ group: 'booting', search: 'dell' })).toEqual([three]);
  });
});
