import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { startTftpServer } from '../../../../main/engine/tftp/server.ts';
import { encodeAcknowledgement, type RequestedOptions } from '../../../../main/engine/tftp/packet.ts';
import { inShort, ScriptedClient } from './scripted-client.ts';
import { memoryFile, patternBytes, serve } from './server-under-test.ts';

const window4: RequestedOptions = [
  ['blksize', '1468'],
  ['windowsize', '4'],
];
const options: RequestedOptions = [['blksize', '1024']];

describe('a client that repeats itself', () => {
  it('gets each block once for acknowledgements that come twice', async () => {
    await using bed = await serve({ f: patternBytes(5 * 512 + 1) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f');
    const seen: string[] = [];
    for (let block = 1; block <= 6; block += 1) {
      const answer = await client.receive();
      seen.push(inShort(answer.packet));
      client.acknowledge(block, answer);
      client.acknowledge(block, answer);
    }
    expect([...seen, ...(await client.listen(100))]).toEqual([1, 2, 3, 4, 5, 6].map((block) => `DATA ${block}`));
  });

  it('gets one transfer for a request that comes twice', async () => {
    await using bed = await serve({ f: patternBytes(5_000) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f', options);
    const first = await client.receive();
    client.request('f', options);
    const second = await client.receive();
    expect([first, second].map(({ packet }) => inShort(packet))).toEqual(['OACK blksize=1024', 'OACK blksize=1024']);
    expect(second.port).toBe(first.port);
    expect(bed.server.statistics.activeTransfers).toBe(1);
    client.acknowledge(0, first);
    expect(inShort((await client.receive()).packet)).toBe('DATA 1');
  });

  it('gets another file at the port of a transfer that it has left', async () => {
    await using bed = await serve({ old: patternBytes(90_000), new: patternBytes(700) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('old', options);
    client.acknowledge(0, await client.receive());
    expect(inShort((await client.receive()).packet)).toBe('DATA 1');
    expect(await client.fetch('new')).toEqual(patternBytes(700));
    await bed.idle();
    expect(bed.server.statistics).toMatchObject({ aborted: 1, complete: 1 });
    expect(bed.openFiles()).toBe(0);
  });
});

describe('a bad way', () => {
  it('costs a lost block one more', async () => {
    await using bed = await serve({ f: patternBytes(1_000) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f');
    client.acknowledge(1, await client.receive());
    const lost = await client.receive();
    const again = await client.receive();
    expect([lost, again].map(({ packet }) => inShort(packet))).toEqual(['DATA 2', 'DATA 2']);
    expect(again.bytes).toEqual(lost.bytes);
    client.acknowledge(2, again);
    expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'complete', retransmits: 1 });
  });

  it('makes a window begin after the gap', async () => {
    await using bed = await serve({ f: patternBytes(1_468 * 20) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f', window4);
    client.acknowledge(0, await client.receive());
    const window = await client.receiveSome(4);
    client.acknowledge(2, window[3] ?? window[0]);
    const next = await client.receiveSome(4);
    expect([...window, ...next].map(({ packet }) => inShort(packet))).toEqual(
      [1, 2, 3, 4, 3, 4, 5, 6].map((block) => `DATA ${block}`),
    );
    expect(next[0].bytes).toEqual(window[2]?.bytes);
  });

  it('may lose the last acknowledgement', async () => {
    await using bed = await serve({ f: patternBytes(513) }, { now: () => performance.now() });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f');
    client.acknowledge(1, await client.receive());
    expect(await bed.event('transfer.ended')).toMatchObject({
      outcome: 'complete',
      sentBytes: 513,
      retransmits: 3,
      reason: 'the last acknowledgement never came',
    });
  });
});

describe('strangers', () => {
  it('get error 5, and the transfer goes on', async () => {
    await using bed = await serve({ f: patternBytes(1_500) }, { useThread: false });
    await using client = await ScriptedClient.open(bed.endpoint);
    await using stranger = await ScriptedClient.open(bed.endpoint);
    client.request('f');
    const first = await client.receive();
    stranger.send(encodeAcknowledgement(1), first);
    expect(inShort((await stranger.receive()).packet)).toBe('ERROR 5');
    stranger.send(Buffer.from('\0\u0005\0\0stop\0'), first);
    expect(await stranger.listen(100)).toEqual([]);
    client.acknowledge(1, first);
    expect(inShort((await client.receive()).packet)).toBe('DATA 2');
    expect(bed.server.statistics.strangers).toBe(2);
  });

  it('from outside the subnet get nothing', async () => {
    await using bed = await serve({ f: patternBytes(10) }, { addresses: [{ address: '127.0.0.1', prefixLength: 30 }] });
    await using outside = await ScriptedClient.open(bed.endpoint, '127.0.0.9');
    outside.request('f');
    outside.request('missing');
    outside.send(Buffer.from([0, 9, 0, 0]));
    expect(await outside.listen(150)).toEqual([]);
    expect(bed.server.statistics).toMatchObject({ offSubnet: 3, requests: 0 });
    expect(bed.requests).toEqual([]);

    await using inside = await ScriptedClient.open(bed.endpoint, '127.0.0.2');
    expect(await inside.fetch('f')).toEqual(patternBytes(10));
  });

  it('get their answers from the address that they asked', async () => {
    await using bed = await serve(
      { f: patternBytes(1_500) },
      {
        addresses: [
          { address: '127.0.0.1', prefixLength: 8 },
          { address: '127.0.0.2', prefixLength: 8 },
        ],
      },
    );
    for (const endpoint of bed.server.addresses) {
      await using client = await ScriptedClient.open(endpoint);
      client.request('missing');
      expect((await client.receive()).address).toBe(endpoint.address);
      client.request('f', options);
      const answer = await client.receive();
      expect(answer.address).toBe(endpoint.address);
      client.acknowledge(0, answer);
      expect((await client.receive()).address).toBe(endpoint.address);
    }
  });
});

describe('limits', () => {
  it('answer transfers beyond the bound by silence, until one has ended', async () => {
    await using bed = await serve({ f: patternBytes(100) }, { limits: { maxTransfersPerPeer: 2 } });
    await using first = await ScriptedClient.open(bed.endpoint);
    await using second = await ScriptedClient.open(bed.endpoint);
    await using third = await ScriptedClient.open(bed.endpoint);
    first.request('f');
    second.request('f');
    const answer = await first.receive();
    await second.receive();
    third.request('f');
    expect(await third.listen(100)).toEqual([]);
    expect(bed.server.statistics).toMatchObject({ activeTransfers: 2, overLimit: 1 });
    first.acknowledge(1, answer);
    await bed.event('transfer.ended');
    expect(await third.fetch('f')).toEqual(patternBytes(100));
  });

  it('keep a flood from being answered', async () => {
    await using bed = await serve({}, { limits: { requestBurstPerPeer: 10, requestsPerSecondPerPeer: 0 } });
    await using client = await ScriptedClient.open(bed.endpoint);
    for (let index = 0; index < 100; index += 1) client.request('missing');
    const answers = await client.listen(500);
    while (bed.server.statistics.requests < 100) answers.push(...(await client.listen(50)));
    expect(answers).toHaveLength(10);
  });

  it('survive whatever comes', async () => {
    await using bed = await serve({ f: patternBytes(3_000) }, { limits: { requestsPerSecondPerPeer: 1e9 } });
    await using client = await ScriptedClient.open(bed.endpoint);
    for (let index = 0; index < 5_000; index += 1) {
      const junk = Buffer.from(Array.from({ length: index % 90 }, (_, at) => (index * 31 + at * at * 17) & 0xff));
      if (junk.length > 1 && index % 3 === 0) junk.set([0, index % 8]);
      client.send(junk);
      if (index % 100 === 0) await client.listen(1);
    }
    await client.listen(100);
    await using polite = await ScriptedClient.open(bed.endpoint);
    expect(await polite.fetch('f')).toEqual(patternBytes(3_000));
  });
});

describe('a source in trouble', () => {
  const changed = new StationError('E_IMAGE_CHANGED', { path: '/images/a.iso', detail: 'it was replaced' });

  it('ends its transfer with error 0 and a reason, and the server lives on', async () => {
    let closed = 0;
    const bytes = patternBytes(900_000);
    await using bed = await serve({
      good: patternBytes(600),
      bad: async () => {
        const file = memoryFile(bytes, () => (closed += 1));
        const read: typeof file.read = async (target, positionBytes) => {
          if (positionBytes > 0) throw changed;
          return await file.read(target, positionBytes);
        };
        return Promise.resolve({ ...file, read, direct: undefined });
      },
    });
    await using client = await ScriptedClient.open(bed.endpoint);
    await expect(client.fetch('bad', window4)).rejects.toThrow('ERROR 0');
    expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'failed', reason: changed.title });
    expect(await bed.event('engine.trouble')).toMatchObject({ code: 'E_IMAGE_CHANGED', title: changed.title });
    expect(await client.fetch('good')).toEqual(patternBytes(600));
    expect(closed).toBe(1);
  });

  it('tells the client nothing about the files of this computer', async () => {
    await using bed = await serve({ bad: async () => Promise.reject(changed) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('bad');
    const answer = await client.receive();
    expect(inShort(answer.packet)).toBe('ERROR 0');
    expect(answer.bytes.toString('latin1')).not.toContain('images');
    expect(bed.events).toMatchObject([
      { type: 'engine.trouble', code: 'E_IMAGE_CHANGED', advice: changed.advice },
      { type: 'file.refused', path: 'bad', reason: changed.title },
    ]);
  });

  it('is a file that became shorter', async () => {
    await using bed = await serve({
      bad: async () => Promise.resolve({ ...memoryFile(patternBytes(1_000)), sizeBytes: 5_000 }),
    });
    await using client = await ScriptedClient.open(bed.endpoint);
    await expect(client.fetch('bad')).rejects.toThrow('ERROR 0');
    expect(await bed.event('transfer.ended')).toMatchObject({
      outcome: 'failed',
      reason: 'the file is shorter than it was when the transfer began',
    });
  });
});

describe('stopping', () => {
  /** Sockets and timers of this process, once those that are being closed are gone. */
  const leftovers = async (): Promise<string[]> => {
    const names = (): string[] => process.getActiveResourcesInfo().filter((name) => /udp|timeout/i.test(name));
    for (let turn = 0; turn < 100 && names().length > 0; turn += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    return names();
  };

  it('tells the clients, closes every file, and leaves neither socket nor timer', async () => {
    const before = await leftovers();
    const bed = await serve({ f: patternBytes(1_000_000) });
    {
      await using acknowledging = await ScriptedClient.open(bed.endpoint);
      await using silent = await ScriptedClient.open(bed.endpoint);
      acknowledging.request('f', window4);
      silent.request('f', options);
      acknowledging.acknowledge(0, await acknowledging.receive());
      await silent.receive();
      await acknowledging.receive();
      expect(bed.openFiles()).toBe(2);
      await bed[Symbol.asyncDispose]();
      expect(bed.openFiles()).toBe(0);
      expect((await acknowledging.listen(50)).at(-1)).toBe('ERROR 0');
      expect((await silent.listen(0)).at(-1)).toBe('ERROR 0');
    }
    expect(bed.events.filter((event) => event.type === 'transfer.ended')).toMatchObject([
      { outcome: 'aborted', reason: 'the station stopped' },
      { outcome: 'aborted', reason: 'the station stopped' },
    ]);
    expect(before).toEqual(expect.arrayContaining(await leftovers()));
  });

  it('closes a file that was still being looked for', async () => {
    let closed = 0;
    const claim = Promise.withResolvers<ReturnType<typeof memoryFile>>();
    const bed = await serve({ slow: async () => await claim.promise });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('slow');
    await client.listen(50);
    const stopped = bed[Symbol.asyncDispose]();
    claim.resolve(memoryFile(patternBytes(10), () => (closed += 1)));
    await stopped;
    expect(closed).toBe(1);
    expect(await client.listen(50)).toEqual([]);
  });

  it('happens by itself where one of the addresses cannot be had', async () => {
    await using bed = await serve({});
    const { port } = bed.endpoint;
    const before = await leftovers();
    const taken = startTftpServer({
      interfaceName: 'lo',
      addresses: [
        { address: '127.0.0.3', prefixLength: 8 },
        { address: '127.0.0.1', prefixLength: 8 },
      ],
      port,
      routes: [],
      emit: () => undefined,
      now: () => 0,
    });
    await expect(taken).rejects.toMatchObject({ code: 'E_PORT_IN_USE' });
    expect(before).toEqual(expect.arrayContaining(await leftovers()));
  });
});
