import { setTimeout as delay } from 'node:timers/promises';
import type { MachineProfile } from './bench.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { machine } from './machine.ts';
import type { Heard, MachineEnd, Sent } from './machine-talk.ts';
import { type Random, seededRandom } from './random.ts';
import type { Relay } from './relay.ts';
import { tftpFetch } from './tftp-client.ts';

/** Where the machines find their station. */
export interface MachineNetwork {
  readonly relay: Relay;
  readonly tftp: { readonly address: string; readonly port: number };
}

export interface MachinePace {
  /** What a pause of a real machine is multiplied by. */
  readonly pauseFactor: number;
  /** Downloads go at the speed of the profile; else as fast as they can. */
  readonly limitsRate: boolean;
}

export interface MachineRun {
  /** `stopped`: by the signal, before the machine had ended. */
  readonly end: MachineEnd | { readonly kind: 'stopped' };
  /** From the power button on. */
  readonly durationMs: number;
  readonly receivedBytes: number;
  /** From DISCOVER to ACK, each time that it had an address given. */
  readonly dhcpExchangesMs: readonly number[];
}

/** Runs one machine over real sockets to its end, or until it is stopped. Never rejects, and leaves no socket. */
export async function runMachine(
  profile: MachineProfile,
  network: MachineNetwork,
  pace: MachinePace,
  signal: AbortSignal,
): Promise<MachineRun> {
  using driver = new Driver(profile, network, pace, signal);
  return await driver.run();
}

class Driver implements Disposable {
  readonly #profile: MachineProfile;
  readonly #network: MachineNetwork;
  readonly #pace: MachinePace;
  readonly #signal: AbortSignal;
  readonly #http: HttpClient;
  /** Decides which datagrams are lost. */
  readonly #random: Random;
  readonly #dhcpExchangesMs: number[] = [];
  #startedAtMs = performance.now();
  #discoveredAtMs = 0;
  #receivedBytes = 0;

  constructor(profile: MachineProfile, network: MachineNetwork, pace: MachinePace, signal: AbortSignal) {
    this.#profile = profile;
    this.#network = network;
    this.#pace = pace;
    this.#signal = signal;
    this.#random = seededRandom(profile.seed);
    this.#http = createHttpClient({
      bytesPerSecond: pace.limitsRate ? profile.bytesPerSecond : Number.POSITIVE_INFINITY,
      signal,
      onBytes: (count) => {
        this.#receivedBytes += count;
      },
    });
  }

  async run(): Promise<MachineRun> {
    const end = await this.#runToEnd();
    return {
      end,
      durationMs: performance.now() - this.#startedAtMs,
      receivedBytes: this.#receivedBytes,
      dhcpExchangesMs: this.#dhcpExchangesMs,
    };
  }

  async #runToEnd(): Promise<MachineRun['end']> {
    try {
      await this.#pause(this.#profile.switchedOnAfterMs);
      this.#startedAtMs = performance.now();
      const talk = machine(this.#profile);
      let step = talk.next();
      while (step.done !== true) step = talk.next(await this.#send(step.value));
      return step.value;
    } catch (error) {
      if (this.#signal.aborted) return { kind: 'stopped' };
      // A defect of the simulation, or no sockets left: this machine's failure, and not the end of all.
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  [Symbol.dispose](): void {
    this.#http[Symbol.dispose]();
  }

  async #send(sent: Sent): Promise<Heard> {
    switch (sent.kind) {
      case 'dhcp':
        return await this.#dhcp(sent);
      case 'tftp':
        return await this.#tftp(sent);
      case 'http':
        return await this.#http.fetch(sent);
      case 'pause':
        await this.#pause(sent.ms);
        return { kind: 'nothing', reason: 'it only waited' };
      default:
        return sent satisfies never;
    }
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms * this.#pace.pauseFactor, undefined, { signal: this.#signal });
  }

  async #dhcp({ message, packet, timeoutMs }: Sent & { kind: 'dhcp' }): Promise<Heard> {
    if (message === 'DISCOVER') this.#discoveredAtMs = performance.now();
    const answer = await this.#network.relay.exchange(packet, timeoutMs, this.#signal);
    if (answer === undefined || this.#random.next() < this.#profile.lossRate) {
      return { kind: 'nothing', reason: 'no answer came' };
    }
    if (message === 'REQUEST') this.#dhcpExchangesMs.push(performance.now() - this.#discoveredAtMs);
    return { kind: 'dhcp', packet: answer };
  }

  async #tftp({ from, path, options, isProbe }: Sent & { kind: 'tftp' }): Promise<Heard> {
    const end = await tftpFetch(
      { path, options, isProbe },
      {
        from,
        server: this.#network.tftp,
        lossRate: this.#profile.lossRate,
        random: this.#random,
        signal: this.#signal,
      },
    );
    if (end.kind === 'failed') return { kind: 'nothing', reason: `${path}: ${end.reason}` };
    if (!isProbe) this.#receivedBytes += end.sizeBytes;
    const { sizeBytes, start } = end;
    const text = start.length === sizeBytes ? Buffer.from(start).toString('utf8') : undefined;
    return { kind: 'file', sizeBytes, totalBytes: sizeBytes, text };
  }
}
