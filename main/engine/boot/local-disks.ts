import type { EmitEvent, EngineEvent } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { LocalDiskMethod } from '../../contract/hardware-notes.ts';
import type { Remembered } from './hardware-notes.ts';
import { type LocalDiskStart, type LocalDiskTry, sendToDisk } from './local-disk.ts';
import type { Machine } from './plan.ts';

/** How the machines of a session that are done get to their own disks. Pure state; times are arguments. */

export interface LocalDisksOptions {
  readonly remembered: (machine: { mac: string; firmware: Firmware }) => Remembered | undefined;
  /** A system was seen on a machine that was sent to its disk. */
  readonly onWorked: (found: { mac: string; firmware: Firmware; localDisk: LocalDiskMethod }) => void;
  readonly tell: EmitEvent;
}

/** A flood of made-up MACs must not eat memory; who asked longest ago is forgotten first. */
const MOST_TRIES = 4096;

export class LocalDisks {
  readonly #options: LocalDisksOptions;
  readonly #tries = new Map<string, LocalDiskTry>();

  constructor(options: LocalDisksOptions) {
    this.#options = options;
  }

  /** The method for a machine whose firmware asks; its loader gets the one that the firmware got. */
  choose(machine: Machine, atMs: number): LocalDiskMethod {
    const { mac, firmware, bootClient, transactionId } = machine;
    const before = this.#tries.get(mac);
    if (machine.loaderRuns === true) return before?.method ?? 'loader-exit';
    const after = sendToDisk(before, { firmware, bootClient, transactionId, atMs }, this.#startOf(mac, firmware));
    if (after === before) return after.method;
    this.#tries.delete(mac);
    this.#tries.set(mac, after);
    const [eldest] = this.#tries.keys();
    if (this.#tries.size > MOST_TRIES && eldest !== undefined) this.#tries.delete(eldest);
    if (after.method !== before?.method) {
      this.#options.tell({ type: 'client.local-disk', mac, method: after.method, reason: after.reason });
    }
    return after.method;
  }

  hear(event: EngineEvent): void {
    if (event.type !== 'dhcp.request' || event.bootClient !== 'none') return;
    const { mac } = event;
    const tried = this.#tries.get(mac);
    if (tried === undefined) return;
    this.#tries.set(mac, { ...tried, returns: 0 });
    this.#options.onWorked({ mac, firmware: tried.firmware, localDisk: tried.method });
  }

  forget(mac: string): void {
    this.#tries.delete(mac);
  }

  #startOf(mac: string, firmware: Firmware): LocalDiskStart | undefined {
    const found = this.#options.remembered({ mac, firmware });
    if (found?.localDisk === undefined) return undefined;
    return { method: found.localDisk, reason: found.by === 'machine' ? 'worked-before' : 'worked-for-model' };
  }
}
