import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP client that shows the very bytes: what `fetch` would hide is what GRUB and EDK II stumble over. */
export class RawClient implements AsyncDisposable {
  readonly socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.#chunks.push(bytes);
      this.#length += bytes.length;
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  static async connect(port: number, localAddress = '127.0.0.1'): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  get closed(): boolean {
    return this.#ended;
  }

  /** Takes `length` bytes off what came, waiting for them; fewer where the connection closed before. */
  async take(length: number): Promise<Buffer> {
    await this.#until(() => this.#length >= length);
    return this.#cut(length);
  }

  /** One response: its head as text, its headers as they came, and a body of Content-Length bytes. */
  async response(options: { withBody?: boolean } = {}): Promise<RawResponse> {
    await this.#until(() => this.#received().includes('\r\n\r\n'));
    const end = this.#received().indexOf('\r\n\r\n');
    if (end === -1) throw new Error(`no response head in "${this.#received().toString('latin1')}"`);
    const head = this.#cut(end + 4).toString('latin1');
    const [statusLine = '', ...lines] = head.trimEnd().split('\r\n');
    const headers = lines.map((line): [string, string] => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)];
    });
    const length = Number(headers.find(([name]) => name === 'Content-Length')?.[1] ?? 0);
    const body = options.withBody === false ? Buffer.alloc(0) : await this.take(length);
    return { head, statusLine, status: Number(statusLine.split(' ')[1]), headers: new Map(headers), body };
  }

  /** Everything until the server closes. */
  async rest(): Promise<Buffer> {
    await this.#until(() => false);
    return this.#cut(this.#length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.socket.destroy();
    await once(this.socket, 'close');
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready() && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #received(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #cut(length: number): Buffer {
    const all = this.#received();
    const rest = all.subarray(length);
    this.#chunks = [rest];
    this.#length = rest.length;
    return all.subarray(0, length);
  }
}

export interface RawResponse {
  /** With its status line and empty line, as it came. */
  readonly head: string;
  readonly statusLine: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export const get = (path: string, ...headers: string[]): string => request('GET', path, ...headers);
export const request = (method: string, path: string, ...headers: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n');
