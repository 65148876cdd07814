import { defineConfig } from 'vitest/config';

// Boot and net tests share two cores and the machine's namespaces: one file at a time there, or QEMU's clocks starve.
const alone = { fileParallelism: false, maxWorkers: 1 } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/{main,renderer}/**/*.test.ts', 'test/*.test.ts'], testTimeout: 15_000 } },
      {
        test: { name: 'net', include: ['test/net/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000, ...alone },
      },
      {
        test: {
          name: 'boot',
          include: ['test/boot/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          ...alone,
        },
      },
      {
        // Whole installations and images built with Debian's own tools: minutes each, so by name only (`npm run test:proof`).
        test: {
          name: 'proof',
          include: ['test/boot/**/*.proof.ts'],
          testTimeout: 5_400_000,
          hookTimeout: 1_800_000,
          ...alone,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          globalSetup: ['test/ui/build-ui.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...alone,
        },
      },
    ],
  },
});
