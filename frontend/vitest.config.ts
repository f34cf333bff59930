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
      maxWorkers: '100%', // of the cores; by default one stays idle, which is half of a small machine
    },
  }),
);
