import dgram from 'node:dgram';
import { once } from 'node:events';
import {
  decodePacket,
  encodeAcknowledgement,
  encodeRequest,
  type RequestedOptions,
  type TftpPacket,
} from '../../../../main/engine/tftp/packet.ts';

export interface Received {
  readonly bytes: Buffer;
  readonly packet: TftpPacket;
  readonly address: string;
  readonly port: number;
}

const ANSWER_TIMEOUT_MS = 3_000;

/** A TFTP client that says exactly what its script says, one packet at a time. */
export class ScriptedClient implements AsyncDisposable {
  readonly #socket: dgram.Socket;
  readonly #waiting: Received[] = [];
  readonly #server: { readonly address: string; readonly port: number };

  private constructor(socket: dgram.Socket, server: { address: string; port: number }) {
    this.#socket = socket;
    this.#server = server;
    socket.on('message', (bytes, { address, port }) => {
      this.#waiting.push({ bytes, packet: decodePacket(bytes), address, port });
      socket.emit('queued');
    });
  }

  static async open(server: { address: string; port: number }, address = '127.0.0.1'): Promise<ScriptedClient> {
    const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    socket.bind(0, address);
    await once(socket, 'listening');
    return new ScriptedClient(socket, server);
  }

  /** Sends bytes to the request port, or to where `to` came from. */
  send(bytes: Uint8Array, to: { address: string; port: number } = this.#server): void {
    this.#socket.send(bytes, to.port, to.address);
  }

  request(fileName: string, options: RequestedOptions = [], mode = 'octet'): void {
    this.send(encodeRequest({ type: 'read-request', fileName, mode, options }));
  }

  acknowledge(block: number, to: Received): void {
    this.send(encodeAcknowledgement(block % 65_536), to);
  }

  async receive(timeoutMs = ANSWER_TIMEOUT_MS): Promise<Received> {
    const first = this.#waiting.shift();
    if (first !== undefined) return first;
    await once(this.#socket, 'queued', { signal: AbortSignal.timeout(timeoutMs) });
    return await this.receive(timeoutMs);
  }

  async receiveSome(count: number): Promise<[Received, ...Received[]]> {
    const first = await this.receive();
    return count === 1 ? [first] : [first, ...(await this.receiveSome(count - 1))];
  }

  /** What came in so many milliseconds, in short: `DATA 1`, `OACK`, `ACK 0`, `ERROR 1`. */
  async listen(forMs: number): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve, forMs));
    return this.#waiting.splice(0).map(({ packet }) => inShort(packet));
  }

  /** Fetches a file as a polite client does; resolves to its bytes. Rejects with the server's ERROR in short. */
  async fetch(fileName: string, options: RequestedOptions = [], mode = 'octet'): Promise<Buffer> {
    this.request(fileName, options, mode);
    let blockSize = 512;
    let windowSize = 1;
    let received = 0;
    let inWindow = 0;
    const blocks: Buffer[] = [];
    for (;;) {
      const answer = await this.receive();
      const { packet } = answer;
      if (packet.type === 'option-acknowledgement') {
        const granted = new Map(packet.options);
        blockSize = Number(granted.get('blksize') ?? blockSize);
        windowSize = Number(granted.get('windowsize') ?? windowSize);
        this.acknowledge(0, answer);
      } else if (packet.type === 'data' && packet.block === (received + 1) % 65_536) {
        blocks.push(Buffer.from(packet.payload));
        received += 1;
        inWindow += 1;
        const isLast = packet.payload.length < blockSize;
        if (isLast || inWindow === windowSize) {
          this.acknowledge(received, answer);
          inWindow = 0;
        }
        if (isLast) return Buffer.concat(blocks);
      } else if (packet.type === 'error') {
        throw new Error(inShort(packet));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }
}

export function inShort(packet: TftpPacket): string {
  switch (packet.type) {
    case 'data':
      return `DATA ${packet.block}`;
    case 'acknowledgement':
      return `ACK ${packet.block}`;
    case 'error':
      return `ERROR ${packet.code}`;
    case 'option-acknowledgement':
      return `OACK ${packet.options.map((pair) => pair.join('=')).join(' ')}`;
    default:
      return packet.type;
  }
}
