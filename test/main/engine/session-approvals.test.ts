import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../main/contract/events.ts';
import type { AfterBoot, ApprovalPolicy } from '../../../main/contract/session.ts';
import { createClientMonitor } from '../../../main/engine/clients-monitor.ts';
import { createEventBus } from '../../../main/engine/event-bus.ts';
import { sessionApprovals, type SessionApprovals } from '../../../main/engine/session-approvals.ts';
import type { EarlierPart } from '../../../main/engine/session-config.ts';

const mac = '52:54:00:00:00:01';
const address = '192.168.77.101';

interface Bench {
  readonly approvals: SessionApprovals;
  readonly switchOn: (serial: string, uuid?: string) => void;
  /** Everything that the entry needs is sent; what it does then is not seen. */
  readonly sendEntry: () => void;
  readonly systemAsks: () => void;
}

function bench(own: { policy?: ApprovalPolicy; afterBoot?: AfterBoot; earlier?: EarlierPart } = {}): Bench {
  let now = 0;
  const bus = createEventBus(() => (now += 1000));
  const monitor = createClientMonitor(bus);
  const approvals = sessionApprovals({
    policy: own.policy ?? { kind: 'approved' },
    afterBoot: own.afterBoot ?? 'local-disk',
    salt: 'salt',
    monitor,
    emit: bus.emit,
    vendorOf: () => undefined,
    isListed: () => false,
    earlier: own.earlier,
  });
  const tell = (event: Parameters<EmitEvent>[0]): void => bus.emit(event);
  const asks = (bootClient: 'pxe' | 'none', uuid?: string): void => {
    const firmware = bootClient === 'none' ? 'unknown' : 'bios';
    tell({ type: 'dhcp.request', mac, message: 'DISCOVER', transactionId: 1, bootClient, firmware, uuid });
    tell({ type: 'dhcp.reply', mac, message: 'ACK', transactionId: 1, address, bootFile: 'undionly.kpxe' });
  };
  return {
    approvals,
    switchOn(serial, uuid) {
      asks('pxe', uuid);
      const loader = { transferId: 'l', protocol: 'tftp', peerAddress: address, path: 'undionly.kpxe' } as const;
      tell({ type: 'transfer.started', ...loader, kind: 'loader', sizeBytes: 1 });
      tell({ type: 'client.identified', mac, peerAddress: address, serial, uuid });
    },
    sendEntry() {
      tell({ type: 'client.planned', mac, entryTitle: 'Install', bootFiles: ['k'], fetchesSystemFiles: true });
      const kernel = { transferId: 'k', protocol: 'http', peerAddress: address, path: 'k' } as const;
      tell({ type: 'transfer.started', ...kernel, kind: 'kernel', sizeBytes: 1 });
      const sent = { sentBytes: 1, durationMs: 1, bytesPerSecond: 1, retransmits: 0 };
      tell({ type: 'transfer.ended', transferId: 'k', outcome: 'complete', ...sent });
    },
    systemAsks() {
      const file = { transferId: 's', protocol: 'http', peerAddress: address, path: 's' } as const;
      tell({ type: 'transfer.started', ...file, kind: 'system', sizeBytes: 1 });
      asks('none');
    },
  };
}

describe('an approval', () => {
  it('holds while its entry runs, and has to be had again by a machine that came back before its end', () => {
    const { approvals, switchOn, sendEntry, systemAsks } = bench();
    switchOn('S-1');
    expect(approvals.ofClient(mac)).toMatchObject({ state: 'waiting' });
    approvals.approve([mac]);
    expect(approvals.ofClient(mac)).toEqual({ state: 'approved', use: 'armed' });
    sendEntry();
    // What runs may still fetch its answers.
    expect(approvals.ofClient(mac)).toEqual({ state: 'approved', use: 'used' });
    switchOn('S-1');
    expect(approvals.ofClient(mac)).toMatchObject({ state: 'waiting' });
    expect(approvals.stateOf({ mac, serial: 'S-1', loaderRuns: true })).toBe('waiting');
    approvals.approve([mac]);
    sendEntry();
    systemAsks();
    switchOn('S-1');
    expect(approvals.hasFinished({ mac, serial: 'S-1', loaderRuns: true })).toBe(true);
  });

  it('is not used by a machine that lost its power before it had all it needs', () => {
    const { approvals, switchOn } = bench();
    switchOn('S-1');
    approvals.approve([mac]);
    switchOn('S-1');
    expect(approvals.ofClient(mac)).toEqual({ state: 'approved', use: 'armed' });
  });

  it.each([
    ['where every machine boots', { policy: { kind: 'every-machine' } }],
    ['where machines boot each time', { afterBoot: 'boot-again' }],
  ] as const)('is good for any number of boots %s', (_where, own) => {
    const { approvals, switchOn, sendEntry } = bench(own);
    switchOn('S-1');
    approvals.approve([mac]);
    for (let boot = 0; boot < 3; boot++) {
      sendEntry();
      switchOn('S-1');
      expect(approvals.ofClient(mac)).toEqual({ state: 'approved' });
    }
  });

  it('is not that of another machine at the same adapter', () => {
    const { approvals, switchOn } = bench();
    switchOn('S-1');
    approvals.approve([mac]);
    switchOn('S-2');
    expect(approvals.stateOf({ mac, serial: 'S-2', loaderRuns: true })).toBe('waiting');
    expect(approvals.stateOf({ mac, serial: 'S-1', loaderRuns: true })).toBe('approved');
  });
});

describe('what a session that was cut off had decided', () => {
  const earlier: EarlierPart = {
    approved: [{ id: mac, macs: [mac], serial: 'S-1' }],
    refused: [{ id: `${mac}/s2`, macs: [mac], serial: 'S-2' }],
    finished: [{ id: mac, macs: [mac], serial: 'S-3' }],
  };

  it('is found again by who a machine is, and not by its adapter', () => {
    const { approvals } = bench({ earlier });
    const asking = (serial: string) => ({ mac, serial, loaderRuns: true });
    expect(['S-1', 'S-2', 'S-4'].map((serial) => approvals.stateOf(asking(serial)))).toEqual([
      'approved',
      'refused',
      'waiting',
    ]);
    expect(['S-3', 'S-4'].map((serial) => approvals.hasFinished(asking(serial)))).toEqual([true, false]);
    // Firmware that tells its adapter only may be any of them: it gets a loader, which will tell.
    expect(approvals.hasFinished({ mac })).toBe(false);
  });

  it('gives way to what a person says now', () => {
    const { approvals, switchOn } = bench({ earlier });
    switchOn('S-3');
    approvals.approve([mac]);
    expect(approvals.hasFinished({ mac, serial: 'S-3', loaderRuns: true })).toBe(false);
    expect(approvals.stateOf({ mac, serial: 'S-3', loaderRuns: true })).toBe('approved');
  });
});
