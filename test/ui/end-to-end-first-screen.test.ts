import { mkdtempDisposable, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import { isInstalled } from '../testbed/gate.ts';
import { builtUi } from './build-ui.ts';
import { startBrowserAt } from './end-to-end-browser.ts';
import { StationProcess } from './station-process.ts';

const BUNDLE_LIMIT_BYTES = 350_000;
/** The aim is 1 s on an idle computer; a test's computer is not one. */
const PAINT_LIMIT_MS = 3 * 1000;
const LOADS = 5;

describe.skipIf(!isInstalled('chromium'))('the first screen', () => {
  it('comes fast, and is small', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ dataFolder: folder.path });
    await using browser = await startBrowserAt();
    const paintsMs: number[] = [];
    let loaded = new Set<string>();
    for (let load = 0; load < LOADS; load++) {
      // A context of its own has nothing in its cache.
      await using context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      loaded = new Set();
      page.on('response', (response) => void loaded.add(new URL(response.url()).pathname));
      await page.addInitScript(PAINT_OF_HEADING);
      await page.goto(station.url);
      await page.getByRole('heading', { level: 1, name: words.steps.image.title }).waitFor();
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      paintsMs.push(await page.evaluate<number>('window.usefulPaint'));
    }
    const files = (await readdir(builtUi(), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const firstFiles = [...loaded].map((path) => join(builtUi(), path === '/' ? 'index.html' : path));
    const firstBytes = await transferBytes(firstFiles);
    const totalBytes = await transferBytes(files);
    const medianMs = paintsMs.toSorted((a, b) => a - b)[LOADS >> 1] ?? Infinity;
    process.stdout.write(
      `first screen: ${kilobytes(firstBytes)} in ${firstFiles.length} files; all screens: ${kilobytes(totalBytes)}; ` +
        `first useful paint: ${paintsMs.map((ms) => Math.round(ms)).join(', ')} ms\n`,
    );
    // Script, style and fonts are among them, or the figure is of nothing.
    expect(firstFiles.map((file) => file.split('.').at(-1))).toEqual(
      expect.arrayContaining(['html', 'js', 'css', 'woff2']),
    );
    expect(firstBytes).toBeLessThan(BUNDLE_LIMIT_BYTES);
    expect(totalBytes).toBeLessThan(BUNDLE_LIMIT_BYTES);
    expect(medianMs).toBeLessThan(PAINT_LIMIT_MS);
  });
});

/** The wizard's heading on the screen, not just any pixel: the first frame after it is in the document. */
const PAINT_OF_HEADING = `new MutationObserver((_, observer) => {
  if (document.querySelector('main h1') === null) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (window.usefulPaint = performance.now());
    port2.postMessage(0);
  });
}).observe(document, { childList: true, subtree: true });`;

/** Fonts are compressed already. */
async function transferBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
