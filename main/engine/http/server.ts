import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StationError, toStationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { Route } from '../files/route.ts';
import { createTransferMeter } from '../files/transfer-meter.ts';
import { listenOnDevice } from '../net/device-socket.ts';
import { PeerAdmission } from './admission.ts';
import { BufferPool } from './buffer-pool.ts';
import { Connection, peerAddressOf } from './connection.ts';
import { EventDamper } from './event-damper.ts';
import { defaultHttpLimits, type HttpLimits } from './limits.ts';
import { rawRefusal, statusOfParseError } from './refusal.ts';
import { createRequestHandler } from './request-handler.ts';
import { type HttpStatistics, newHttpCounters } from './statistics.ts';
import { BodyThread } from './thread/body-thread.ts';

export interface HttpServerOptions {
  readonly interfaceName: string;
  readonly address: string;
  readonly prefixLength: number;
  /** Tried in order; the first one that can be had is taken. */
  readonly ports: readonly number[];
  readonly routes: readonly Route[];
  readonly emit: EmitEvent;
  /** Milliseconds, only differences matter. */
  readonly now: () => number;
  readonly limits?: Partial<HttpLimits> | undefined;
  /** False: no thread of its own sends large files, as on systems that have not the calls for it. */
  readonly useThread?: boolean | undefined;
}

export interface HttpServer extends AsyncDisposable {
  readonly port: number;
  readonly statistics: HttpStatistics;
  /** Settles when it is as fast as it can be: it serves before that. */
  readonly ready: Promise<void>;
}

/**
 * Serves the routes by GET and HEAD to the peers of one subnet, on one interface. Dispose cuts what is still being
 * sent and resolves when nothing of the server is left.
 *
 * Errors: that of the first port where none can be had (E_PORT_IN_USE, E_NO_PRIVILEGE, E_DEVICE_BIND_FAILED).
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { routes, emit, now } = options;
  const limits = { ...defaultHttpLimits, ...options.limits };
  const counters = newHttpCounters();
  const damper = new EventDamper();
  const admission = new PeerAdmission(options.address, options.prefixLength, limits.socketsPerPeer);
  const connections = new Map<Socket, Connection>();
  const thread = options.useThread === false ? undefined : new BodyThread({ stallTimeoutMs: limits.stallTimeoutMs });
  const handle = createRequestHandler({
    thread,
    routes,
    emit,
    now,
    damper,
    counters,
    meter: createTransferMeter({ emit, now, newTransferId: randomUUID }),
    buffers: new BufferPool(limits.bufferBytes),
    boundary: randomBytes(16).toString('hex'),
  });

  const tellRefused = (peerAddress: string, reason: string): void => {
    if (!damper.allows(`refused ${peerAddress} ${reason}`, now())) return;
    emit({ type: 'file.refused', protocol: 'http', peerAddress, path: '', reason });
  };

  const server = createServer({
    headersTimeout: limits.requestHeadTimeoutMs,
    requestTimeout: limits.requestHeadTimeoutMs * 3,
    connectionsCheckingInterval: Math.min(1000, limits.requestHeadTimeoutMs),
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    maxHeaderSize: limits.requestHeadBytes,
    // A machine that was switched off says nothing: its connection is found dead by TCP's own probes.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Old firmware leaves it out, and there is only one site here. Node's own refusal would have no Content-Length.
    requireHostHeader: false,
  });
  server.timeout = limits.stallTimeoutMs;
  // A client that closes its sending half after the request still wants the answer. Not in Node's types.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  server.maxConnections = limits.sockets;

  server.on('connection', (socket: Socket) => {
    const peerAddress = peerAddressOf(socket);
    const refusal = admission.enter(peerAddress);
    if (refusal !== undefined) {
      counters.refusedConnections += 1;
      tellRefused(peerAddress, refusal);
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, limits.pipelinedRequests);
    connections.set(socket, connection);
    counters.acceptedConnections += 1;
    counters.openConnections += 1;
    socket.once('close', () => {
      admission.leave(peerAddress);
      counters.openConnections -= 1;
      // Files of an answer are closed a little later than its socket; stopping waits for both.
      void connection.idle.then(() => connections.delete(socket));
    });
  });

  server.on('drop', (dropped) => {
    counters.refusedConnections += 1;
    tellRefused(dropped?.remoteAddress ?? '', 'too many connections in all');
  });

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connections.get(request.socket);
    connection?.enqueue(async () => await handle(request, response, connection.peerAddress));
  };
  server.on('request', onRequest);
  // Nothing here takes a body, so nobody is told to go on sending one.
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', onRequest);

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const connection = connections.get(socket as Socket);
    const status = statusOfParseError(error);
    if (connection === undefined || status === undefined) {
      // A reset is how firmware ends a download; the answer that was under way sees the close.
      socket.destroy();
      return;
    }
    counters.badRequests += 1;
    tellRefused(connection.peerAddress, `not a valid request (${error.code ?? error.message})`);
    connection.refuse(rawRefusal(status));
  });

  try {
    await listenOnFirst(server, options);
  } catch (error) {
    await thread?.[Symbol.asyncDispose]();
    throw error;
  }
  server.on('error', (error) => {
    // Out of file descriptors while accepting, say: told, and served on.
    const { code, title, advice } = toStationError(error).toReport();
    if (damper.allows(`trouble ${title}`, now())) emit({ type: 'engine.trouble', code, title, advice });
  });

  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of connections.keys()) socket.destroy();
    await Promise.all([...connections.values()].map(async (connection) => await connection.idle));
    await closed;
    await thread?.[Symbol.asyncDispose]();
  };
  let stopped: Promise<void> | undefined;

  return {
    port: (server.address() as AddressInfo).port,
    ready: thread?.ready ?? Promise.resolve(),
    get statistics() {
      return { ...counters };
    },
    [Symbol.asyncDispose]: async () => await (stopped ??= stop()),
  };
}

async function listenOnFirst(server: Server, options: HttpServerOptions): Promise<void> {
  const { interfaceName, address, ports } = options;
  let firstError: unknown;
  for (const port of ports) {
    try {
      await listenOnDevice(server, { interfaceName, address, port });
      return;
    } catch (error) {
      firstError ??= error;
      const nextMayDo =
        error instanceof StationError && (error.code === 'E_PORT_IN_USE' || error.code === 'E_NO_PRIVILEGE');
      if (!nextMayDo) throw error;
    }
  }
  throw firstError ?? new RangeError('no port was given');
}
