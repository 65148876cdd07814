import { describe, expect, it } from 'vitest';
import { monitoredClientSchema } from '../../../main/contract/session.ts';
import type { Client } from '../../../main/engine/clients/client.ts';
import { extendTimeline, monitoredClient } from '../../../main/station/monitored-client.ts';

const client: Client = {
  id: '52:54:00:00:00:01',
  mac: '52:54:00:00:00:01',
  macs: ['52:54:00:00:00:01'],
  firmware: 'bios',
  boots: 1,
  starts: 0,
  stage: 'kernel',
  evidence: 'seen',
  stageSinceMs: 1,
  firstSeenMs: 1,
  lastSeenMs: 2,
  sentence: 'It fetches the kernel linux.',
  transfer: {
    transferId: 't',
    kind: 'kernel',
    path: 'd/linux',
    sizeBytes: 100,
    sentBytes: 25,
    bytesPerSecond: 10,
    ended: false,
  },
};

describe('monitoredClient', () => {
  it('is what the contract says, with no undefined facts', () => {
    const shown = monitoredClient(client, { approval: 'approved', vendor: 'Dell' });
    expect(monitoredClientSchema.parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({ percent: 25, bytesPerSecond: 10, vendor: 'Dell' });
    expect(Object.values(shown)).not.toContain(undefined);
  });

  it('names the loader that the firmware is offered', () => {
    expect(monitoredClient({ ...client, loader: 'shimx64.efi' }, { approval: 'approved' }).loader).toBe('shimx64.efi');
  });

  it('has no rate when its transfer is over', () => {
    const over = { ...client, transfer: { ...client.transfer!, ended: true, sentBytes: 100 } };
    const shown = monitoredClient(over, { approval: 'approved' });
    expect([shown.percent, shown.bytesPerSecond]).toEqual([100, undefined]);
  });
});

describe('extendTimeline', () => {
  it('grows with news only, and stays bounded', () => {
    const once = extendTimeline([], client);
    expect(extendTimeline(once, { ...client, lastSeenMs: 3 })).toBe(once);
    const twice = extendTimeline(once, { ...client, sentence: 'It has the kernel linux.' });
    expect(twice).toHaveLength(2);
    expect(extendTimeline(twice, client)).toBe(twice);
    let long = once;
    for (let index = 0; index < 1000; index++) long = extendTimeline(long, { ...client, sentence: `${index}` });
    expect(long).toHaveLength(300);
    expect(long.at(-1)?.sentence).toBe('999');
  });
});
