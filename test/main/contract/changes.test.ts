import { describe, expect, it } from 'vitest';
import { type Change, applyChange, keptLogLines, keptThroughputSamples } from '../../../main/contract/changes.ts';
import type { MonitoredClient, SessionState } from '../../../main/contract/session.ts';
import { emptyState } from '../station/empty-state.ts';

const client = (mac: string, sentence: string): MonitoredClient => ({
  id: mac,
  mac,
  firmware: 'bios',
  boots: 1,
  stage: 'dhcp',
  evidence: 'seen',
  stageSinceMs: 0,
  firstSeenMs: 0,
  lastSeenMs: 0,
  sentence,
  approval: 'approved',
});
const session = (id: string): SessionState => ({
  id,
  state: 'running',
  rehearsal: false,
  draft: {
    imageId: 'i',
    interfaceName: 'eth0',
    entryId: 'e',
    extraArguments: '',
    approval: { kind: 'every-machine' },
    afterBoot: 'local-disk',
    override: false,
  },
  imageName: 'i',
  entryTitle: 'e',
  destructive: false,
  startedAtMs: 0,
});
const fold = (...changes: Change[]): typeof emptyState => changes.reduce(applyChange, emptyState);

describe('applyChange', () => {
  it('replaces a client in its place and adds a new one at the end', () => {
    const state = fold(
      { event: 'clients.changed', value: [client('a', '1'), client('b', '1')] },
      { event: 'clients.changed', value: [client('c', '1'), client('a', '2')] },
    );
    expect(state.clients.map(({ mac, sentence }) => mac + sentence)).toEqual(['a2', 'b1', 'c1']);
  });

  it('tells machines by their ids, though two share an adapter, and takes away those that turned out to be others', () => {
    const lent = { ...client('a', '1'), id: 'a/s2' };
    const state = fold(
      { event: 'clients.changed', value: [client('a', '1'), lent, client('b', '1')] },
      { event: 'clients.changed', value: [{ ...lent, sentence: '2' }] },
      { event: 'clients.removed', value: ['b', 'nobody'] },
    );
    expect(state.clients.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['a', '1'],
      ['a/s2', '2'],
    ]);
  });

  it('empties what belonged to the last session when a new one begins, and not when one changes', () => {
    const during = fold(
      { event: 'session.changed', value: session('1') },
      { event: 'clients.changed', value: [client('a', '1')] },
      { event: 'session.changed', value: { ...session('1'), state: 'stopping' } },
    );
    expect(during.clients).toHaveLength(1);
    expect(applyChange(during, { event: 'session.changed', value: session('2') }).clients).toEqual([]);
  });

  it('keeps log and throughput bounded', () => {
    const lines = Array.from({ length: keptLogLines + 5 }, (_, id) => ({
      id,
      at: id,
      level: 'info' as const,
      text: 't',
    }));
    const samples = Array.from({ length: keptThroughputSamples + 5 }, (_, at) => ({ at, bytesPerSecond: 1 }));
    const state = fold({ event: 'log.appended', value: lines }, { event: 'throughput.sampled', value: samples });
    expect([state.log.length, state.log[0]?.id]).toEqual([keptLogLines, 5]);
    expect([state.throughput.length, state.throughput[0]?.at]).toEqual([keptThroughputSamples, 5]);
  });
});
