import {
  encodeAcknowledgement,
  encodeError,
  encodeRequest,
  errorCodes,
  type RequestedOptions,
  type TftpPacket,
} from '../tftp/packet.ts';
import type { Failure } from './machine-talk.ts';

/** One file being fetched by a TFTP client (RFC 1350, 2347 to 2349, 7440), without its socket and its clock. */

export interface DownloadRequest {
  readonly path: string;
  readonly options: RequestedOptions;
  /** Learns the size and aborts, as firmware does. */
  readonly isProbe: boolean;
}

export type DownloadEnd = { readonly kind: 'file'; readonly sizeBytes: number; readonly start: Uint8Array } | Failure;

export interface DownloadStep {
  readonly send?: Uint8Array | undefined;
  readonly end?: DownloadEnd | undefined;
}

/** Of a file, so much is kept to be read as a script. */
const KEPT_BYTES = 64 * 1024;
const BLOCK_NUMBERS = 0x1_0000;

export class TftpDownload {
  readonly #request: DownloadRequest;
  #blockSizeBytes = 512;
  #windowSize = 1;
  /** Blocks that came in their order. */
  #blocks = 0;
  #inWindow = 0;
  #receivedBytes = 0;
  #kept: Uint8Array[] = [];
  #isAnswered = false;
  /** Of a gap the server is told once; what else of the window is under way comes to nothing. */
  #hasTold = false;

  constructor(request: DownloadRequest) {
    this.#request = request;
  }

  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** What to send first, and again where nothing comes. */
  resend(): Uint8Array {
    this.#hasTold = false;
    this.#inWindow = 0;
    if (this.#isAnswered) return encodeAcknowledgement(this.#blocks % BLOCK_NUMBERS);
    const { path: fileName, options } = this.#request;
    return encodeRequest({ type: 'read-request', fileName, mode: 'octet', options });
  }

  receive(packet: TftpPacket): DownloadStep {
    switch (packet.type) {
      case 'option-acknowledgement':
        return this.#negotiated(packet.options);
      case 'data':
        return this.#data(packet.block, packet.payload);
      case 'error':
        return { end: { kind: 'failed', reason: `TFTP error ${packet.code} (${packet.message})` } };
      default:
        return {};
    }
  }

  #negotiated(options: RequestedOptions): DownloadStep {
    if (this.#blocks > 0) return {};
    this.#isAnswered = true;
    const granted = new Map(options);
    if (this.#request.isProbe) {
      const sizeBytes = Number(granted.get('tsize') ?? Number.NaN);
      const end: DownloadEnd = Number.isSafeInteger(sizeBytes)
        ? { kind: 'file', sizeBytes, start: new Uint8Array(0) }
        : { kind: 'failed', reason: 'the server did not tell the size of its file' };
      return { send: encodeError(errorCodes.optionNegotiation, 'User aborted the transfer'), end };
    }
    this.#blockSizeBytes = Number(granted.get('blksize') ?? this.#blockSizeBytes);
    this.#windowSize = Number(granted.get('windowsize') ?? this.#windowSize);
    return { send: encodeAcknowledgement(0) };
  }

  #data(block: number, payload: Uint8Array): DownloadStep {
    this.#isAnswered = true;
    if (block !== (this.#blocks + 1) % BLOCK_NUMBERS) {
      if (this.#hasTold) return {};
      const send = this.resend();
      this.#hasTold = true;
      return { send };
    }
    this.#hasTold = false;
    this.#blocks += 1;
    this.#inWindow += 1;
    if (this.#receivedBytes < KEPT_BYTES) this.#kept.push(Uint8Array.from(payload));
    this.#receivedBytes += payload.length;
    const isLast = payload.length < this.#blockSizeBytes;
    if (!isLast && this.#inWindow < this.#windowSize) return {};
    this.#inWindow = 0;
    const send = encodeAcknowledgement(block);
    if (!isLast) return { send };
    return { send, end: { kind: 'file', sizeBytes: this.#receivedBytes, start: Buffer.concat(this.#kept) } };
  }
}
