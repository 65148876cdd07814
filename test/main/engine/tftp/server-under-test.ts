import { engineEventSchema, type EmitEvent } from '../../../../main/contract/events.ts';
import type { FileRequest, Route, ServedFile } from '../../../../main/engine/files/route.ts';
import { startTftpServer, type TftpServer, type TftpServerOptions } from '../../../../main/engine/tftp/server.ts';

export type Event = Parameters<EmitEvent>[0];

/** Bytes that differ from block to block, whatever the block size. */
export function patternBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = (index ^ (index >>> 8) ^ (index >>> 16)) & 0xff;
  return bytes;
}

export function memoryFile(bytes: Uint8Array, onClose: () => void = () => undefined): ServedFile {
  return {
    kind: 'loader',
    sizeBytes: bytes.length,
    entityTag: '"memory"',
    direct: { kind: 'bytes', bytes },
    read: async (target, positionBytes) => {
      const piece = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(piece);
      return Promise.resolve(piece.length);
    },
    close: async () => {
      onClose();
      return Promise.resolve();
    },
  };
}

export interface ServerUnderTest extends AsyncDisposable {
  readonly server: TftpServer;
  readonly endpoint: { address: string; port: number };
  readonly events: Event[];
  readonly requests: FileRequest[];
  /** Files claimed and not closed yet. */
  openFiles(): number;
  /** Resolves once the server has seen the last acknowledgements of its clients. */
  idle(): Promise<void>;
  /** Resolves once an event of this type has been emitted. */
  event<Type extends Event['type']>(type: Type): Promise<Extract<Event, { type: Type }>>;
}

// Retransmission timers are as short as 20 ms. On a busy machine they would send twice what a test wants to see once.
const slowClock = (): number => performance.now() / 10;

/** A server on loopback that serves `files` by name; a function stands for a claim of its own. */
export async function serve(
  files: Readonly<Record<string, Uint8Array | (() => Promise<ServedFile>)>>,
  options: Partial<TftpServerOptions> = {},
): Promise<ServerUnderTest> {
  const events: Event[] = [];
  const requests: FileRequest[] = [];
  const listeners = new Set<() => void>();
  let open = 0;
  const route: Route = {
    name: 'memory',
    claim: async (request) => {
      requests.push(request);
      const found = files[request.path];
      if (found === undefined) return undefined;
      if (typeof found === 'function') return await found();
      open += 1;
      return memoryFile(found, () => (open -= 1));
    },
  };
  const server = await startTftpServer({
    interfaceName: 'lo',
    addresses: [{ address: '127.0.0.1', prefixLength: 8 }],
    port: 0,
    routes: [route],
    emit: (event) => {
      engineEventSchema.parse({ ...event, at: 0 });
      events.push(event);
      for (const listener of listeners) listener();
    },
    now: slowClock,
    clockRate: 0.1,
    ...options,
  });
  await server.ready;
  const [endpoint] = server.addresses;
  if (endpoint === undefined) throw new Error('The server listens nowhere');
  return {
    server,
    endpoint,
    events,
    requests,
    openFiles: () => open,
    idle: async () => {
      while (server.statistics.activeTransfers > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    event: async (type) => {
      const { promise, resolve } = Promise.withResolvers<Extract<Event, { type: typeof type }>>();
      const look = (): void => {
        const found = events.find((event) => event.type === type);
        if (found !== undefined) resolve(found as Extract<Event, { type: typeof type }>);
      };
      listeners.add(look);
      look();
      return await promise.finally(() => listeners.delete(look));
    },
    [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
  };
}
