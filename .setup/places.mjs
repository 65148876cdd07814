import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const place = (...parts) => join(root, ...parts);

export const OLDEST_NODE = 20;
const ENGINE_NODE = 24;

const major = (version) => Number(version.split('.')[0]);
export const nodeMajor = major(process.versions.node);

/**
 * The Node that Fieldboot runs on: the npm package `node`, whatever runs set-up. By its own path, not by name: a shell
 * that ran npm remembers where it found `node` before there was this one.
 */
export function engineNode() {
  const packaged = place('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  return nodeMajor >= ENGINE_NODE ? process.execPath : undefined;
}

/** Environment in which a plain `node` is the engine's too, and npm's own settings are those of the repository. */
export function engineEnvironment(environment = process.env) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const bin = place('node_modules', '.bin');
  const path = (environment.PATH ?? '').split(separator).filter((folder) => folder !== bin);
  return { ...environment, PATH: [bin, ...path].join(separator) };
}
