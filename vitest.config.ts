import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Half of the cores would be left idle otherwise: most of the time goes into properties, which only count.
    maxWorkers: 2,
    globalSetup: ['test/support/require-build.ts'],
    // A cold import of aws-cdk-lib takes several seconds on two cores.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
