import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedFile } from '../engine/installed-files.ts';
import { browserCommand } from './browser.ts';

/** What decides between a window of its own and a browser. */
export interface DesktopFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  /** Electron's program, where it is. */
  readonly electron: string | undefined;
  /** The bundle of the desktop app, where it is built. */
  readonly bundle: string | undefined;
}

/** The command that opens the desktop app; undefined where it has to be a browser. Pure. */
export function desktopCommand(facts: DesktopFacts): readonly [program: string, appFolder: string] | undefined {
  const { platform, environment, isRoot, electron, bundle } = facts;
  if (electron === undefined || bundle === undefined) return undefined;
  // Where no browser could be shown, nothing can.
  if (browserCommand(platform, environment) === undefined) return undefined;
  // Chromium has no sandbox for root, and without its sandbox nothing is opened here.
  if (platform === 'linux' && isRoot) return undefined;
  // The folder whose package.json names the bundle.
  return [electron, dirname(dirname(dirname(bundle)))];
}

export function desktopFacts(environment: NodeJS.ProcessEnv = process.env): DesktopFacts {
  const bundle = installedFile('out/main/index.js');
  return {
    platform: process.platform,
    environment,
    isRoot: process.getuid?.() === 0,
    electron: findElectron(installedFile('node_modules/electron'), environment),
    bundle: existsSync(bundle) ? bundle : undefined,
  };
}

/** Electron's program in its npm package. The package itself is not asked: it would fetch what is not there. */
export function findElectron(packageFolder: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { ELECTRON_OVERRIDE_DIST_PATH: given } = environment;
  try {
    const name = given ? 'electron' : readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim();
    const program = join(given || join(packageFolder, 'dist'), name);
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

const STARTS_WITHIN_MS = 5_000;

/**
 * Runs the desktop app until it is closed. Resolves to its exit code; to undefined where it could not be opened at all (no
 * sandbox on this system, say), so that a browser can do instead.
 */
export function runDesktop(program: string, appFolder: string): Promise<number | undefined> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const startedAt = performance.now();
  const child = spawn(program, [appFolder], { stdio: 'inherit', env });
  const pass = (signal: NodeJS.Signals): void => {
    // Ctrl-C in a terminal reaches it by itself; a second one would cut its clean stop short.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    const end = (code: number | undefined): void => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.once('error', () => end(undefined));
    child.once('exit', (code) => {
      const failed = code !== 0 && performance.now() - startedAt < STARTS_WITHIN_MS;
      end(failed ? undefined : (code ?? 1));
    });
  });
}
