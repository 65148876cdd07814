import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the user interface from what is in the checkout now, into a folder of its own: another build meanwhile must not
 * take the files away from a browser that loads them. Returns what removes it.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-ui-'));
  // The test runner says that this is a test; what is looked at is what is shipped.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: join(import.meta.dirname, '../../renderer/vite.config.ts'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'warn',
  });
  if (NODE_ENV !== undefined) process.env['NODE_ENV'] = NODE_ENV;
  process.env['FIELDBOOT_BUILT_UI'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** Where the user interface under test is; without a set-up the last build of the checkout. */
export const builtUi = (): string =>
  process.env['FIELDBOOT_BUILT_UI'] ?? join(import.meta.dirname, '../../out/renderer');
