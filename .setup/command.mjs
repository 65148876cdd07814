import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Runs a command to its end. Resolves to its exit code (127 where it could not be started) and output; `live` lets its
 * output through to stderr as well.
 */
export function run(command, args, { env = process.env, cwd, live = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      if (live) process.stderr.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      if (live) process.stderr.write(chunk);
    });
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

export function isInstalled(program) {
  // What root installs is in sbin, which is not in every PATH.
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The lines of a failed command that say why. */
export const reasonOf = ({ stderr, stdout }) =>
  (stderr.trim() || stdout.trim())
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(W:|N:|npm (warn|notice))/.test(line))
    .slice(0, 12)
    .join('\n');
