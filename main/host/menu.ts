import type { MenuItemConstructorOptions } from 'electron';

/** The native menu: what every platform expects, and nothing that the window has already. Pure. */
export function menuTemplate(platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] {
  const inspect: MenuItemConstructorOptions[] = isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
    // Without it, copying and pasting have no keys on macOS.
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        // The station keeps everything: loading again loses nothing.
        { role: 'reload' },
        ...inspect,
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}
