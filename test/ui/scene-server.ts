import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallName } from '../../main/contract/calls.ts';
import { type Change, applyChange } from '../../main/contract/changes.ts';
import { StationError, toStationError } from '../../main/contract/errors.ts';
import type { StationState } from '../../main/contract/state.ts';
import { type WireMessage, requestSchema } from '../../main/contract/wire.ts';
import { builtUi } from './build-ui.ts';
import { scenes } from './scenes/all-scenes.ts';
import type { Scene, SceneControl } from './scenes/scene.ts';

/** A station of canned answers behind the real protocol and the real page: for screenshots, UI tests and work on screens. */
export interface SceneServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly { readonly call: CallName; readonly arg: unknown }[];
  readonly state: StationState;
  /** What all screens from now on see. */
  show(scene: Scene): void;
  tell(change: Change): void;
  /** Cuts every line, as a station that died; `false` lets them in again. */
  silence(isSilent: boolean): void;
}

const token = 'scene-token';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

export async function startSceneServer(first: Scene, port = 0): Promise<SceneServer> {
  let scene = first;
  let state = first.state;
  let seq = 0;
  let silent = false;
  const received: { call: CallName; arg: unknown }[] = [];
  const server = createServer((request, response) => void sendFile(request, response));
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'fieldboot' });

  const tell = (change: Change): void => {
    state = applyChange(state, change);
    seq += 1;
    for (const client of sockets.clients) send(client, { ...change, seq });
  };
  const control = {
    get state() {
      return state;
    },
    tell,
  };

  const receive = async (socket: WebSocket, text: string): Promise<void> => {
    const { id, call, arg } = requestSchema.parse(JSON.parse(text));
    received.push({ call, arg });
    if (call === 'state.snapshot') {
      send(socket, { id, ok: true, value: { seq, state } });
      for (const change of scene.changes ?? []) tell(change);
      if (scene.cutOff === true) cutOff();
      return;
    }
    const answer = answerTo(scene, call);
    try {
      const value = await (answer ?? unanswered(call))(arg, control);
      if (value === 'never') return;
      if (value instanceof StationError) throw value;
      send(socket, { id, ok: true, value });
    } catch (error) {
      send(socket, { id, ok: false, error: toStationError(error).toReport() });
    }
  };

  const cutOff = (): void => {
    silent = true;
    for (const client of sockets.clients) client.terminate();
  };

  server.on('upgrade', (request, socket, head) => {
    if (silent || !(request.headers['sec-websocket-protocol'] ?? '').includes(token)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      send(webSocket, { hello: 1 });
      webSocket.on('message', (data: Buffer) => void receive(webSocket, data.toString('utf8')));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  async function sendFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A station that is gone serves no page either.
    if (silent) return void request.socket.destroy();
    const path = normalize((request.url ?? '/').split('?')[0] ?? '/').replace(/\/$/, '/index.html');
    try {
      const body = await readFile(join(builtUi(), path));
      response.writeHead(200, {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/#token=${token}`,
    received,
    get state() {
      return state;
    },
    show(next) {
      scene = next;
      state = next.state;
      silent = false;
      received.length = 0;
    },
    tell,
    silence(isSilent) {
      if (isSilent) cutOff();
      silent = isSilent;
    },
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const send = (socket: WebSocket, message: WireMessage): void => socket.send(JSON.stringify(message));

/** The pairing of a call with its argument is the scene's type; here it is only carried. */
function answerTo(scene: Scene, call: CallName): ((arg: unknown, control: SceneControl) => unknown) | undefined {
  return scene.answers?.[call] as ((arg: unknown, control: SceneControl) => unknown) | undefined;
}

/** A call that a scene does not speak of changes nothing and succeeds; one with a value must be in the scene. */
function unanswered(call: CallName): () => object {
  return () => {
    if (/\.(list|pick|locate|inspect|probe|preflight|start|resume|add|timeline)$/.test(call)) {
      throw new Error(`this scene has no answer to ${call}`);
    }
    return {};
  };
}

// `node test/ui/scene-server.ts [SCENE]`: for work on a screen.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv[2];
  const scene = scenes.find(({ name }) => name === wanted) ?? scenes[0];
  if (scene === undefined) throw new Error('there are no scenes');
  const server = await startSceneServer(scene, 8461);
  process.stdout.write(`${scene.name}: ${server.url}\nothers: ${scenes.map(({ name }) => name).join(' ')}\n`);
}
