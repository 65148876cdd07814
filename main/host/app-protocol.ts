import { protocol } from 'electron';
import { readUiFile } from '../transport/ui-files.ts';
import { appHost, appScheme } from './app-address.ts';

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built user interface at `app://station/`, with the same policy as in a browser. */
export function serveApp(uiFolder: string): void {
  protocol.handle(appScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== appHost || request.method !== 'GET') return new Response(null, { status: 400 });
    const { status, headers, body } = await readUiFile(uiFolder, pathname);
    return new Response(new Uint8Array(body), { status, headers });
  });
}
