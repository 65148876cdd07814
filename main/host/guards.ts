import { type Session, type WebContents, app, shell } from 'electron';
import { appUrl, isAppUrl, isOpenableOutside } from './app-address.ts';

/** What a page of this app may not do, whatever it was made to show (Electron's security checklist). */

/** The defaults of Electron allow; nothing here needs a permission, the network, or a file written where a page likes. */
export function denySession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The content security policy forbids these too; this holds where a page was talked out of its policy.
  const foreign = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];
  session.webRequest.onBeforeRequest({ urls: foreign }, (_request, answer) => answer({ cancel: true }));
  session.on('will-download', (event, item) => {
    // What the page itself made, a report say.
    if (!item.getURL().startsWith(`blob:${appUrl}`)) event.preventDefault();
  });
}

/** No page leads anywhere else, opens a window, or embeds one. */
function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isOpenableOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Guards every page from its first moment, whoever makes it. */
export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}
