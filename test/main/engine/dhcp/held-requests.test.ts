import { describe, expect, it } from 'vitest';
import { HeldRequests } from '../../../../main/engine/dhcp/held-requests.ts';

describe('HeldRequests', () => {
  it('does work at once where nothing holds it', () => {
    const done: number[] = [];
    new HeldRequests(undefined).pass(() => done.push(1));
    expect(done).toEqual([1]);
  });

  it('keeps work in its order until it may be done', async () => {
    const gate = Promise.withResolvers<void>();
    const held = new HeldRequests(gate.promise);
    const done: number[] = [];
    held.pass(() => done.push(1));
    held.pass(() => done.push(2));
    await Promise.resolve();
    expect(done).toEqual([]);
    gate.resolve();
    await gate.promise;
    held.pass(() => done.push(3));
    expect(done).toEqual([1, 2, 3]);
  });

  it('keeps no more than a bench can ask', async () => {
    const gate = Promise.withResolvers<void>();
    const held = new HeldRequests(gate.promise);
    let done = 0;
    for (let index = 0; index < 10_000; index++) held.pass(() => done++);
    gate.resolve();
    await gate.promise;
    await Promise.resolve();
    expect(done).toBe(512);
  });

  it.each(['is disposed of before it opens', 'never opens'])('does nothing where it %s', async (how) => {
    const gate = Promise.withResolvers<void>();
    const held = new HeldRequests(gate.promise);
    let done = 0;
    held.pass(() => done++);
    if (how === 'never opens') gate.reject(new Error('another server answers'));
    else {
      held[Symbol.dispose]();
      gate.resolve();
    }
    await gate.promise.catch(() => undefined);
    await Promise.resolve();
    held.pass(() => done++);
    expect(done).toBe(0);
  });
});
