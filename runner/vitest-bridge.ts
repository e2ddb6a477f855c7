/** Forwards results from vitest: one call per decided case, one at the end. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { ResourceListCount } from '../src/records/run-facts.ts';
import type { CaseResult } from '../src/execution/run-case.ts';
import type { RunEnding } from '../src/execution/run-ending.ts';

export interface BridgeEvents {
  readonly caseDone: (result: CaseResult) => void;
  /** A further attempt of a case, alone and on fresh fixtures; `count`: which of all of them. */
  readonly caseConfirmed: (result: CaseResult, count: number) => void;
  /** A case without a result: it failed inside vitest. */
  readonly caseLost: (id: string, reason: string) => void;
  /** The target is no longer reachable, and why; may be called more than once. */
  readonly lost: (reason: string) => void;
  /** The run folder is no longer writable, and why; may be called more than once. */
  readonly unwritable: (reason: string) => void;
  /** The inventory before the first case. */
  readonly counted: (before: readonly ResourceListCount[]) => void;
  readonly ended: (ending: RunEnding) => void;
  /** The suites could not run, or failed outside of a case. */
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
      // A case that never started, because the run was stopped, has no result.
      else if (test.result().state !== 'skipped')
        events.caseLost(test.name, firstError(test.result().errors) ?? 'The test runner gave no result.');
    },
    onHookEnd: ({ name, entity }) => {
      const { inventory } = entity.meta();
      if (name === 'beforeAll' && inventory) events.counted(inventory);
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
