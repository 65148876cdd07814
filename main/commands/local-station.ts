import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StationError } from '../contract/errors.ts';
import type { EngineEvent } from '../contract/events.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { installedFile } from '../engine/installed-files.ts';
import { type Station, createStation } from '../station/station.ts';
import { keptToken } from '../transport/token-file.ts';
import { type UiServer, startUiServer } from '../transport/ui-server.ts';
import type { UiAddress } from './ui-address.ts';

// Another build of the user interface than the installed one: for tests, and for work on it.
const uiFolder = resolve(process.env['FIELDBOOT_UI'] || installedFile('out/renderer'));

/** A station of this process, with its user interface in a browser. */
export interface LocalStation extends AsyncDisposable {
  readonly station: Station;
  readonly url: string;
}

/** Errors: E_UI_NOT_BUILT, and those of the UI server. */
export async function startLocalStation(
  address: UiAddress,
  onEvent?: (event: EngineEvent) => void,
): Promise<LocalStation> {
  await access(`${uiFolder}/index.html`).catch(() => {
    throw new StationError('E_UI_NOT_BUILT', { folder: uiFolder });
  });
  await using started = new AsyncDisposableStack();
  const station = started.use(
    await createStation({
      version: (JSON.parse(readFileSync(installedFile('package.json'), 'utf8')) as { version: string }).version,
      dataFolder: dataFolder(),
      loadersFolder: locateLoadersFolder(),
      uiFolder,
      host: { nativeDialogs: false, pickImage: () => Promise.resolve(undefined) },
      now: Date.now,
      newId: randomUUID,
      onEvent,
    }),
  );
  const server: UiServer = started.use(
    await startUiServer({
      station,
      address: address.host,
      port: address.port,
      token: await keptToken(join(dataFolder(), 'ui-token')),
      readOnly: false,
      folder: uiFolder,
    }),
  );
  const running = started.move();
  return { station, url: server.url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
