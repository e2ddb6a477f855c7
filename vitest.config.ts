import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The build makes it from the sources.
    alias: { './compiled-parsers.js': join(import.meta.dirname, 'dist/src/records/compiled-parsers.js') },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    // Many tests wait for a process or a simulator of their own; with one worker the second core would idle.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
