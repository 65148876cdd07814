import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { dataFolder } from './engine/data-folder.ts';
import { locateLoadersFolder } from './engine/files/loaders-folder.ts';
import { runShell } from './host/shell.ts';

// Bundled, this file is out/main/index.js, beside out/preload and out/renderer.
const out = join(import.meta.dirname, '..');
const data = dataFolder();

// What Chromium keeps goes beside what the station keeps: one folder is one Fieldboot, and one running instance of it.
const chromiumFolder = join(data, 'desktop');
mkdirSync(chromiumFolder, { recursive: true });
app.setPath('userData', chromiumFolder);
// The name that the Windows installer gives to the taskbar (electron-builder.yml).
if (process.platform === 'win32') app.setAppUserModelId('org.fieldboot.desktop');

runShell({
  version: app.getVersion(),
  dataFolder: data,
  uiFolder: join(out, 'renderer'),
  preloadFile: join(out, 'preload', 'index.cjs'),
  stationEntryFile: join(out, 'main', 'station-entry.js'),
  loadersFolder: locateLoadersFolder(),
});
