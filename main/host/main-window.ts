import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appUrl } from './app-address.ts';
import { fittingState, readWindowState, writeWindowState } from './window-state.ts';

// The page's own ground in both themes, so that nothing flashes before it is there (renderer/ui/tokens.css).
const GROUND = { light: '#eeece6', dark: '#181715' };

/** Opens the window where it was, and shows it when it has something to show. */
export function openMainWindow(options: { preloadFile: string; stateFile: string }): BrowserWindow {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { maximized, width, height, x, y } = fittingState(readWindowState(options.stateFile), areas);
  const window = new BrowserWindow({
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Fieldboot',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    autoHideMenuBar: process.platform !== 'darwin',
    webPreferences: {
      preload: options.preloadFile,
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    // A place that cannot be kept is no reason not to close.
    void writeWindowState(options.stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }).catch(
      () => undefined,
    );
  });
  loadPage(window);
  return window;
}

/** Also anew. A window that is closed meanwhile, or a page that dies, breaks it off: both are told of elsewhere. */
export function loadPage(window: BrowserWindow): void {
  void window.loadURL(appUrl).catch(() => undefined);
}
