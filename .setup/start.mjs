// `npm start -- <words>`: sets up, then runs Fieldboot with these words.
import { spawn } from 'node:child_process';
import { ensureDesktop } from './desktop.mjs';
import { engineEnvironment, engineNode, place } from './places.mjs';
import { prepare } from './prepare.mjs';

const { runnable } = await prepare({ forTests: false });
if (runnable) {
  // Every other command is headless.
  const words = process.argv.slice(2);
  if (words.length === 0) await ensureDesktop();
  // Without loaders it runs as well: the commands that need them say so.
  const child = spawn(engineNode(), [place('main', 'cli.ts'), ...words], {
    stdio: 'inherit',
    env: engineEnvironment(),
  });
  // Ctrl-C in a terminal reaches the child by itself; a second one from here would cut its clean stop short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
} else {
  process.exitCode = 1;
}
