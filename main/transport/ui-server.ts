import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { StationError } from '../contract/errors.ts';
import type { Station } from '../station/station.ts';
import { portOwner } from '../engine/net/port-owner.ts';
import { serveConnection } from './connection.ts';
import { isOwnRequest, ownHosts } from './request-guard.ts';
import { readUiFile } from './ui-files.ts';
import { sameToken } from './token.ts';

export interface UiServerOptions {
  readonly station: Station;
  /** 127.0.0.1, or for a read-only phone one of this computer's other addresses. Never the boot network's server. */
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly token: string;
  readonly readOnly: boolean;
  /** The built user interface. */
  readonly folder: string;
}

export interface UiServer extends AsyncDisposable {
  /** What a person opens; the token is in the fragment, which no browser sends or logs. */
  readonly url: string;
}

const PROTOCOL = 'fieldboot';
const MOST_CONNECTIONS = 32;

/** Serves the user interface to browsers. Errors: E_PORT_IN_USE, E_NO_PRIVILEGE. */
export async function startUiServer(options: UiServerOptions): Promise<UiServer> {
  const { station, address, token, readOnly, folder } = options;
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer((request, response) => {
    if (!isOwnRequest(request, hosts)) {
      response.writeHead(403, { 'Content-Length': 0 }).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 }).end();
      return;
    }
    void sendUiFile(response, folder, (request.url ?? '/').split('?')[0] ?? '/');
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4 * 1024 * 1024,
    perMessageDeflate: false,
    handleProtocols: () => PROTOCOL,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const allowed =
      isOwnRequest(request, hosts) &&
      request.url === '/station' &&
      sockets.clients.size < MOST_CONNECTIONS &&
      sameToken(tokenOf(request), token);
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => attach(webSocket, station, readOnly));
  });
  await listen(server, address, options.port);
  const { port } = server.address() as AddressInfo;
  hosts = ownHosts(address, port);
  return {
    url: `http://${address}:${port}/#token=${token}`,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function sendUiFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const { status, headers, body } = await readUiFile(folder, path);
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}

/** Browsers cannot set headers on a WebSocket, so the token comes as the second of its protocols. */
function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  return offered[0] === PROTOCOL ? (offered[1] ?? '') : '';
}

function attach(webSocket: WebSocket, station: Station, readOnly: boolean): void {
  const connection = serveConnection(
    station,
    {
      send: (message) => webSocket.send(message),
      bufferedBytes: () => webSocket.bufferedAmount,
      close: () => webSocket.close(1013),
    },
    { readOnly },
  );
  webSocket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) connection.receive(data.toString('utf8'));
  });
  // Whatever ends it, `close` follows.
  webSocket.on('error', () => undefined);
  webSocket.on('close', () => connection[Symbol.dispose]());
}

async function listen(server: Server, address: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port, exclusive: true }, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      const owner = await portOwner('TCP', port);
      throw new StationError('E_PORT_IN_USE', { port, protocol: 'TCP', address, owner }, { cause: error });
    }
    throw error;
  }
}
