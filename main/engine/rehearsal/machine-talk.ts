import type { DhcpPacket } from '../dhcp/packet.ts';
import type { RequestedOptions } from '../tftp/packet.ts';

/**
 * What a machine puts on the wire and what it hears. A machine is a coroutine that yields what it sends and is resumed with the
 * answer: it knows neither sockets nor clock, and every path through it can be tried without them.
 */
export type Talk<Result> = Generator<Sent, Result, Heard>;

export type Sent =
  | {
      readonly kind: 'dhcp';
      readonly message: 'DISCOVER' | 'REQUEST';
      readonly packet: DhcpPacket;
      readonly timeoutMs: number;
    }
  | {
      readonly kind: 'tftp';
      /** The machine's own address. */
      readonly from: string;
      readonly path: string;
      readonly options: RequestedOptions;
      /** It only wants to know the size, and aborts. */
      readonly isProbe: boolean;
    }
  | {
      readonly kind: 'http';
      readonly from: string;
      readonly method: 'GET' | 'HEAD';
      readonly url: string;
      readonly range?: { readonly first: number; readonly last: number } | undefined;
      /** It is cut off after this share of the answer. */
      readonly stopAtShare?: number | undefined;
    }
  | { readonly kind: 'pause'; readonly ms: number };

export interface HeardFile {
  readonly kind: 'file';
  /** Bytes that came; of a probe, those that would. */
  readonly sizeBytes: number;
  /** Of the whole file, where only a range was asked for. */
  readonly totalBytes: number;
  /** Its text, where it is small enough to be a script. */
  readonly text: string | undefined;
}

export type Heard =
  | { readonly kind: 'dhcp'; readonly packet: DhcpPacket }
  | HeardFile
  /** A timeout, a refusal, a connection that was cut. */
  | { readonly kind: 'nothing'; readonly reason: string };

export function* pause(ms: number): Talk<void> {
  yield { kind: 'pause', ms };
}

/** What was heard, if it is a file. */
export function* fetchFile(sent: Sent & { kind: 'tftp' | 'http' }): Talk<HeardFile | Failure> {
  const heard = yield sent;
  if (heard.kind === 'file') return heard;
  return { kind: 'failed', reason: heard.kind === 'nothing' ? heard.reason : 'an answer of another kind came' };
}

/** How a machine ended. */
export type MachineEnd =
  | { readonly kind: 'running' }
  /** It was given nothing, or told to go on with its own boot order. */
  | { readonly kind: 'own-disk'; readonly reason: string }
  | { readonly kind: 'hung' }
  | { readonly kind: 'loader-refused'; readonly loader: string }
  | { readonly kind: 'power-lost' }
  | Failure;

export interface Failure {
  readonly kind: 'failed';
  readonly reason: string;
}

/** A fresh number for each conversation with the DHCP server. */
export type TransactionIds = () => number;
