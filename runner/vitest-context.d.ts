/** The data that is passed between the main thread and the suites: settings in, results out. */
import 'vitest';
import type { ResourceListCount } from '../src/records/run-facts.ts';
import type { CaseResult } from '../src/execution/run-case.ts';
import type { RunSettings } from '../src/execution/run-settings.ts';
import type { RunEnding } from '../src/execution/run-ending.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: RunSettings;
  }
  interface TaskMeta {
    result?: CaseResult;
    /** The number of a confirmation; without a result, none was needed or it gave none. */
    confirmation?: number;
    /** Why the case did not start: the target is lost. */
    lost?: string;
    /** Why the case did not start: the run folder is no longer writable. */
    unwritable?: string;
    /** The inventory before the first case. */
    inventory?: readonly ResourceListCount[];
    ending?: RunEnding;
  }
}
