/** Takes results out of vitest as they come: one call per decided case, one at the end. Decides nothing. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { RollCount } from '../src/conformance/census.ts';
import type { CaseResult } from '../src/conformance/run-case.ts';
import type { RunEnding } from '../src/conformance/run-ending.ts';

export interface BridgeEvents {
  readonly caseDone: (result: CaseResult) => void;
  /** A further attempt of a case, alone and on fresh fixtures; `count`: which of all of them. */
  readonly caseConfirmed: (result: CaseResult, count: number) => void;
  /** A case that ended without a result of its own: vitest itself gave up on it. */
  readonly caseLost: (id: string, reason: string) => void;
  /** The target cannot be reached any more, and why; may be told more than once. */
  readonly lost: (reason: string) => void;
  /** The suites cannot write into the run folder any more, and why; may be told more than once. */
  readonly unwritable: (reason: string) => void;
  /** What the lists showed before the first case. */
  readonly counted: (before: readonly RollCount[]) => void;
  readonly ended: (ending: RunEnding) => void;
  /** The suites could not run at all, or something broke outside every case. */
  readonly broke: (reason: string) => void;
}

export function createVitestBridge(events: BridgeEvents): Reporter {
  return {
    onTestCaseResult: (test: TestCase) => {
      const { result, lost, unwritable, confirmation } = test.meta();
      if (lost !== undefined) events.lost(lost);
      if (unwritable !== undefined) events.unwritable(unwritable);
      if (confirmation !== undefined) {
        if (result) events.caseConfirmed(result, confirmation);
      } else if (result) events.caseDone(result);
      // What was never begun, because the run was told to stop, has nothing to tell.
      else if (test.result().state !== 'skipped')
        events.caseLost(test.name, firstError(test.result().errors) ?? 'The test runner gave no result.');
    },
    onHookEnd: ({ name, entity }) => {
      const { census } = entity.meta();
      if (name === 'beforeAll' && census) events.counted(census);
    },
    onTestModuleEnd: (module: TestModule) => {
      const { ending } = module.meta();
      if (ending?.lost !== undefined) events.lost(ending.lost);
      if (ending?.unwritable !== undefined) events.unwritable(ending.unwritable);
      if (ending) events.ended(ending);
      const error = firstError(module.errors());
      if (error !== undefined) events.broke(error);
    },
    onTestRunEnd: (_modules, errors) => {
      const error = firstError(errors);
      if (error !== undefined) events.broke(error);
    },
  };
}

function firstError(errors: readonly { readonly message: string }[] | undefined): string | undefined {
  return errors?.[0]?.message;
}
