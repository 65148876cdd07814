import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where library, leases and notes are kept: `FIELDBOOT_DATA`, else the platform's folder for the data of applications.
 */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { FIELDBOOT_DATA, XDG_DATA_HOME, APPDATA } = environment;
  if (FIELDBOOT_DATA) return FIELDBOOT_DATA;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Fieldboot');
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Fieldboot');
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'fieldboot');
}
