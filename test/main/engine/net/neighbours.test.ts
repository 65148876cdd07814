import { describe, expect, it } from 'vitest';
import { neighboursInTable } from '../../../../main/engine/net/arp-table.ts';
import { watchNeighbours } from '../../../../main/engine/net/neighbours.ts';

const line = (address: string, mac: string, device = 'eth0'): string =>
  `${address}      0x1         0x2         ${mac}     *        ${device}`;
const table = (...lines: string[]): string =>
  ['IP address       HW type     Flags       HW address            Mask     Device', ...lines, ''].join('\n');

describe('neighboursInTable', () => {
  it('knows those of the interface that answered', () => {
    const text = table(
      line('192.168.1.1', 'aa:bb:cc:00:11:22'),
      line('192.168.1.2', '00:00:00:00:00:00'),
      line('192.168.1.3', 'aa:bb:cc:00:11:33', 'eth1'),
      'nonsense',
    );
    expect([...neighboursInTable(text, 'eth0')]).toEqual([['192.168.1.1', 'aa:bb:cc:00:11:22']]);
    expect([...neighboursInTable('', 'eth0')]).toEqual([]);
  });
});

describe('watchNeighbours', () => {
  it('reads the table again when it is old, at once for a newcomer, and once for a flood of them', async () => {
    let nowMs = 0;
    let reads = 0;
    let text = table(line('10.0.0.5', 'aa:00:00:00:00:05'));
    const neighbours = watchNeighbours(
      'eth0',
      () => nowMs,
      () => {
        reads++;
        return Promise.resolve(text);
      },
    );
    expect(await neighbours.macOf('10.0.0.5')).toBe('aa:00:00:00:00:05');
    text = table(line('10.0.0.5', 'aa:00:00:00:00:99'), line('10.0.0.6', 'aa:00:00:00:00:06'));
    nowMs = 900;
    expect(await neighbours.macOf('10.0.0.5')).toBe('aa:00:00:00:00:05');
    expect(reads).toBe(1);
    expect(await neighbours.macOf('10.0.0.6')).toBe('aa:00:00:00:00:06');
    expect(reads).toBe(2);
    expect(await neighbours.macOf('10.0.0.5')).toBe('aa:00:00:00:00:99');
    expect(reads).toBe(2);

    nowMs = 5_000;
    const strangers = Array.from({ length: 500 }, (_, index) => `10.0.1.${index}`);
    expect(await Promise.all(strangers.map((address) => neighbours.macOf(address)))).toEqual(
      strangers.map(() => undefined),
    );
    expect(reads).toBe(3);
  });
});
