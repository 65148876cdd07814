import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(`fieldboot-${process.pid}-`));
  } catch {
    return [];
  }
};

/** Empty for a process that ended, also where nobody has asked for its exit code yet. */
const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'busybox'))('the test bed', () => {
  it('wires clients to the station, and its office is another network', async () => {
    await using bed = await Bed.open();
    const [first, second] = [
      await bed.addClient({ address: '192.168.77.10/24' }),
      await bed.addClient({ address: '192.168.77.11/24', impairable: true }),
    ];
    await bed.addBridge('office', '10.20.0.1/16');
    const clerk = await bed.addClient({ bridge: 'office', address: '10.20.0.9/16' });
    const reaches = async ({ namespace }: typeof first, address: string): Promise<boolean> =>
      (await namespace.run(['busybox', 'ping', '-c', '1', '-W', '1', address])).code === 0;

    expect(await reaches(first, Bed.address)).toBe(true);
    expect(await reaches(second, '192.168.77.10')).toBe(true);
    expect(await reaches(clerk, '10.20.0.1')).toBe(true);
    expect(await reaches(clerk, '192.168.77.10')).toBe(false);

    await second.impair({ lossPercent: 100 });
    expect(await reaches(second, Bed.address)).toBe(false);
    await second.impair({});
    expect(await reaches(second, Bed.address)).toBe(true);
  });

  it('leaves nothing behind, daemons and machines included, also where a test failed', async () => {
    let machine: Machine | undefined;
    let daemon: number | undefined;
    const failing = async (): Promise<void> => {
      await using bed = await Bed.open();
      const client = await bed.addClient();
      machine = await Machine.powerOn(bed.station, {
        firmware: 'bios',
        mac: '52:54:00:00:00:01',
        tap: await bed.addTap(),
      });
      await client.namespace.check(['sh', '-c', 'setsid sleep 600 >/dev/null 2>&1 </dev/null &']);
      daemon = Number((await client.namespace.check(['ip', 'netns', 'pids', client.namespace.name])).split('\n')[0]);
      expect(commandOf(daemon)).toMatch(/^sleep/);
      throw new Error('the test failed');
    };
    await expect(failing()).rejects.toThrow('the test failed');

    expect(machine?.isOn).toBe(false);
    expect(commandOf(daemon ?? 0)).toBe('');
    expect([...entries('/run/netns'), ...entries('/etc/netns')]).toEqual([]);
    await machine?.[Symbol.asyncDispose]();
  });
});
