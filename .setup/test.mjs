// `npm test`: sets everything up, then runs checks and all suites. `-- --only unit,net` runs some of them.
import { runChecks } from './check.mjs';
import { prepare } from './prepare.mjs';
import { hasTests, runSuite, suites } from './suites.mjs';

const CHECK = 'check';
const names = [CHECK, ...suites.map(({ name }) => name)];

/**
 * A test that this system can never run may be skipped; its name says so. Electron's program cannot be had from the package registries, and it
 * opens no window for root.
 */
const ofAnotherSystem = /\b(windows|macos|real electron) only\b/i;

const chosen = chosenSuites(process.argv.slice(2));
if (chosen === undefined) {
  console.error(`Usage: npm test -- [--only ${names.join(',')}]`);
  process.exitCode = 2;
} else {
  process.exitCode = await runAll(chosen);
}

function chosenSuites(words) {
  if (words.length === 0) return names;
  const list = (words[0] === '--only' ? words[1] : words[0].replace(/^--only=|^/, ''))?.split(',') ?? [];
  const isAsked = words[0].startsWith('--only') && list.length > 0 && list.every((name) => names.includes(name));
  return isAsked ? names.filter((name) => list.includes(name)) : undefined;
}

async function runAll(chosen) {
  const { runnable } = await prepare({ forTests: true });
  if (!runnable) {
    console.log('0 passed, 1 failed, 0 skipped');
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort(signal));

  /** @type {{ passed: number, failed: string[], skipped: string[] }} */
  const total = { passed: 0, failed: [], skipped: [] };
  if (chosen.includes(CHECK)) {
    heading(CHECK);
    for (const { name, passed } of await runChecks()) {
      if (passed) total.passed += 1;
      else total.failed.push(`check: ${name}`);
    }
  }
  for (const suite of suites) {
    if (!chosen.includes(suite.name) || !hasTests(suite) || stop.signal.aborted) continue;
    heading(suite.name);
    const { passed, failed, skipped } = await runSuite(suite, stop.signal);
    total.passed += passed;
    total.failed.push(...failed);
    total.skipped.push(...skipped);
  }
  if (stop.signal.aborted) total.failed.push(`stopped by ${stop.signal.reason}`);

  const inCi = !['', 'false', '0'].includes(process.env.CI ?? '');
  console.log('');
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  for (const name of total.failed) console.log(`FAILED: ${name}`);
  const unproven = inCi ? total.skipped.filter((name) => !ofAnotherSystem.test(name)) : [];
  if (unproven.length > 0) console.log(`CI is set, and ${unproven.length} tests were skipped that could have run.`);
  console.log(`${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`);
  return total.failed.length + unproven.length === 0 ? 0 : 1;
}

function heading(name) {
  console.log(`\n=== ${name} ===`);
}
