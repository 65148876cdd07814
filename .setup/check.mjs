// `npm run check`: types, lint, layers, format, unused code. All of them run, side by side, so that one call tells everything.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

const checks = {
  types: [bin('tsc'), '-p', '.'],
  lint: [bin('oxlint'), '--type-aware', '--deny-warnings'],
  layers: [bin('vitest'), 'run', '--project', 'unit', 'test/layers.test.ts'],
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  unused: [bin('knip')],
};

const run = ([command, ...args]) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${error.message}; run "npm run setup" first` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

const startedAt = Date.now();
const results = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => ({ name, ...(await run(command)) })),
);
for (const { name, code, output } of results) {
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (code !== 0) console.log(output.trim());
}
console.log(`checked in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
process.exitCode = results.every(({ code }) => code === 0) ? 0 : 1;
