import { spawn } from 'node:child_process';

/** Opens an address in the person's browser where there is a screen; resolves to false where there is none. */
export function openBrowser(url: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  const command = browserCommand(process.platform, environment);
  if (command === undefined) return false;
  const [program, ...words] = command;
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  // The address is printed anyway.
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/** Pure. Undefined where no browser could show anything: a server, an ssh session, a test. */
export function browserCommand(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | undefined {
  if (environment['FIELDBOOT_NO_BROWSER'] || environment['CI']) return undefined;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}
