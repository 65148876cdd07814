import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { answerRoute } from '../../../../main/engine/files/answer-route.ts';

const macs = new Map([
  ['192.168.77.100', '52:54:00:aa:bb:01'],
  ['192.168.77.101', '52:54:00:aa:bb:02'],
]);

function routeWith() {
  const events: Partial<EngineEvent>[] = [];
  const route = answerRoute({
    names: new Set(['user-data', 'meta-data']),
    machineAt(address) {
      const mac = macs.get(address);
      return mac === undefined ? undefined : { mac, mayBoot: !mac.endsWith('02') };
    },
    filesFor: (mac, address) =>
      ['user-data', 'meta-data'].map((name) => ({
        name,
        text: `${name} of ${mac} at ${address}`,
        contentType: 'text/x',
      })),
    emit: (event) => void events.push(event),
  });
  const read = async (path: string, peerAddress: string, protocol: 'http' | 'tftp' = 'http') => {
    const file = await route.claim({ path, protocol, peerAddress, query: new URLSearchParams() });
    if (file === undefined) return undefined;
    const bytes = new Uint8Array(file.sizeBytes);
    await file.read(bytes, 0);
    return `${file.contentType}: ${new TextDecoder().decode(bytes)}`;
  };
  return { read, events };
}

describe('answerRoute', () => {
  it.each([
    ['answer/user-data', 'user-data'],
    ['answer/meta-data', 'meta-data'],
    ['answer/52-54-00-aa-bb-01/user-data', 'user-data'],
    ['answer/52:54:00:AA:BB:01/user-data', 'user-data'],
    ['answer/525400aabb01/meta-data', 'meta-data'],
  ])('gives the machine at an address its own %s', async (path, name) => {
    const { read, events } = routeWith();
    expect(await read(path, '192.168.77.100')).toBe(`text/x: ${name} of 52:54:00:aa:bb:01 at 192.168.77.100`);
    expect(events).toEqual([]);
  });

  it.each([
    ['answer/user-data', '192.168.77.99', 'no machine of this session has that address'],
    ['answer/user-data', '192.168.77.101', 'that machine may not boot'],
    ['answer/52-54-00-aa-bb-02/user-data', '192.168.77.100', 'it is for another machine'],
    ['answer/me/user-data', '192.168.77.100', 'it is for another machine'],
  ])('gives nobody another one’s: %s to %s', async (path, address, reason) => {
    const { read, events } = routeWith();
    expect(await read(path, address)).toBeUndefined();
    expect(events).toMatchObject([{ type: 'file.refused', path, peerAddress: address, reason }]);
  });

  it('gives nothing over TFTP', async () => {
    const { read, events } = routeWith();
    expect(await read('answer/user-data', '192.168.77.100', 'tftp')).toBeUndefined();
    expect(events).toHaveLength(1);
  });

  it.each(['user-data', 'answer', 'answer/', 'answer/other', 'answer/a/b/user-data', 'other/user-data'])(
    'leaves %s to the other routes',
    async (path) => {
      const { read, events } = routeWith();
      expect(await read(path, '192.168.77.100')).toBeUndefined();
      expect(events).toEqual([]);
    },
  );
});
