import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { hasFinished, percent } from '../../../../main/engine/clients/client.ts';
import { applyEvent } from '../../../../main/engine/clients/journey.ts';
import { emptyJourneys } from '../../../../main/engine/clients/journeys.ts';

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
  steps.forEach((step, index) => applyEvent(journeys, { ...step, at: startMs + index * 1000 }));
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
      applyEvent(journeys, { ...step, at: index * 1000 });
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

    it('is not running when its initrd asks for an address to fetch the system with, and is when the system asks', () => {
      const squashfs = [started('f', 'system', 'debian/live/filesystem.squashfs'), ended('f')];
      const initrdAsked = [...firmwareAsks, planned(true), ...kernelLoads, ...systemAsks];
      expect(after(...initrdAsked)).toMatchObject({
        stage: 'initrd',
        sentence: 'Its initrd runs and asked for an address.',
      });
      expect(after(...initrdAsked, ...squashfs).stage).toBe('system-files');
      expect(after(...initrdAsked, ...squashfs, ...systemAsks)).toMatchObject({ stage: 'running', evidence: 'seen' });
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

  describe('of a machine that waits for approval', () => {
    const waiting: Step = { type: 'client.waiting', mac, code: '7K4' };
    const approved: Step = { type: 'client.approved', mac };
    const refused: Step = { type: 'client.refused', mac };
    const asksAgain = [started('s2', 'script', 'machine.ipxe'), ended('s2')];
    const upToMenu = [...firmwareAsks, ...loaderLoads, ...ipxeAsks, waiting];

    it('says what its screen shows, however often it asks', () => {
      expect(after(...upToMenu, ...asksAgain, ...asksAgain)).toMatchObject({
        stage: 'menu',
        waitingCode: '7K4',
        sentence: 'It waits for approval; its screen shows 7K4.',
        boots: 1,
      });
    });

    it('goes on when it was approved', () => {
      expect(after(...upToMenu, approved).sentence).toBe('It was approved, and fetches its boot script.');
      expect(after(...upToMenu, approved, ...asksAgain)).toMatchObject({ sentence: 'It has its boot script.' });
      const byPxelinux = [started('l2', 'loader', 'ldlinux.c32'), ended('l2')];
      expect(after(...upToMenu, ...byPxelinux)).toMatchObject({ stage: 'menu', waitingCode: '7K4' });
      expect(after(...upToMenu, approved).waitingCode).toBeUndefined();
    });

    it('is sent on when it was refused', () => {
      expect(after(...upToMenu, refused).sentence).toMatch(/refused/);
      expect(after(...upToMenu, refused).waitingCode).toBeUndefined();
    });

    it('waits no longer when it is switched on anew', () => {
      expect(after(...upToMenu, ...firmwareAsks)).toMatchObject({ stage: 'dhcp', boots: 2 });
      expect(after(...upToMenu, ...firmwareAsks).waitingCode).toBeUndefined();
    });

    it('makes no client of a machine that was never seen', () => {
      expect(fold([approved, refused]).clients.size).toBe(0);
    });
  });

  describe('of a machine that comes back after its boot', () => {
    const planned: Step = {
      type: 'client.planned',
      mac,
      entryTitle: 'Install',
      bootFiles: ['debian/linux', 'debian/initrd.gz'],
      fetchesSystemFiles: false,
    };
    const boots = [...firmwareAsks, ...loaderLoads, planned, ...kernelLoads];
    const firmwareGetsNothing = [request('DISCOVER', 'pxe'), reply('OFFER'), request('REQUEST', 'pxe'), reply('ACK')];

    it.each([
      ['is on its way', [...firmwareAsks, ...loaderLoads, planned], false],
      ['was sent everything', boots, true],
      ['was seen to run', [...boots, ...systemAsks], true],
      ['runs and fetches more of its system', [...boots, ...systemAsks, started('f', 'system', 'fs.squashfs')], true],
      ['came back', [...boots, ...systemAsks, ...firmwareAsks], true],
      ['came back twice', [...boots, ...firmwareAsks, ...loaderLoads, ...firmwareAsks], true],
      ['runs from its own disk and never booted from here', [...systemAsks, ...systemAsks], false],
      ['got nothing and runs from its own disk', [...firmwareGetsNothing, ...systemAsks, ...systemAsks], false],
    ] as const)('%s', (_name, steps, expected) => expect(hasFinished(after(...steps))).toBe(expected));

    it('is not done where its loader asks again: what it was given did not start', () => {
      const asksAnew: Step = { type: 'client.identified', mac, peerAddress: address };
      const failed = after(...boots, asksAnew);
      expect(failed).toMatchObject({ stage: 'menu', sentence: 'It could not start what it was given.' });
      expect(hasFinished(failed)).toBe(false);
      expect(hasFinished(after(...boots, ...systemAsks, asksAnew))).toBe(true);
    });

    it('is done when the system on its own disk runs', () => {
      const back = [...boots, ...systemAsks, ...firmwareGetsNothing];
      expect(after(...back).sentence).toBe('It booted already, and goes on with its own disk.');
      expect(after(...back, ...systemAsks, ...systemAsks)).toMatchObject({
        stage: 'done',
        evidence: 'seen',
        sentence: 'It is done: the system on its own disk runs.',
      });
    });

    it('boots once more, and only once, where a person approves it again', () => {
      const approved: Step = { type: 'client.approved', mac };
      expect(hasFinished(after(...boots, approved))).toBe(false);
      expect(hasFinished(after(...boots, approved, ...systemAsks))).toBe(false);
      expect(hasFinished(after(...boots, approved, ...firmwareAsks))).toBe(false);
      expect(hasFinished(after(...boots, approved, ...boots))).toBe(true);
    });

    it('keeps saying how its system came to run when that renews its address', () => {
      const running = after(...boots, ...systemAsks);
      expect(after(...boots, ...systemAsks, ...systemAsks).sentence).toBe(running.sentence);
      const own = after(...firmwareGetsNothing, ...systemAsks);
      expect(after(...firmwareGetsNothing, ...systemAsks, ...systemAsks).sentence).toBe(own.sentence);
      expect(own.sentence).toMatch(/did not boot from the network/);
    });
  });
});
