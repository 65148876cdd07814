import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../main/contract/events.ts';
import { createClientMonitor } from '../../../main/engine/clients-monitor.ts';
import { createEventBus } from '../../../main/engine/event-bus.ts';
import { watchFit } from '../../../main/engine/fit-watch.ts';

const mac = '52:54:00:00:00:01';
const peerAddress = '192.168.77.9';

function watched() {
  const events: EngineEvent[] = [];
  const bus = createEventBus(() => 0);
  bus.subscribe((event) => events.push(event));
  const monitor = createClientMonitor(bus);
  const watch = watchFit({
    bus,
    image: { name: 'Debian 12 live', memoryNeededMiB: 2048, secureBoot: 'yes' },
    entry: { variants: [{ firmware: ['bios'], method: 'linux', kernel: 'k', initrds: [], commandLine: '' }] },
    client: monitor.client,
  });
  const identified = async (memoryMiB: number | undefined): Promise<void> => {
    bus.emit({ type: 'client.identified', mac, peerAddress, memoryMiB });
    await Promise.resolve();
  };
  const misfits = () => events.flatMap((event) => (event.type === 'client.misfit' ? [event] : []));
  return { bus, monitor, watch, identified, misfits };
}

describe('the watch over machines that do not fit', () => {
  it('tells once what is wrong, after what told it, and that it is over', async () => {
    const { monitor, identified, misfits } = watched();
    await identified(1024);
    await identified(1024);
    expect(misfits()).toMatchObject([{ mac, findings: [{ code: 'F_TOO_LITTLE_MEMORY' }] }]);
    expect(monitor.client(mac)?.misfit).toBe(
      'It has 1024 MiB of memory, and this image needs 2048. Add memory, or choose an image that needs less.',
    );
    // Somebody put another module in.
    await identified(4096);
    expect(misfits().at(-1)?.findings).toEqual([]);
    expect(monitor.client(mac)?.misfit).toBeUndefined();
  });

  it('tells of a firmware that the entry does not boot on', async () => {
    const { bus, monitor } = watched();
    bus.emit({
      type: 'dhcp.request',
      mac,
      message: 'DISCOVER',
      transactionId: 1,
      firmware: 'uefi-arm64',
      bootClient: 'pxe',
    } as never);
    await Promise.resolve();
    expect(monitor.client(mac)?.misfit).toMatch(/^It is UEFI arm64, and Debian 12 live does not boot on that\./);
  });

  it('says nothing of a machine that fits, or of which nothing is known', async () => {
    const { identified, misfits } = watched();
    await identified(undefined);
    await identified(2048);
    expect(misfits()).toEqual([]);
  });

  it('ends when it is disposed of', async () => {
    const { watch, identified, misfits } = watched();
    watch[Symbol.dispose]();
    await identified(16);
    expect(misfits()).toEqual([]);
  });
});
