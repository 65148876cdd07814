import { formatIpv4, isInSubnet, parseIpv4, subnetOf } from '../net/ipv4.ts';
import { FreeAddresses } from './pool-free-addresses.ts';
import { type Place, Queue } from './pool-queue.ts';

/**
 * Which client has which address, at most one each. Pure data: the clock is an argument, nothing is written anywhere.
 *
 * Every operation takes constant time: bindings of one kind have one duration, so that the order in which they were
 * made is the order in which they end, and only the eldest of each kind has to be looked at.
 */

export interface PoolOptions {
  /** The station's own address, which is never handed out. */
  readonly address: string;
  readonly prefixLength: number;
  readonly first: string;
  readonly last: string;
}

/**
 * `offered`: reserved for the moment. `leased`: acknowledged. `bootp`: given without an end that the client knows.
 * `released`: free, remembered as its client's previous one. `declined`: in use by a stranger, in quarantine.
 */
export type BindingKind = 'offered' | 'leased' | 'bootp' | 'released' | 'declined';

export interface Binding {
  readonly address: string;
  readonly kind: BindingKind;
  /** Undefined in quarantine. */
  readonly clientKey: string | undefined;
  /** Option 61 of the last acknowledged request, in hexadecimal. */
  readonly clientIdentifier?: string | undefined;
  readonly expiresAtMs: number;
}

export class InvalidPool extends Error {}

const LARGEST_POOL = 65_536;
/** In the order of who loses an address first when none is free. */
const reclaimOrder = ['released', 'offered', 'leased', 'declined', 'bootp'] as const satisfies readonly BindingKind[];

export class AddressPool {
  readonly size: number;
  /** Addresses that are kept for machines, whether the range has them or not. */
  #reserved: ReadonlySet<string> = new Set();
  readonly #first: number;
  readonly #excluded: ReadonlySet<number>;
  readonly #free: FreeAddresses;
  readonly #byAddress = new Map<string, Place<Binding>>();
  readonly #byClient = new Map<string, Binding>();
  readonly #byKind: Readonly<Record<BindingKind, Queue<Binding>>> = {
    offered: new Queue(),
    leased: new Queue(),
    bootp: new Queue(),
    released: new Queue(),
    declined: new Queue(),
  };

  /** Throws InvalidPool, whose message says why. */
  constructor(options: PoolOptions) {
    const { first, count, excluded } = checkedRange(options);
    this.#first = first;
    this.#excluded = excluded;
    this.#free = new FreeAddresses(count);
    for (const address of excluded) this.#free.take(address - first);
    this.size = this.#free.count;
    if (this.size === 0) throw new InvalidPool('it holds no address that can be handed out');
  }

  /** Keeps these addresses for those that `choose` is told to give them to, from now on. Who has one already keeps it. */
  reserve(addresses: ReadonlySet<string>): void {
    const before = this.#reserved;
    this.#reserved = addresses;
    for (const address of addresses) if (this.#isInRange(address)) this.#free.take(this.#indexOf(address));
    for (const address of before) if (!addresses.has(address)) this.#giveBack(address);
  }

  bindingOf(clientKey: string): Binding | undefined {
    return this.#byClient.get(clientKey);
  }

  /** Bindings that a restart has to know of, the eldest first. */
  *lasting(): Iterable<Binding> {
    for (const kind of ['released', 'leased', 'bootp', 'declined'] as const) yield* this.#byKind[kind];
  }

  /**
   * The address for this client: the one that is reserved for it, else its own, else `wanted` where free, else one that its key chooses.
   * Undefined: exhausted.
   */
  choose(clientKey: string, wanted: string | undefined, nowMs: number, reserved?: string): string | undefined {
    if (reserved !== undefined && this.isAvailable(clientKey, reserved, nowMs, reserved)) return reserved;
    const own = this.#byClient.get(clientKey);
    if (own !== undefined && !this.#reserved.has(own.address)) return own.address;
    if (wanted !== undefined && !this.#reserved.has(wanted) && this.#isFree(wanted, nowMs)) return wanted;
    const seed = hash(clientKey);
    // The same address for the same machine, as long as it is free, however often the station forgets.
    const preferred = seed % this.#capacity;
    const index = this.#free.has(preferred) ? preferred : this.#free.pick(seed);
    return index === undefined ? this.#eldestEnded(nowMs) : formatIpv4(this.#first + index);
  }

  /** Whether this client may have this address: it is its own, or nobody's. One that is kept for another machine is not. */
  isAvailable(clientKey: string, address: string, nowMs: number, reserved?: string): boolean {
    if (this.#reserved.has(address) && address !== reserved) return false;
    return this.#bindingAt(address)?.clientKey === clientKey || this.#isFree(address, nowMs);
  }

  /** Gives an available address to a client, which loses any other it had. */
  bind(binding: Binding): void {
    const { address, clientKey } = binding;
    if (!this.#isMember(address)) return;
    this.#forget(this.#bindingAt(address));
    if (clientKey !== undefined) this.#forget(this.#byClient.get(clientKey));
    if (this.#isInRange(address)) this.#free.take(this.#indexOf(address));
    this.#byAddress.set(address, this.#byKind[binding.kind].push(binding));
    if (clientKey !== undefined) this.#byClient.set(clientKey, binding);
  }

  /** Makes an address as if it had never been bound. */
  free(address: string): void {
    this.#forget(this.#bindingAt(address));
  }

  #bindingAt(address: string): Binding | undefined {
    return this.#byAddress.get(address)?.value;
  }

  get #capacity(): number {
    return this.size + this.#excluded.size;
  }

  #indexOf(address: string): number {
    return (parseIpv4(address) ?? -1) - this.#first;
  }

  #isMember(address: string): boolean {
    return this.#reserved.has(address) || this.#isInRange(address);
  }

  #isInRange(address: string): boolean {
    const index = this.#indexOf(address);
    return index >= 0 && index < this.#capacity && !this.#excluded.has(this.#first + index);
  }

  #isFree(address: string, nowMs: number): boolean {
    if (!this.#isMember(address)) return false;
    const binding = this.#bindingAt(address);
    return binding === undefined || binding.kind === 'released' || binding.expiresAtMs <= nowMs;
  }

  #eldestEnded(nowMs: number): string | undefined {
    for (const kind of reclaimOrder) {
      const { eldest } = this.#byKind[kind];
      const hasEnded = eldest !== undefined && (kind === 'released' || eldest.expiresAtMs <= nowMs);
      if (hasEnded && !this.#reserved.has(eldest.address)) return eldest.address;
    }
    return undefined;
  }

  #forget(binding: Binding | undefined): void {
    if (binding === undefined) return;
    const { address, kind, clientKey } = binding;
    const place = this.#byAddress.get(address);
    if (place === undefined) return;
    this.#byAddress.delete(address);
    this.#byKind[kind].remove(place);
    if (clientKey !== undefined) this.#byClient.delete(clientKey);
    this.#giveBack(address);
  }

  #giveBack(address: string): void {
    const isTaken = this.#byAddress.has(address) || this.#reserved.has(address);
    if (!isTaken && this.#isInRange(address)) this.#free.giveBack(this.#indexOf(address));
  }
}

function checkedRange(options: PoolOptions): { first: number; count: number; excluded: ReadonlySet<number> } {
  const [own, first, last] = [options.address, options.first, options.last].map(parseIpv4);
  if (own === undefined || first === undefined || last === undefined) throw new InvalidPool('it is not two addresses');
  if (last < first) throw new InvalidPool('its end is before its beginning');
  const count = last - first + 1;
  if (count > LARGEST_POOL) throw new InvalidPool(`it has ${count} addresses, more than ${LARGEST_POOL}`);
  const subnet = subnetOf(own, options.prefixLength);
  if (!isInSubnet(first, subnet) || !isInSubnet(last, subnet)) {
    throw new InvalidPool(`it is not inside ${formatIpv4(subnet.network)}/${options.prefixLength}`);
  }
  const unusable = [own, subnet.network, subnet.broadcast].filter((address) => address >= first && address <= last);
  return { first, count, excluded: new Set(unusable) };
}

/** FNV-1a, 32 bits: spreads hardware addresses of one batch, which differ in their last digits only. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
