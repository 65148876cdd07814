import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { engineEnvironment, engineNode, place, root } from './places.mjs';

/** Vitest projects in the order they run. Together they take about a quarter of an hour; the limits only end what hangs. */
export const suites = [
  { name: 'unit', folder: place('test'), limitMinutes: 10 },
  { name: 'net', folder: place('test', 'net'), limitMinutes: 18 },
  { name: 'boot', folder: place('test', 'boot'), limitMinutes: 28 },
  { name: 'ui', folder: place('test', 'ui'), limitMinutes: 15 },
];

export const hasTests = ({ folder }) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => /\.test\.tsx?$/.test(file));

const KILL_GRACE_MS = 10_000;

/**
 * Runs one suite, its output let through. Resolves to counts and the names of what was skipped. A suite that crashed,
 * hung or left no result counts as one failure at least.
 */
export async function runSuite({ name, limitMinutes }, signal) {
  const resultFile = place('out', `test-${name}.json`);
  mkdirSync(dirname(resultFile), { recursive: true });
  rmSync(resultFile, { force: true });

  const end = await runVitest(
    ['run', `--project=${name}`, '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`],
    limitMinutes * 60_000,
    signal,
  );
  const outcome = readOutcome(resultFile);
  if (end !== 0 && outcome.failed.length === 0) outcome.failed.push(`${name}: ${explain(end, limitMinutes)}`);
  return outcome;
}

const explain = (end, limitMinutes) =>
  end === 'time' ? `stopped after ${limitMinutes} minutes` : `the suite itself failed (${end})`;

/** Resolves to the exit code, the signal's name, or 'time' where it was stopped for taking too long. */
function runVitest(words, limitMs, signal) {
  return new Promise((resolve) => {
    // A process group of its own: where it hangs, its workers and what they started are ended with it.
    const grouped = process.platform !== 'win32';
    const child = spawn(engineNode(), [place('node_modules', 'vitest', 'vitest.mjs'), ...words], {
      cwd: root,
      env: engineEnvironment(),
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: grouped,
    });
    const kill = (with_) => {
      try {
        if (grouped) process.kill(-child.pid, with_);
        else child.kill(with_);
      } catch {
        // It has ended meanwhile.
      }
    };
    const stop = () => {
      kill('SIGTERM');
      setTimeout(kill, KILL_GRACE_MS, 'SIGKILL').unref();
    };
    let outOfTime = false;
    const timer = setTimeout(() => {
      outOfTime = true;
      stop();
    }, limitMs);
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, ended) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (outOfTime) kill('SIGKILL');
      resolve(outOfTime ? 'time' : (code ?? ended));
    });
  });
}

function readOutcome(resultFile) {
  /** @type {{ passed: number, failed: string[], skipped: string[] }} */
  const outcome = { passed: 0, failed: [], skipped: [] };
  if (!existsSync(resultFile)) {
    outcome.failed.push(`no results in ${relative(root, resultFile)}`);
    return outcome;
  }
  for (const { name: path, status, assertionResults } of JSON.parse(readFileSync(resultFile, 'utf8')).testResults) {
    const file = relative(root, path);
    for (const { status: result, fullName } of assertionResults) {
      if (result === 'passed') outcome.passed += 1;
      else (result === 'failed' ? outcome.failed : outcome.skipped).push(`${file}: ${fullName}`);
    }
    // A file that could not be loaded, or whose own set-up failed.
    const named = assertionResults.some((test) => test.status === 'failed');
    if (status === 'failed' && !named) outcome.failed.push(`${file}: the file itself`);
  }
  return outcome;
}
