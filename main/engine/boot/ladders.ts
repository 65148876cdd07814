import type { EmitEvent, EngineEvent } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant } from '../../contract/image.ts';
import type { Model, Remembered } from './hardware-notes.ts';
import { climb, type Climb, fetched, rungNumber, spoke, type Start, worked } from './ladder.ts';
import { firstLoader, type Rung, rungsFor } from './loader-rungs.ts';
import type { Machine } from './plan.ts';

/** The ladders of a session's machines: what is asked moves them, and what is seen on the wire. Pure state; times are arguments. */

export interface LaddersOptions {
  /** Loaders that are there, by file name. */
  readonly files: ReadonlySet<string>;
  /** How the session's entry is started on a firmware. */
  readonly methodOn: (firmware: Firmware) => BootVariant['method'] | undefined;
  readonly macOf: (address: string) => string | undefined;
  readonly remembered: (machine: {
    mac: string;
    firmware: Firmware;
    model?: Model | undefined;
  }) => Remembered | undefined;
  /** A loader asked what to boot, for the first time in this boot of its machine. */
  readonly onWorked: (found: { mac: string; firmware: Firmware; loader: string; model?: Model | undefined }) => void;
  readonly tell: EmitEvent;
}

export type LoaderChoice =
  | { readonly kind: 'loader'; readonly file: string; readonly program: Rung['program'] }
  | { readonly kind: 'none'; readonly reason: string };

/** A flood of made-up MACs must not eat memory; who asked longest ago is forgotten first. */
const MOST_CLIMBS = 4096;
const MOST_TRANSFERS = 4096;

export class Ladders {
  readonly #options: LaddersOptions;
  readonly #climbs = new Map<string, Climb>();
  /** Transactions in which machines asked last that no loader is left for. */
  readonly #stuck = new Map<string, number | undefined>();
  readonly #models = new Map<string, Model>();
  readonly #loaderTransfers = new Map<string, { mac: string; path: string }>();

  constructor(options: LaddersOptions) {
    this.#options = options;
  }

  /** The loader for firmware that asks; one that runs already asks for scripts and moves nothing. */
  choose(machine: Machine, atMs: number): LoaderChoice {
    const { mac, firmware, bootClient } = machine;
    const rungs = this.#rungs(firmware);
    const before = this.#climbs.get(mac);
    if (machine.loaderRuns === true) return choice(rungs, before ?? begun(rungs, machine, atMs), firmware);
    const after = climb(before, { firmware, bootClient, atMs }, rungs, this.#startOf(machine));
    if (after !== before) remember(this.#climbs, mac, after, MOST_CLIMBS);
    const isNews = before === undefined || after.file !== before.file;
    // Said at every power-on: whoever stands before the machine has to learn why it does not boot.
    const isStuck = after.file === undefined && this.#stuck.get(mac) !== machine.transactionId;
    if (isNews || isStuck) this.#tell(mac, after, rungs);
    if (after.file === undefined) remember(this.#stuck, mac, machine.transactionId, MOST_CLIMBS);
    return choice(rungs, after, firmware);
  }

  /** On UEFI only GRUB can start a disk whose firmware does not; elsewhere the machine's own loader does. */
  chooseDiskStarter(machine: Machine, atMs: number): LoaderChoice {
    const { firmware } = machine;
    const grub = rungsFor(firmware, this.#options.files).find(({ program }) => program === 'grub');
    return grub === undefined ? this.choose(machine, atMs) : { ...grub, kind: 'loader' };
  }

  /** Lets a machine begin anew, as when a person wants it to boot once more. */
  forget(mac: string): void {
    this.#climbs.delete(mac);
    this.#stuck.delete(mac);
  }

  hear(event: EngineEvent): void {
    switch (event.type) {
      case 'dhcp.request':
        // iPXE's own; before it was fetched, it is the network card's.
        if (event.bootClient === 'ipxe')
          this.#change(event.mac, (one) => (one.fetchedAtMs === undefined ? one : spoke(one)));
        return;
      case 'transfer.started':
        return this.#onTransfer(event.transferId, this.#options.macOf(event.peerAddress), event);
      case 'transfer.ended': {
        const transfer = this.#loaderTransfers.get(event.transferId);
        this.#loaderTransfers.delete(event.transferId);
        if (transfer === undefined || event.outcome !== 'complete') return;
        this.#change(transfer.mac, (one) => (one.file === transfer.path ? fetched(one, event.at) : one));
        return;
      }
      case 'client.identified':
        return this.#onIdentified(event);
    }
  }

  #rungs = (firmware: Firmware): Rung[] => rungsFor(firmware, this.#options.files, this.#options.methodOn(firmware));

  #startOf({ mac, firmware }: Machine): Start | undefined {
    const found = this.#options.remembered({ mac, firmware, model: this.#models.get(mac) });
    if (found?.loader === undefined) return undefined;
    return { file: found.loader, reason: found.by === 'machine' ? 'worked-before' : 'worked-for-model' };
  }

  #onTransfer(
    transferId: string,
    mac: string | undefined,
    { kind, path }: Pick<Extract<EngineEvent, { type: 'transfer.started' }>, 'kind' | 'path'>,
  ): void {
    const file = mac === undefined ? undefined : this.#climbs.get(mac)?.file;
    if (mac === undefined || file === undefined) return;
    if (kind === 'loader' && path === file) {
      remember(this.#loaderTransfers, transferId, { mac, path }, MOST_TRANSFERS);
    } else if (kind === 'script' || kind === 'loader') {
      // Firmware fetches one file; whatever comes next is the loader's own doing.
      this.#change(mac, (one) => (one.fetchedAtMs === undefined ? one : spoke(one)));
    }
  }

  #onIdentified({ mac, manufacturer, product, loader }: Extract<EngineEvent, { type: 'client.identified' }>): void {
    const model = manufacturer !== undefined && product !== undefined ? { manufacturer, product } : undefined;
    if (model !== undefined) remember(this.#models, mac, model, MOST_CLIMBS);
    const before = this.#climbs.get(mac);
    if (before?.file === undefined || before.worked) return;
    const rung = this.#rungs(before.firmware).find(({ file }) => file === before.file);
    // Another loader that a person started by hand proves nothing about the one that was offered.
    if (rung === undefined || (loader !== undefined && loader !== rung.program)) return;
    this.#climbs.set(mac, worked(before));
    this.#options.onWorked({ mac, firmware: before.firmware, loader: before.file, model });
  }

  #change(mac: string, next: (climbed: Climb) => Climb): void {
    const before = this.#climbs.get(mac);
    if (before !== undefined) this.#climbs.set(mac, next(before));
  }

  #tell(mac: string, climbed: Climb, rungs: readonly Rung[]): void {
    const { file, failed, firmware, reason } = climbed;
    if (file === undefined) {
      if (failed.length > 0) this.#options.tell({ type: 'client.no-loader', mac, tried: [...failed] });
      return;
    }
    const model = reason === 'worked-for-model' ? this.#options.remembered({ mac, firmware })?.model : undefined;
    this.#options.tell({
      type: 'client.loader',
      mac,
      loader: file,
      ...rungNumber(climbed, rungs),
      reason,
      previous: failed.at(-1)?.file,
      model: model && `${model.manufacturer} ${model.product}`,
    });
  }
}

const begun = (rungs: readonly Rung[], { firmware, bootClient }: Machine, atMs: number): Climb =>
  climb(undefined, { firmware, bootClient, atMs }, rungs);

function choice(rungs: readonly Rung[], { file, failed }: Climb, firmware: Firmware): LoaderChoice {
  const rung = rungs.find((one) => one.file === file);
  if (rung !== undefined) return { kind: 'loader', file: rung.file, program: rung.program };
  if (failed.length > 0) return { kind: 'none', reason: 'none of its loaders ran' };
  const first = firstLoader(firmware);
  const reason = first === undefined ? `there is no loader for ${firmware}` : `the loader ${first} is not installed`;
  return { kind: 'none', reason };
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [eldest] = map.keys();
  if (map.size > most && eldest !== undefined) map.delete(eldest);
}
