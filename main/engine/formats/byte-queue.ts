import { Readable } from 'node:stream';

/** Bytes that come in chunks, taken in the pieces that a format asks for. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array();
  /** How many bytes were taken or skipped. */
  takenBytes = 0;

  constructor(source: AsyncIterable<Uint8Array | string>) {
    this.#chunks = bytesOf(source);
  }

  /** The next bytes without taking them; fewer only at the end. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#buffer.length < length) {
      const { done, value } = await this.#chunks.next();
      if (done === true) break;
      this.#buffer = Buffer.concat([this.#buffer, value]);
    }
    return this.#buffer.subarray(0, length);
  }

  /** Throws a RangeError where there are fewer. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    if (bytes.length < length) throw new RangeError('the bytes end too early');
    this.#buffer = this.#buffer.subarray(length);
    this.takenBytes += length;
    return bytes;
  }

  /** As `take`, for bytes that nobody looks at. */
  async skip(length: number): Promise<void> {
    this.takenBytes += length;
    let left = length;
    while (left > this.#buffer.length) {
      left -= this.#buffer.length;
      const { done, value } = await this.#chunks.next();
      if (done === true) throw new RangeError('the bytes end too early');
      this.#buffer = value;
    }
    this.#buffer = this.#buffer.subarray(left);
  }

  /** Everything that was not taken, as a stream. */
  rest(): Readable {
    const buffer = this.#buffer;
    const chunks = this.#chunks;
    return Readable.from(
      (async function* () {
        yield buffer;
        for (;;) {
          const { done, value } = await chunks.next();
          if (done === true) return;
          yield value;
        }
      })(),
    );
  }
}

async function* bytesOf(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
