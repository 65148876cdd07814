// `npm run check`: types, lint, layers, format, unused code. All of them run, side by side, so that one call tells everything.
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';
import { engineEnvironment, engineNode, place, root } from './places.mjs';

const bin = (name) => place('node_modules', '.bin', name);

/** Made when they run: before set-up there is no Node to run them with. */
const checks = () => ({
  types: [bin('tsc'), '-p', '.'],
  'types of the user interface': [bin('tsc'), '-p', 'renderer'],
  'types of the preload': [bin('tsc'), '-p', 'preload'],
  lint: [bin('oxlint'), '--type-aware', '--deny-warnings'],
  layers: [engineNode(), place('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project=unit', 'test/layers.test.ts'],
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  unused: [bin('knip')],
});

/** Runs all checks and prints each result. Resolves to `{ name, passed }` of each. */
export async function runChecks() {
  const startedAt = Date.now();
  const env = { ...engineEnvironment(), NO_COLOR: '1' };
  const results = await Promise.all(
    Object.entries(checks()).map(async ([name, [command, ...args]]) => {
      const { code, stdout, stderr } = await run(command, args, { cwd: root, env });
      return { name, passed: code === 0, output: `${stdout}${stderr}`.trim() };
    }),
  );
  for (const { name, passed, output } of results) {
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
    if (!passed) console.log(output);
  }
  console.log(`checked in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return results.map(({ name, passed }) => ({ name, passed }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (engineNode() === undefined) {
    console.error('The npm packages are not installed: run "npm run setup" first.');
    process.exitCode = 1;
  } else {
    const results = await runChecks();
    process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
  }
}
