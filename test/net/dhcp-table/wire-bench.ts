import { setTimeout as delay } from 'node:timers/promises';
import { messageTypeNumber } from '../../../main/engine/dhcp/message.ts';
import { dhcpOption, readOption } from '../../../main/engine/dhcp/options.ts';
import { decodePacket, type DhcpPacket } from '../../../main/engine/dhcp/packet.ts';
import type { DhcpStatistics } from '../../../main/engine/dhcp/server.ts';
import type { StationProcess } from '../../fixtures/dhcp/station-process.ts';
import type { Heard, Wire } from '../../testbed/wire.ts';

/** What came of a datagram: an answer, with the places that it came from and to, or none, and why. */
export type Answer =
  | {
      readonly kind: 'reply';
      readonly message: string;
      readonly packet: DhcpPacket;
      readonly sizeBytes: number;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'dropped' | 'ignored' };

export interface Way {
  /** Who sends; a machine without an address where absent. */
  readonly by?: Wire;
  readonly from?: string;
  readonly to?: string;
}

const EVERYBODY = '255.255.255.255:67';
const NO_ADDRESS = '0.0.0.0:68';
const POLL_MS = 10;
const GIVE_UP_MS = 15_000;

/** Sends datagrams to a station one by one, and tells by the station's own counts what it did with each. */
export class WireBench {
  readonly #station: StationProcess;
  readonly #rom: Wire;
  readonly #wires: readonly Wire[];

  /** The first wire is the machine without an address, which hears broadcasts. */
  constructor(station: StationProcess, rom: Wire, ...others: Wire[]) {
    this.#station = station;
    this.#rom = rom;
    this.#wires = [rom, ...others];
  }

  async ask(bytes: Uint8Array, { by = this.#rom, from = NO_ADDRESS, to = EVERYBODY }: Way = {}): Promise<Answer> {
    const before = await this.#station.statistics();
    const heardBefore = this.#wires.map(({ heard }) => heard.length);
    by.send(bytes, from, to);
    const done = await this.#outcome(before);
    if (done === 'silent') {
      return { kind: 'silent', reason: this.#station.events('dhcp.silent').at(-1)?.reason ?? '' };
    }
    return done === 'replied' ? answerOf(await this.#next(heardBefore)) : { kind: done };
  }

  /** The same datagram again and again, as fast as it goes. Resolves to how many of them got an answer, and how many were dropped. */
  async flood(bytes: Uint8Array, count: number): Promise<{ replied: number; dropped: number }> {
    const before = await this.#station.statistics();
    for (let sent = 0; sent < count; sent++) this.#rom.send(bytes, NO_ADDRESS, EVERYBODY);
    const deadline = Date.now() + GIVE_UP_MS;
    for (;;) {
      const { received, replied, dropped } = await this.#station.statistics();
      const counts = { replied: replied - before.replied, dropped: dropped - before.dropped };
      if (received - before.received >= count && counts.replied + counts.dropped >= count) return counts;
      if (Date.now() > deadline) throw new Error(`The station heard ${received - before.received} of ${count}`);
      await delay(POLL_MS);
    }
  }

  async #outcome(before: DhcpStatistics): Promise<'silent' | 'replied' | 'dropped' | 'ignored'> {
    const deadline = Date.now() + GIVE_UP_MS;
    for (;;) {
      const now = await this.#station.statistics();
      const done = (['silent', 'replied', 'dropped', 'ignored'] as const).find((count) => now[count] > before[count]);
      if (done !== undefined) return done;
      if (Date.now() > deadline) throw new Error(`The station did nothing: ${JSON.stringify({ before, now })}`);
      await delay(POLL_MS);
    }
  }

  /** What any of the wires heard next. */
  async #next(heardBefore: readonly number[]): Promise<Heard> {
    const deadline = Date.now() + GIVE_UP_MS;
    for (;;) {
      const [heard] = this.#wires.flatMap((wire, index) => wire.heard.slice(heardBefore[index]));
      if (heard !== undefined) return heard;
      if (Date.now() > deadline) throw new Error('The station says that it replied, and nobody heard it');
      await delay(POLL_MS);
    }
  }
}

function answerOf({ bytes, from, to }: Heard): Answer {
  const decoded = decodePacket(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  const { packet } = decoded;
  const type = packet.options && readOption(packet.options, dhcpOption.messageType);
  const message = Object.entries(messageTypeNumber).find(([, number]) => number === type)?.[0] ?? 'BOOTP';
  return { kind: 'reply', message, packet, sizeBytes: bytes.length, from, to };
}
