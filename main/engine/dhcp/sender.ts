import type dgram from 'node:dgram';
import { StationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { PreparedReply } from './outcome.ts';
import type { TroubleReporter } from './trouble-reporter.ts';

const MAXIMUM_DELAYED = 256;

/** Sends replies when they are due, and tells of them once they have left. */
export class ReplySender implements Disposable {
  readonly #interfaceName: string;
  readonly #emit: EmitEvent;
  readonly #trouble: TroubleReporter;
  readonly #delayed = new Set<NodeJS.Timeout>();
  #isClosed = false;
  #replied = 0;
  #sendFailures = 0;

  constructor(interfaceName: string, emit: EmitEvent, trouble: TroubleReporter) {
    this.#interfaceName = interfaceName;
    this.#emit = emit;
    this.#trouble = trouble;
  }

  get statistics(): { readonly replied: number; readonly sendFailures: number } {
    return { replied: this.#replied, sendFailures: this.#sendFailures };
  }

  send(reply: PreparedReply, socket: dgram.Socket): void {
    if (this.#isClosed) return;
    if (reply.warning !== undefined) {
      this.#trouble.report(reply.warning.bootFile, new StationError('E_BOOT_FILE_UNSUITABLE', reply.warning));
    }
    if (reply.delayMs === 0 || this.#delayed.size >= MAXIMUM_DELAYED) return this.#sendNow(reply, socket);
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      this.#sendNow(reply, socket);
    }, reply.delayMs);
    this.#delayed.add(timer);
  }

  /** Before the sockets are closed. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const timer of this.#delayed) clearTimeout(timer);
  }

  #sendNow({ bytes, destination, event }: PreparedReply, socket: dgram.Socket): void {
    socket.send(bytes, destination.port, destination.address, (error) => {
      if (error === null) {
        this.#replied++;
        this.#trouble.resolve('send');
        this.#emit(event);
      } else if (!this.#isClosed) {
        this.#sendFailures++;
        this.#trouble.report('send', explainSocketError(error, this.#interfaceName));
      }
    });
  }
}

/** What a failed send or receive means to a person. */
export function explainSocketError(error: NodeJS.ErrnoException, interfaceName: string): StationError {
  const data = { name: interfaceName };
  // ENETUNREACH is what Linux says of a broadcast on a device that is down.
  if (error.code === 'ENETDOWN' || error.code === 'ENETUNREACH') {
    return new StationError('E_INTERFACE_DOWN', data, { cause: error });
  }
  if (error.code === 'ENODEV' || error.code === 'ENXIO') {
    return new StationError('E_INTERFACE_LOST', data, { cause: error });
  }
  return new StationError('E_REPLY_NOT_SENT', { ...data, reason: error.message }, { cause: error });
}
