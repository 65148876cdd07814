import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { applyEvent } from '../../../../main/engine/clients/journey.ts';
import { emptyJourneys } from '../../../../main/engine/clients/journeys.ts';
import {
  loaderSentence,
  localDiskSentence,
  noLoaderSentence,
} from '../../../../main/engine/clients/loader-sentence.ts';

const base = { at: 1, mac: '52:54:00:00:00:01' } as const;
const loader = { ...base, type: 'client.loader', loader: 'shimx64.efi', rung: 3, rungs: 3 } as const;

describe('what is said of loaders', () => {
  it.each([
    [{ ...loader, reason: 'first' }, 'It is offered shimx64.efi, loader 3 of 3.'],
    [
      { ...loader, reason: 'refused', previous: 'snponly.efi' },
      'Its firmware fetched snponly.efi and did not start it, as with Secure Boot on. Now it is offered shimx64.efi, loader 3 of 3.',
    ],
    [
      { ...loader, loader: 'ipxe.pxe', rung: 2, reason: 'refused', previous: 'undionly.kpxe' },
      'Its firmware fetched undionly.kpxe and did not start it. Now it is offered ipxe.pxe, loader 2 of 3.',
    ],
    [
      { ...loader, reason: 'silent', previous: 'snponly.efi' },
      'It fetched snponly.efi and was not heard of until it was switched on again. Now it is offered shimx64.efi, loader 3 of 3.',
    ],
    [
      { ...loader, reason: 'looped', previous: 'snponly.efi' },
      'On it snponly.efi started and never asked what to boot. Now it is offered shimx64.efi, loader 3 of 3.',
    ],
    [{ ...loader, reason: 'worked-before' }, 'It is offered shimx64.efi, loader 3 of 3: that worked on it before.'],
    [
      { ...loader, reason: 'worked-for-model', model: 'Dell Inc. Latitude 5430' },
      'It is offered shimx64.efi, loader 3 of 3: that worked on another Dell Inc. Latitude 5430.',
    ],
  ] as const)('%#', (event, sentence) => expect(loaderSentence(event)).toBe(sentence));

  it('is what failed and what to do, once no loader is left', () => {
    const tried = [
      { file: 'snponly.efi', failure: 'refused' },
      { file: 'shimx64.efi', failure: 'silent' },
    ] as const;
    expect(noLoaderSentence({ ...base, type: 'client.no-loader', tried: [...tried] })).toBe(
      'Its firmware fetched snponly.efi and did not start it, as with Secure Boot on. It fetched shimx64.efi and was not heard of until it was switched on again. All 2 loaders failed: it is offered none until it is approved again.',
    );
  });

  it.each([
    ['first', 'no-boot-file', /^It booted already: it is offered no boot file/],
    [
      'came-back',
      'loader-exit',
      /^It came back instead of starting its own disk\. Now it is offered a loader that ends/,
    ],
    ['worked-before', 'loader-starts-disk', /^It booted already: it is offered a loader that starts its own disk\.$/],
  ] as const)('%s, %s', (reason, method, expected) => {
    expect(localDiskSentence({ ...base, type: 'client.local-disk', reason, method })).toMatch(expected);
  });
});

describe('the journey of a machine with Secure Boot on', () => {
  it('is one boot, and says why it was offered another loader', () => {
    const request = { type: 'dhcp.request', mac: base.mac, message: 'DISCOVER', firmware: 'uefi-x64' } as const;
    const transfer = { transferId: 't', protocol: 'tftp', peerAddress: '192.168.77.9' } as const;
    const ack = { type: 'dhcp.reply', mac: base.mac, message: 'ACK', address: '192.168.77.9' } as const;
    const pace = { durationMs: 1, bytesPerSecond: 9, retransmits: 0 };
    const events: readonly EngineEvent[] = [
      { ...request, at: 0, transactionId: 1, bootClient: 'pxe' },
      { ...ack, at: 1, transactionId: 1, bootFile: 'snponly.efi' },
      { ...transfer, at: 2, type: 'transfer.started', path: 'snponly.efi', kind: 'loader', sizeBytes: 9 },
      { at: 3, type: 'transfer.ended', transferId: 't', outcome: 'complete', sentBytes: 9, ...pace },
      { ...request, at: 100_000, transactionId: 2, bootClient: 'http-boot' },
      { ...loader, at: 100_001, reason: 'refused', previous: 'snponly.efi' },
    ];
    const journeys = emptyJourneys();
    for (const event of events) applyEvent(journeys, event);
    expect([...journeys.clients.values()]).toMatchObject([
      { boots: 1, loader: 'shimx64.efi', sentence: expect.stringContaining('Secure Boot') as string },
    ]);
  });
});
