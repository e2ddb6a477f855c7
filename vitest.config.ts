import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Files that replace a module by a mock, or change timeouts, which must not reach other files. */
const isolated = [
  'tests/client/http-client.test.ts',
  'tests/execution/reevaluate.test.ts',
  'tests/execution/run-case.test.ts',
  'tests/mutation/run-trials.test.ts',
  'tests/mutation/run-worker.test.ts',
  'tests/resources/create-under-test.test.ts',
  'tests/resources/creating.test.ts',
];

export default defineConfig({
  resolve: {
    // The build makes it from the sources.
    alias: { './compiled-parsers.js': join(import.meta.dirname, 'dist/src/records/compiled-parsers.js') },
  },
  test: {
    // Many tests wait for a process or a simulator of their own; with one worker the second core would idle.
    maxWorkers: 2,
    // Twice and more what the longest took while other work had the machine.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    setupFiles: ['tests/setup.ts'],
    projects: [
      // A worker loads each module once, not once for each file: loading took a sixth of the time.
      { extends: true, test: { name: 'tests', include: ['tests/**/*.test.ts'], exclude: isolated, isolate: false } },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
});
