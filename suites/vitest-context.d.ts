/** What crosses between the main thread and the suites: settings in, results out. */
import 'vitest';
import type { RollCount } from '../src/conformance/census.ts';
import type { CaseResult } from '../src/conformance/run-case.ts';
import type { RunSettings } from '../src/conformance/run-settings.ts';
import type { RunEnding } from '../src/conformance/run-ending.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: RunSettings;
  }
  interface TaskMeta {
    result?: CaseResult;
    /** The number of a further attempt, alone, of whatever case; without a result there was none to make, or none came of it. */
    confirmation?: number;
    /** Why the case was not begun: the target is lost. */
    lost?: string;
    /** Why the case was not begun: the run folder cannot be written any more. */
    unwritable?: string;
    /** Before the first case. */
    census?: readonly RollCount[];
    ending?: RunEnding;
  }
}
