import { defineConfig, mergeConfig } from 'vitest/config';
import type { Reporter, TestCase } from 'vitest/node';

import vitest from './vitest.config.ts';

/** Prints the numbers that the tests have counted, as one line of JSON. */
class RatesReporter implements Reporter {
  private readonly rates: Record<string, number> = {};

  onTestCaseResult(test: TestCase) {
    Object.assign(this.rates, (test.meta() as { rates?: Record<string, number> }).rates);
  }

  onTestRunEnd() {
    console.log(JSON.stringify(this.rates));
  }
}

/** `npm run --silent requests`: how many requests the shop sends. */
export default mergeConfig(
  vitest,
  defineConfig({
    test: { env: { TABS: '100' }, reporters: [new RatesReporter()], testTimeout: 300_000 },
  }),
);
