import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { percent } from '../../../../main/engine/clients/client.ts';
import { applyEvent, emptyJourneys } from '../../../../main/engine/clients/journey.ts';

const mac = '52:54:00:00:00:01';
const address = '192.168.77.101';

/** A step is an event without its time: a second passes between two. */
type Step = EngineEvent extends infer Event ? (Event extends EngineEvent ? Omit<Event, 'at'> : never) : never;

const request = (message: 'DISCOVER' | 'REQUEST', bootClient: 'pxe' | 'ipxe' | 'none'): Step => ({
  type: 'dhcp.request',
  mac,
  message,
  transactionId: 1,
  bootClient,
  firmware: bootClient === 'none' ? 'unknown' : 'uefi-x64',
});
const reply = (message: 'OFFER' | 'ACK' | 'NAK', bootFile?: string): Step => ({
  type: 'dhcp.reply',
  mac,
  message,
  transactionId: 1,
  address,
  ...(bootFile === undefined ? {} : { bootFile }),
});
const started = (
  transferId: string,
  kind: 'loader' | 'script' | 'kernel' | 'initrd' | 'system' | 'other',
  path: string,
  sizeBytes = 1000,
): Step => ({ type: 'transfer.started', transferId, protocol: 'http', peerAddress: address, path, kind, sizeBytes });
const ended = (
  transferId: string,
  outcome: 'complete' | 'probe' | 'aborted' | 'failed' = 'complete',
  sentBytes = 1000,
): Step => ({
  type: 'transfer.ended',
  transferId,
  outcome,
  sentBytes,
  durationMs: 100,
  bytesPerSecond: 10_000,
  retransmits: 0,
});

function fold(steps: readonly Step[], startMs = 0): ReturnType<typeof emptyJourneys> {
  const journeys = emptyJourneys();
  steps.forEach((step, index) => applyEvent(journeys, { ...step, at: startMs + index * 1000 } as EngineEvent));
  return journeys;
}
const after = (...steps: readonly Step[]): ReturnType<typeof client> => client(fold(steps));
function client(journeys: ReturnType<typeof emptyJourneys>): NonNullable<ReturnType<typeof journeys.clients.get>> {
  return journeys.clients.get(mac)!;
}

const firmwareAsks = [
  request('DISCOVER', 'pxe'),
  reply('OFFER', 'snponly.efi'),
  request('REQUEST', 'pxe'),
  reply('ACK', 'snponly.efi'),
];
const loaderLoads = [started('t1', 'loader', 'snponly.efi'), ended('t1')];
const ipxeAsks = [
  request('DISCOVER', 'ipxe'),
  reply('OFFER', 'http://s/boot.ipxe'),
  reply('ACK', 'http://s/boot.ipxe'),
];
const kernelLoads = [
  started('k', 'kernel', 'debian/linux'),
  ended('k'),
  started('i', 'initrd', 'debian/initrd.gz'),
  ended('i'),
];
const systemAsks = [request('DISCOVER', 'none'), reply('ACK')];

describe('applyEvent', () => {
  it('follows a UEFI boot stage by stage', () => {
    const steps = [
      ...firmwareAsks,
      ...loaderLoads,
      ...ipxeAsks,
      started('s', 'script', 'boot.ipxe'),
      ...kernelLoads,
      ...systemAsks,
    ];
    const journeys = emptyJourneys();
    const seen: string[] = [];
    steps.forEach((step, index) => {
      applyEvent(journeys, { ...step, at: index * 1000 } as EngineEvent);
      const { stage } = client(journeys);
      if (seen.at(-1) !== stage) seen.push(stage);
    });
    expect(seen).toEqual(['dhcp', 'loader', 'menu', 'kernel', 'initrd', 'running']);
    expect(client(journeys)).toMatchObject({ boots: 1, firmware: 'uefi-x64', address, evidence: 'seen' });
    expect(client(journeys).problem).toBeUndefined();
  });

  it('keeps the stage while iPXE, just loaded, asks again', () => {
    expect(after(...firmwareAsks, ...loaderLoads, ...ipxeAsks)).toMatchObject({ stage: 'loader', boots: 1 });
  });

  it('counts a new boot when firmware speaks again after a loader', () => {
    expect(after(...firmwareAsks, ...loaderLoads, ...firmwareAsks)).toMatchObject({ stage: 'dhcp', boots: 2 });
  });

  it('counts a new boot when an iPXE ROM speaks again after a kernel', () => {
    const romBoot = [...ipxeAsks, ...kernelLoads];
    expect(after(...romBoot, ...romBoot)).toMatchObject({ stage: 'initrd', boots: 2 });
  });

  it('does not count a boot for retries of the same firmware', () => {
    const discover = request('DISCOVER', 'pxe');
    expect(after(discover, discover, discover)).toMatchObject({ boots: 1, stage: 'dhcp' });
  });

  it('says of a machine that never booted from here that its system asks', () => {
    expect(after(...systemAsks)).toMatchObject({ stage: 'running', boots: 0 });
  });

  it('measures the current file', () => {
    const progress: Step = {
      type: 'transfer.progress',
      transferId: 'k',
      sentBytes: 250,
      bytesPerSecond: 500,
      retransmits: 0,
    };
    const loading = after(...firmwareAsks, started('k', 'kernel', 'debian/linux'), progress);
    expect([loading.stage, percent(loading), loading.transfer?.bytesPerSecond]).toEqual(['kernel', 25, 500]);
    expect(loading.sentence).toBe('It fetches the kernel linux.');
  });

  describe('with its last boot file', () => {
    const planned = (fetchesSystemFiles: boolean): Step => ({
      type: 'client.planned',
      mac,
      entryTitle: 'Install',
      bootFiles: ['debian/linux', 'debian/initrd.gz'],
      fetchesSystemFiles,
    });

    it('is concluded to run what it was given', () => {
      const booted = after(...firmwareAsks, ...loaderLoads, planned(false), ...kernelLoads);
      expect(booted).toMatchObject({ stage: 'running', evidence: 'inferred' });
      expect(booted.sentence).toBe('It has all it needs and starts Install.');
    });

    it('is seen to run when its system asks for an address', () => {
      const booted = after(...firmwareAsks, planned(false), ...kernelLoads, ...systemAsks);
      expect(booted).toMatchObject({ stage: 'running', evidence: 'seen' });
    });

    it('is not running yet where the system fetches more', () => {
      expect(after(...firmwareAsks, planned(true), ...kernelLoads).stage).toBe('initrd');
    });
  });

  it('takes a probe of the size as nothing that went wrong', () => {
    const probed = after(...firmwareAsks, started('p', 'loader', 'snponly.efi'), ended('p', 'probe', 0));
    expect(probed.problem).toBeUndefined();
    expect(probed.transfer).toBeUndefined();
  });

  it('names a transfer that broke off, until the machine goes on', () => {
    const broken = [...firmwareAsks, started('k', 'kernel', 'debian/linux'), ended('k', 'failed', 10)];
    expect(after(...broken).problem).toBe('It stopped fetching the kernel linux.');
    expect(after(...broken, started('k2', 'kernel', 'debian/linux')).problem).toBeUndefined();
  });

  it('does not touch a client with transfers of an address it gave back', () => {
    const other = '52:54:00:00:00:02';
    const moved: Step = { ...reply('ACK'), mac: other } as Step;
    const journeys = fold([...firmwareAsks, moved, started('x', 'kernel', 'k')]);
    expect(journeys.clients.get(mac)?.stage).toBe('dhcp');
    expect(journeys.clients.get(other)?.stage).toBe('kernel');
  });

  it('says that the pool is exhausted and that an address was declined', () => {
    expect(after({ type: 'dhcp.pool-exhausted', mac, poolSize: 2 }).problem).toContain('all 2 are taken');
    expect(after(...firmwareAsks, { type: 'dhcp.declined', mac, address }).problem).toContain(address);
  });

  it('keeps what the machine said of itself', () => {
    const identified: Step = { type: 'client.identified', mac, peerAddress: address, serial: 'S1', product: 'P' };
    expect(after(...firmwareAsks, identified, ...systemAsks)).toMatchObject({ serial: 'S1', product: 'P' });
  });

  it('stays bounded under a flood of made-up MACs', () => {
    const journeys = emptyJourneys();
    for (let index = 0; index < 5000; index++) {
      const madeUp = `02:00:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`;
      applyEvent(journeys, { ...request('DISCOVER', 'pxe'), mac: madeUp, at: index } as EngineEvent);
    }
    expect(journeys.clients.size).toBe(4096);
    expect(journeys.clients.has('02:00:00:00:13:87')).toBe(true);
  });

  it('gives the same state for the same events', () => {
    const steps = [...firmwareAsks, ...loaderLoads, ...ipxeAsks, ...kernelLoads];
    expect(fold(steps, 5)).toEqual(fold(steps, 5));
  });
});
