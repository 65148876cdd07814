import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import { Ladders, type LaddersOptions } from '../../../../main/engine/boot/ladders.ts';
import type { Machine } from '../../../../main/engine/boot/plan.ts';

const mac = '52:54:00:00:00:01';
const address = '192.168.77.101';
const machine: Machine = { mac, firmware: 'uefi-x64', bootClient: 'pxe' };

type Told = Parameters<EmitEvent>[0];

function bench(options: Partial<LaddersOptions> = {}): {
  ladders: Ladders;
  told: Told[];
  found: Parameters<LaddersOptions['onWorked']>[0][];
  /** Something on the wire, at a second. */
  see: (seconds: number, event: Told) => void;
  fetch: (seconds: number, path: string, outcome?: 'complete' | 'probe' | 'aborted') => void;
  ask: (seconds: number, facts?: Partial<Machine>) => string | undefined;
} {
  const told: Told[] = [];
  const found: Parameters<LaddersOptions['onWorked']>[0][] = [];
  const ladders = new Ladders({
    files: new Set(['snponly.efi', 'ipxe.efi', 'shimx64.efi', 'grubx64.efi', 'undionly.kpxe']),
    methodOn: () => 'linux',
    macOf: (peer) => (peer === address ? mac : undefined),
    remembered: () => undefined,
    onWorked: (one) => found.push(one),
    tell: (event) => told.push(event),
    ...options,
  });
  const see = (seconds: number, event: Told): void => ladders.hear({ ...event, at: seconds * 1000 });
  let transfers = 0;
  return {
    ladders,
    told,
    found,
    see,
    fetch(seconds, path, outcome = 'complete') {
      const transferId = String(++transfers);
      const kind = path.endsWith('.efi') || path.endsWith('.kpxe') ? 'loader' : 'script';
      see(seconds, {
        type: 'transfer.started',
        transferId,
        protocol: 'tftp',
        peerAddress: address,
        path,
        kind,
        sizeBytes: 9,
      });
      const numbers = { sentBytes: 9, durationMs: 1, bytesPerSecond: 9, retransmits: 0 };
      see(seconds, { type: 'transfer.ended', transferId, outcome, ...numbers });
    },
    ask(seconds, facts = {}) {
      const choice = ladders.choose({ ...machine, ...facts }, seconds * 1000);
      return choice.kind === 'loader' ? choice.file : undefined;
    },
  };
}

const identified = (facts = {}): Told => ({ type: 'client.identified', mac, peerAddress: address, ...facts });

describe('the ladders of a session', () => {
  it('tell why a machine gets what it gets', () => {
    const { ask, fetch, told } = bench();
    expect(ask(0)).toBe('snponly.efi');
    fetch(1, 'snponly.efi', 'probe');
    fetch(2, 'snponly.efi');
    expect(ask(20, { bootClient: 'http-boot' })).toBe('shimx64.efi');
    expect(ask(21, { bootClient: 'http-boot' })).toBe('shimx64.efi');
    expect(told).toMatchObject([
      { type: 'client.loader', mac, loader: 'snponly.efi', rung: 1, rungs: 3, reason: 'first' },
      {
        type: 'client.loader',
        mac,
        loader: 'shimx64.efi',
        rung: 3,
        rungs: 3,
        reason: 'refused',
        previous: 'snponly.efi',
      },
    ]);
  });

  it('remember a loader once it asks what to boot, with the model that it told', () => {
    const { ask, fetch, see, found } = bench();
    ask(0);
    fetch(1, 'snponly.efi');
    fetch(2, 'autoexec.ipxe');
    expect(found).toEqual([]);
    see(3, identified({ loader: 'ipxe', manufacturer: 'Dell Inc.', product: 'Latitude' }));
    see(4, identified({ loader: 'ipxe' }));
    expect(found).toEqual([
      { mac, firmware: 'uefi-x64', loader: 'snponly.efi', model: { manufacturer: 'Dell Inc.', product: 'Latitude' } },
    ]);
    expect(ask(300)).toBe('snponly.efi');
  });

  it('believe no other loader than the one that was offered', () => {
    const { ask, fetch, see, found } = bench();
    ask(0);
    fetch(1, 'snponly.efi');
    see(2, identified({ loader: 'grub' }));
    expect(found).toEqual([]);
  });

  it('hear a shim by what it fetches next, and do not take that for its success', () => {
    const { ask, fetch, see } = bench({ remembered: () => ({ loader: 'shimx64.efi', by: 'machine' }) });
    expect(ask(0)).toBe('shimx64.efi');
    fetch(1, 'shimx64.efi');
    fetch(2, 'grubx64.efi');
    // One boot more, as somebody may have switched it off; then the next one.
    expect(ask(90)).toBe('shimx64.efi');
    fetch(91, 'shimx64.efi');
    fetch(92, 'grubx64.efi');
    expect(ask(200)).toBe('snponly.efi');
    see(201, {
      type: 'dhcp.request',
      mac,
      message: 'DISCOVER',
      transactionId: 1,
      bootClient: 'ipxe',
      firmware: 'uefi-x64',
    });
  });

  it('stop after the last one, say so at every power-on, and begin anew when a person says so', () => {
    const { ladders, ask, fetch, told } = bench();
    for (const [boot, file] of ['snponly.efi', 'ipxe.efi', 'shimx64.efi'].entries()) {
      expect(ask(boot * 100)).toBe(file);
      fetch(boot * 100 + 1, file);
    }
    for (const [index, seconds] of [300, 300, 400, 401].entries()) {
      expect(ask(seconds, { transactionId: index >> 1 })).toBeUndefined();
    }
    const tried = ['snponly.efi', 'ipxe.efi', 'shimx64.efi'].map((file) => ({ file, failure: 'silent' }));
    const stuck = { type: 'client.no-loader', mac, tried };
    expect(told.filter(({ type }) => type === 'client.no-loader')).toEqual([stuck, stuck]);
    ladders.forget(mac);
    expect(ask(600)).toBe('snponly.efi');
  });

  it('do not move for a loader that asks for its script', () => {
    const { ask, fetch, told } = bench();
    ask(0);
    fetch(1, 'snponly.efi');
    expect(ask(2, { loaderRuns: true })).toBe('snponly.efi');
    expect(told).toHaveLength(1);
  });

  it.each([
    ['unknown', 'there is no loader for unknown'],
    ['uefi-arm64', 'the loader ipxe-arm64.efi is not installed'],
  ] as const)('say that there is none for %s', (firmware, reason) => {
    expect(bench().ladders.choose({ ...machine, firmware }, 0)).toEqual({ kind: 'none', reason });
  });

  it('stay small under a flood of made-up machines', () => {
    const { ladders, ask } = bench();
    for (let index = 0; index < 10_000; index++) ladders.choose({ ...machine, mac: `02:${index}` }, index);
    expect(ask(100)).toBe('snponly.efi');
  });
});
