import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import type { Client } from '../../../../main/engine/clients/client.ts';
import { type RehearsalConfig, startRehearsal } from '../../../../main/engine/rehearsal/rehearsal.ts';

const MIB = 1024 * 1024;
// An initrd whose second half does not fit into the buffers of a connection: who loses power in the middle has not got it.
const imageSizes = { kernelBytes: MIB, initrdBytes: 16 * MIB, systemBytes: 10 * MIB };

describe.skipIf(process.platform !== 'linux')('a rehearsal', () => {
  let dataFolder: string;
  let config: RehearsalConfig;
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-rehearsal-'));
    // A folder without loaders: stand-ins are served.
    config = { clients: 24, pace: 'full-speed', dataFolder, loadersFolder: join(dataFolder, 'no-loaders'), imageSizes };
  });
  afterEach(async () => await rm(dataFolder, { recursive: true }));

  const open = (pattern: RegExp): number =>
    process.getActiveResourcesInfo().filter((name) => pattern.test(name)).length;
  let timersBefore = 0;
  beforeEach(() => {
    timersBefore = open(/timeout/i);
  });
  async function expectNothingLeft(): Promise<void> {
    // Handles of closed sockets go in the next turn of the loop.
    await delay(20);
    expect(open(/udp|tcp/i)).toBe(0);
    expect(open(/timeout/i)).toBeLessThanOrEqual(timersBefore);
    expect(await leftFiles()).toEqual([]);
  }
  const leftFiles = async (): Promise<string[]> => await readdir(join(dataFolder, 'rehearsals'));

  it(
    'of 24 machines at full speed ends for each as it should, and the station saw it',
    { timeout: 30_000 },
    async () => {
      const events: EngineEvent[] = [];
      const rehearsal = await startRehearsal(config, (event) => events.push(event));
      const result = await rehearsal.done;
      const clients = new Map(rehearsal.engine.clients().map((client) => [client.mac, client]));
      await rehearsal[Symbol.asyncDispose]();

      expect(result.machines.filter(({ asExpected }) => !asExpected)).toEqual([]);
      expect(result).toMatchObject({ passed: true, shouldRun: 22, running: 22 });
      expect(clients.size).toBe(24);
      const clientOf = (behaviour: string): Partial<Client> =>
        clients.get(result.machines.find((machine) => machine.behaviour === behaviour)?.mac ?? '') ?? {};
      for (const behaviour of ['good', 'slow', 'loses-packets', 'restarts']) {
        expect({ behaviour, ...clientOf(behaviour) }).toMatchObject({ behaviour, stage: 'running', evidence: 'seen' });
        expect(clientOf(behaviour).problem).toBeUndefined();
      }
      expect(clientOf('good')).toMatchObject({ boots: 1, hostName: expect.stringMatching(/^bench-/) as string });
      expect(clientOf('good').serial).toMatch(/^\w{7}$/);
      expect(clientOf('restarts').boots).toBe(2);
      expect(clientOf('hangs-in-loader')).toMatchObject({ stage: 'loader' });
      expect(clientOf('secure-boot')).toMatchObject({ stage: 'running', evidence: 'seen', loader: 'shimx64.efi' });
      expect(clientOf('loses-power')).toMatchObject({
        stage: 'initrd',
        problem: expect.stringContaining('initrd') as string,
      });

      // Each from its own address, and each file whole.
      expect(new Set([...clients.values()].map(({ address }) => address)).size).toBe(24);
      const [good] = result.machines;
      expect(good?.receivedBytes).toBeGreaterThan(
        imageSizes.kernelBytes + imageSizes.initrdBytes + imageSizes.systemBytes,
      );
      const kinds = new Set(events.flatMap((event) => (event.type === 'transfer.started' ? event.kind : [])));
      expect(kinds).toEqual(new Set(['loader', 'script', 'kernel', 'initrd', 'system']));
      expect(events.filter(({ type }) => type === 'engine.trouble' || type === 'dhcp.dropped')).toEqual([]);
      expect(events.at(-1)?.type).toBe('session.stopped');

      await expectNothingLeft();
    },
  );

  it('that is stopped in the middle leaves no socket, timer or file', async () => {
    const rehearsal = await startRehearsal({ ...config, pace: 'demo' });
    const isFetching = (): boolean =>
      rehearsal.engine.clients().some(({ stage }) => stage === 'kernel' || stage === 'initrd');
    await expect.poll(isFetching, { timeout: 14_000 }).toBe(true);
    expect(await leftFiles()).toHaveLength(1);
    await rehearsal[Symbol.asyncDispose]();
    // A second time does no harm.
    await rehearsal[Symbol.asyncDispose]();

    const { machines, passed } = await rehearsal.done;
    expect(passed).toBe(false);
    expect(machines.filter(({ end }) => end.kind === 'stopped').length).toBeGreaterThan(20);
    await expectNothingLeft();
  });

  it('that cannot start leaves nothing behind', async () => {
    const imagePath = join(dataFolder, 'text.iso');
    await writeFile(imagePath, 'no image');
    await expect(startRehearsal({ ...config, imagePath })).rejects.toMatchObject({ code: 'E_NOT_AN_ISO' });
    await expectNothingLeft();
  });

  it('removes what a rehearsal left that was killed, and nothing of one that runs', async () => {
    const NOBODY = 2 ** 22 + 1; // beyond Linux's largest process number
    await using running = await startRehearsal({ ...config, clients: 1, pace: 'demo' });
    const [own] = await leftFiles();
    await writeFile(join(dataFolder, 'rehearsals', `${NOBODY}-dead`), '');
    await using second = await startRehearsal({ ...config, clients: 1 });
    expect((await second.done).passed).toBe(true);
    expect(await leftFiles()).toEqual(expect.arrayContaining([own]));
    expect(await leftFiles()).not.toContain(`${NOBODY}-dead`);
    expect(running.engine.clients().length).toBeLessThanOrEqual(1);
  });
});

it('a rehearsal says plainly where it cannot be: without addresses for all machines', async () => {
  const platform = Object.getOwnPropertyDescriptor(process, 'platform');
  if (platform === undefined) throw new Error('No platform');
  Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
  try {
    const started = startRehearsal({ clients: 1, dataFolder: '/nonexistent', loadersFolder: '/nonexistent' });
    await expect(started).rejects.toMatchObject({
      code: 'E_REHEARSAL_UNSUPPORTED',
      title: expect.stringContaining('needs Linux') as string,
      advice: expect.stringContaining('Rehearse on a Linux computer') as string,
    });
  } finally {
    Object.defineProperty(process, 'platform', platform);
  }
});
