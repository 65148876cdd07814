import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { DesktopBridge } from '../../../../renderer/transport/electron.ts';
import { app } from './app.ts';
import { launchInThread } from './worker-process.ts';
import { world } from './world.ts';

/**
 * `node run-built-app.ts OUT/main/index.js`: starts a built app as Electron would, is a page of it, crashes its station, quits it, and prints
 * what was seen as JSON.
 */
const standIn = new URL('../electron-stand-in.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => void setTimeout(resolve, 5));
}

interface Message {
  readonly hello?: number;
  readonly id?: number;
  readonly value?: { readonly state?: { readonly station: unknown; readonly interfaces: readonly unknown[] } };
}

/** Opens a line as a page does, and asks for the whole state. */
async function lookAtStation(): Promise<{ hello: number | undefined; station: unknown; interfaces: number }> {
  const bridge = world.bridges.get('station') as unknown as DesktopBridge;
  const heard: Message[] = [];
  bridge.open(
    (text) => heard.push(JSON.parse(text) as Message),
    () => (ended = true),
  );
  bridge.send(JSON.stringify({ id: 1, call: 'state.snapshot', arg: {} }));
  await until(() => heard.some(({ id }) => id === 1));
  const state = heard.find(({ id }) => id === 1)?.value?.state;
  return { hello: heard[0]?.hello, station: state?.station, interfaces: state?.interfaces.length ?? 0 };
}

async function get(path: string): Promise<Response> {
  const response = await world.protocolHandlers.get('app')?.(new Request(new URL(path, 'app://station/')));
  if (response === undefined) throw new Error('the app serves nothing');
  return response;
}

let ended = false;
world.launch = launchInThread;
await import(pathToFileURL(process.argv[2] ?? '').href);
app.becomeReady();
await until(() => world.windows[0]?.visible === true);
const page = await world.windows[0]?.page?.clone().text();
const parts = [...(page ?? '').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');

const result = {
  url: world.windows[0]?.webContents.mainFrame.url,
  policy: world.windows[0]?.page?.headers.get('content-security-policy'),
  bridge: Object.keys(world.bridges.get('station') ?? {}).sort(),
  parts: await Promise.all(
    parts.map(async (path) => {
      const response = await get(path);
      return [path.replace(/-[\w-]{8}\./, '.'), response.status, response.headers.get('content-type')];
    }),
  ),
  userData: world.paths.get('userData'),
  first: await lookAtStation(),
  second: undefined as unknown,
  exitCode: undefined as unknown,
  processes: 0,
};

world.processes[0]?.kill();
await until(() => ended);
result.second = await lookAtStation();

app.quit();
await until(() => world.exitCode !== undefined);
result.exitCode = world.exitCode;
result.processes = world.processes.length;
process.stdout.write(JSON.stringify(result));
