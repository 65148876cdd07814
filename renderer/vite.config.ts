import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Stands alone: `vite build renderer` makes what a browser and the desktop shell both load. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // The content security policy forbids data: fonts, and there is no inline script to preload with.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
