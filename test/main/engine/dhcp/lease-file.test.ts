import { appendFile, type FileHandle, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LeaseFile, openLeaseFile, parseLeases } from '../../../../main/engine/dhcp/lease-file.ts';
import type { Binding } from '../../../../main/engine/dhcp/pool.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-leases-'));
  path = join(folder, 'state', 'leases.jsonl');
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const binding = (host: number, clientKey = `1/client-${host}`): Binding => ({
  address: `10.88.0.${host}`,
  kind: 'leased',
  clientKey,
  clientIdentifier: '0152540012',
  expiresAtMs: 1_000 + host,
});

async function reopened(): Promise<Pick<LeaseFile, 'restored' | 'ignoredLines'>> {
  await using file = await openLeaseFile(path);
  return { restored: file.restored, ignoredLines: file.ignoredLines };
}

describe('lease file', () => {
  it('begins empty, in a folder that it makes', async () => {
    expect(await reopened()).toEqual({ restored: [], ignoredLines: 0 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('has a change on disk when append resolves, without being closed', async () => {
    await using file = await openLeaseFile(path);
    await file.append(binding(50));
    expect(parseLeases(await readFile(path, 'utf8')).bindings).toEqual([binding(50)]);
  });

  it('gives back what happened, in order, the last of each address', async () => {
    {
      await using file = await openLeaseFile(path);
      await file.append(binding(50, '1/first'));
      await file.append(binding(51));
      await file.append({ address: '10.88.0.52', kind: 'declined', clientKey: undefined, expiresAtMs: 9 });
      await file.append(binding(50, '1/second'));
    }
    expect((await reopened()).restored.map(({ address, clientKey }) => [address, clientKey])).toEqual([
      ['10.88.0.51', '1/client-51'],
      ['10.88.0.52', undefined],
      ['10.88.0.50', '1/second'],
    ]);
  });

  it('writes what comes at once with few syncs, all of it in order', async () => {
    const hosts = Array.from({ length: 200 }, (_, index) => index);
    {
      await using file = await openLeaseFile(path);
      const written = hosts.map(async (host) => await file.append(binding(host)));
      expect(file.pendingCount).toBeGreaterThan(100);
      await Promise.all(written);
      expect(file.pendingCount).toBe(0);
    }
    expect((await reopened()).restored).toEqual(hosts.map((host) => binding(host)));
  });

  it.each<[string, string]>([
    ['a line cut short', '{"address":"10.88.0.51","kind":"lea'],
    ['a line of zeros, as after a power failure', '\0'.repeat(100)],
    ['a line that is no lease', '{"address":"10.88.0.51"}\n'],
    ['a line with an address that is none', `${JSON.stringify({ ...binding(51), address: '10.88.0.951' })}\n`],
    ['a line with a kind of later versions', `${JSON.stringify({ ...binding(51), kind: 'reserved' })}\n`],
  ])('passes over %s, and goes on behind it', async (_, tail) => {
    {
      await using file = await openLeaseFile(path);
      await file.append(binding(50));
    }
    await appendFile(path, tail);
    {
      await using file = await openLeaseFile(path);
      expect({ restored: file.restored, ignoredLines: file.ignoredLines }).toEqual({
        restored: [binding(50)],
        ignoredLines: 1,
      });
      await file.append(binding(52));
    }
    expect(await reopened()).toEqual({ restored: [binding(50), binding(52)], ignoredLines: 0 });
  });

  it('is written anew before it grows without end, and loses nothing', async () => {
    {
      await using file = await openLeaseFile(path, 20);
      for (let round = 0; round < 500; round++) {
        await file.append({ ...binding(50 + (round % 3)), expiresAtMs: round });
      }
    }
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(30);
    expect((await reopened()).restored.map(({ expiresAtMs }) => expiresAtMs)).toEqual([497, 498, 499]);
    expect(await readdir(join(folder, 'state'))).toEqual(['leases.jsonl']);
  });

  it('passes over a rewrite that was killed half-way', async () => {
    {
      await using file = await openLeaseFile(path);
      await file.append(binding(50));
    }
    await writeFile(`${path}.new`, '{"address":"10.88');
    expect((await reopened()).restored).toEqual([binding(50)]);
  });

  it('says when the disk is full, and goes on behind the half line once there is room', async () => {
    {
      await using file = await openLeaseFile(path);
      const handle = await open(path);
      const halfWritten = vi
        .spyOn(Object.getPrototypeOf(handle) as FileHandle, 'appendFile')
        .mockImplementationOnce(async function (this: FileHandle, text) {
          await this.write((text as string).slice(0, 30));
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        });
      await handle.close();
      await expect(file.append(binding(50))).rejects.toMatchObject({ code: 'E_DISK_FULL', data: { path } });
      halfWritten.mockRestore();
      await file.append(binding(51));
    }
    expect(await reopened()).toEqual({ restored: [binding(51)], ignoredLines: 1 });
  });

  it('says when it cannot be written', async () => {
    await writeFile(join(folder, 'state'), 'a file where a folder should be');
    await expect(openLeaseFile(path)).rejects.toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE' });
  });

  it('refuses what comes after it was closed', async () => {
    const file = await openLeaseFile(path);
    await file[Symbol.asyncDispose]();
    await expect(file.append(binding(50))).rejects.toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE' });
  });
});
