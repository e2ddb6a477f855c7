/** For every test file: a worker runs many, so each removes what it made, and leaves clock and environment as they were. */
import { afterAll, afterEach, vi } from 'vitest';
import { removeTemporaryFolders } from './cli/run-child.ts';
import { stopCloudProcesses } from './runs/cloud-process.ts';

afterEach(stopCloudProcesses);

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  removeTemporaryFolders();
});
