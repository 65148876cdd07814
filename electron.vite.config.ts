import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import userInterface from './renderer/vite.config.ts';

/**
 * `npm run build`: the desktop app in `out/`, complete but for koffi and the boot loaders. The bundle of the command line runs headless
 * from the same folder: `node out/main/cli.js`.
 */

const root = import.meta.dirname;

/** Of every package whose code is in the bundle: they ask for no more than to be named. */
const license = { fileName: 'licenses.md' };

/** The data that main/engine/installed-files.ts looks for, put beside the bundles: `out/` needs nothing of the checkout. */
function bundledAssets(): Plugin {
  const require = createRequire(import.meta.url);
  const recipes = readdirSync(join(root, 'assets/recipes')).filter((name) => name.endsWith('.json'));
  const files = [
    ['assets/loaders.json', join(root, 'assets/loaders.json')],
    ['assets/oui-data.json', require.resolve('oui-data')],
    // Those of code are gathered by the bundler; these go with the fonts.
    ['licenses/ibm-plex-sans.txt', join(root, 'node_modules/@fontsource-variable/ibm-plex-sans/LICENSE')],
    ['licenses/ibm-plex-mono.txt', join(root, 'node_modules/@fontsource/ibm-plex-mono/LICENSE')],
    ...recipes.map((name) => [`assets/recipes/${name}`, join(root, 'assets/recipes', name)] as const),
  ] as const;
  return {
    name: 'fieldboot-assets',
    generateBundle() {
      // Says that these are modules, and which version it is, where no package.json of the app is above.
      const { name, version, type } = require('./package.json') as Record<string, string>;
      this.emitFile({ type: 'asset', fileName: 'package.json', source: JSON.stringify({ name, version, type }) });
      for (const [fileName, path] of files) this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
    },
  };
}

export default defineConfig({
  main: {
    plugins: [bundledAssets()],
    build: {
      outDir: join(root, 'out/main'),
      license,
      rolldownOptions: {
        input: {
          index: join(root, 'main/index.ts'),
          'station-entry': join(root, 'main/station-entry.ts'),
          cli: join(root, 'main/cli.ts'),
          // A thread is started from a file of its own: see main/engine/native/thread-host.ts.
          'http-thread': join(root, 'main/engine/http/thread/thread-entry.ts'),
          'tftp-thread': join(root, 'main/engine/tftp/thread/thread-entry.ts'),
        },
        // Packages that ws and systeminformation take where they are there, and do without where they are not.
        external: ['bufferutil', 'utf-8-validate', 'osx-temperature-sensor'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(root, 'out/preload'),
      // A sandboxed preload is one file that requires nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(root, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...userInterface,
    root: join(root, 'renderer'),
    build: {
      ...userInterface.build,
      outDir: join(root, 'out/renderer'),
      license,
      rolldownOptions: { input: join(root, 'renderer/index.html') },
      minify: true,
    },
  },
});
