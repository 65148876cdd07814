import { open } from 'node:fs/promises';

/** Makes a new name in a folder last through a power failure. Windows does not open folders, and needs it not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
