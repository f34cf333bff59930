import { defineConfig, mergeConfig } from 'vitest/config';

import vite from './vite.config.ts';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'jsdom',
      setupFiles: 'src/testing/setup.ts',
      include: ['src/**/*.test.{ts,tsx}'],
      css: { include: /tokens/ },
      testTimeout: 30_000,
      pool: 'vmThreads', // each file has a context of its own, but not a process, which takes more than twice the time
      maxWorkers: '100%', // of the cores; by default one stays idle, which is half of a small machine
    },
  }),
);
