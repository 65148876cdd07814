import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StationError } from '../../../../../main/contract/errors.ts';
import type { ServedFile } from '../../../../../main/engine/files/route.ts';
import type { RequestedOptions } from '../../../../../main/engine/tftp/packet.ts';
import { inShort, ScriptedClient } from '../scripted-client.ts';
import { memoryFile, patternBytes, serve } from '../server-under-test.ts';

const blocks: RequestedOptions = [['blksize', '1024']];
const windows: RequestedOptions = [...blocks, ['windowsize', '8']];

describe('a file in trouble', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-thread-'));
  });
  afterEach(async () => await rm(folder, { recursive: true, force: true }));

  async function fileOnDisk(bytes: Uint8Array, checkUnchanged?: () => Promise<void>): Promise<ServedFile> {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    const handle = await open(path);
    return {
      ...memoryFile(bytes),
      direct: {
        kind: 'descriptor',
        descriptor: handle.fd,
        extents: [
          { offsetBytes: 0, lengthBytes: 100_000 },
          { offsetBytes: 100_000, lengthBytes: bytes.length - 100_000 },
        ],
        checkUnchanged,
      },
      close: async () => await handle.close(),
    };
  }

  it('is none where its pieces are read one after the other', async () => {
    const bytes = patternBytes(1_000_000);
    await using bed = await serve({ f: async () => await fileOnDisk(bytes) });
    await using client = await ScriptedClient.open(bed.endpoint);
    expect((await client.fetch('f', windows)).equals(bytes)).toBe(true);
    expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'complete', sentBytes: 1_000_000 });
  });

  it('that became shorter ends its transfer, and the others go on', async () => {
    const bytes = patternBytes(1_000_000);
    await using bed = await serve({
      good: patternBytes(3_000),
      bad: async () => {
        const file = await fileOnDisk(bytes);
        await truncate(join(folder, 'file'), 500_000);
        return file;
      },
    });
    await using client = await ScriptedClient.open(bed.endpoint);
    await expect(client.fetch('bad', windows)).rejects.toThrow('ERROR 0');
    expect(await bed.event('transfer.ended')).toMatchObject({
      outcome: 'failed',
      reason: 'the file is shorter than it was when the transfer began',
    });
    expect(await bed.event('engine.trouble')).toMatchObject({ code: 'E_IMAGE_CHANGED' });
    expect(await client.fetch('good')).toEqual(patternBytes(3_000));
  });

  it('whose source was replaced meanwhile ends its transfer', async () => {
    const changed = new StationError('E_IMAGE_CHANGED', { path: 'a.iso', detail: 'it was replaced' });
    let looks = 0;
    const check = async (): Promise<void> => {
      looks += 1;
      if (looks > 1) await Promise.reject(changed);
    };
    await using bed = await serve({ f: async () => await fileOnDisk(patternBytes(1_000_000), check) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f', blocks);
    client.acknowledge(0, await client.receive());
    expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'failed', reason: changed.title });
    expect(await bed.event('engine.trouble')).toMatchObject({ code: 'E_IMAGE_CHANGED' });
  });

  it('whose source is gone before the first block is refused, and closed', async () => {
    const changed = new StationError('E_IMAGE_CHANGED', { path: 'a.iso', detail: 'it is no longer there' });
    let closed = 0;
    await using bed = await serve({
      f: async () => {
        const file = await fileOnDisk(patternBytes(200_000), async () => await Promise.reject(changed));
        return { ...file, close: async () => await file.close().then(() => void (closed += 1)) };
      },
    });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f', blocks);
    expect(inShort((await client.receive()).packet)).toBe('ERROR 0');
    expect(bed.events).toMatchObject([{ type: 'engine.trouble' }, { type: 'file.refused', reason: changed.title }]);
    expect(closed).toBe(1);
  });
});

describe('the thread', () => {
  it('does not let late packets of one transfer into the next of the same port', async () => {
    await using bed = await serve({ f: patternBytes(5_000) });
    await using client = await ScriptedClient.open(bed.endpoint);
    const ports = new Set<number>();
    for (let turn = 0; turn < 3; turn += 1) {
      client.request('f', blocks);
      const answer = await client.receive();
      ports.add(answer.port);
      client.acknowledge(0, answer);
      expect(inShort((await client.receive()).packet)).toBe('DATA 1');
      await client.fetch('f');
    }
    expect(ports.size).toBeGreaterThan(1);
  });

  it('answers nothing to who has no transfer, and counts it', async () => {
    await using bed = await serve({ f: patternBytes(200_000) });
    await using client = await ScriptedClient.open(bed.endpoint);
    await using stranger = await ScriptedClient.open(bed.endpoint);
    client.request('f', blocks);
    const answer = await client.receive();
    stranger.acknowledge(0, answer);
    stranger.send(Buffer.alloc(2000, 255), answer);
    expect(await stranger.listen(300)).toEqual([]);
    client.acknowledge(0, answer);
    expect(inShort((await client.receive()).packet)).toBe('DATA 1');
    while (bed.server.statistics.strangers < 2) await client.listen(20);
  });

  it('takes back what it was given when the server stops, in the middle of transfers', async () => {
    const bed = await serve({ f: patternBytes(2_000_000) });
    await using client = await ScriptedClient.open(bed.endpoint);
    client.request('f', windows);
    client.acknowledge(0, await client.receive());
    await client.receive();
    await bed[Symbol.asyncDispose]();
    expect(bed.openFiles()).toBe(0);
    expect((await client.listen(100)).at(-1)).toBe('ERROR 0');
    expect(await bed.event('transfer.ended')).toMatchObject({ outcome: 'aborted', reason: 'the station stopped' });
  });
});
