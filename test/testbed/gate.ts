import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isCi = (): boolean => !['', 'false', '0'].includes(process.env['CI'] ?? '');

/**
 * True where this machine can hold a test bed: Linux, root, iproute2 and the given programs. Where it cannot, the
 * tests that need one are skipped with a loud reason, and fail where CI is set: a proof that was not run is no proof.
 *
 * Use: `describe.skipIf(!bedAvailable('dnsmasq'))('…', …)`.
 */
export function bedAvailable(...programs: readonly string[]): boolean {
  const problems = [
    ...(process.platform === 'linux' ? [] : [`network namespaces need Linux, this is ${process.platform}`]),
    ...(process.getuid?.() === 0 ? [] : ['network namespaces need root: run the tests with sudo']),
    ...['ip', ...programs].filter((name) => !isInstalled(name)).map((name) => `the program "${name}" is not installed`),
  ];
  if (problems.length === 0) return true;
  const reason = problems.join('; ');
  if (isCi()) throw new Error(`The test bed cannot be set up, and CI is set: ${reason}`);
  process.stderr.write(`\n*** SKIPPED, needs a test bed: ${reason}\n\n`);
  return false;
}

/** Whether this machine has a program; for tests that need one but neither root nor namespaces. */
export function isInstalled(program: string): boolean {
  // Clients of the bench live in sbin, which is not in every root's PATH (su without a login shell).
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
