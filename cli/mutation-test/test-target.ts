/** A mutation test on a cloud of the user, which removes at the end what it created. */
import { join } from 'node:path';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { makeFolder, writeNew } from '../files/write-whole.ts';
import { clientAccesses } from '../run/client-accesses.ts';
import { openTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { mutationTestOnTarget, type MutationTest, type MutationTestOptions } from './mutation-test.ts';
import { openTargetMutationRun } from './target-mutation-run.ts';

/** @throws the errors of connecting to the target; nothing was created then */
export async function mutationTestTarget(target: RunOptions, options: MutationTestOptions): Promise<MutationTest> {
  const opened = await openTarget(target);
  const folder = target.output ?? join('runs', `mutation-test-${Date.now().toString(36)}`);
  makeFolder(folder);
  const ledgerFile = join(folder, 'ledger.ndjson');
  writeNew(ledgerFile, '');
  let failure: Error | undefined;
  const mutationRun = await openTargetMutationRun(opened, target, ledgerFile, (error) => (failure = error));
  try {
    const mutationTest = await mutationTestOnTarget(mutationRun, options);
    if (failure) throw failure;
    return mutationTest;
  } finally {
    const clients = clientAccesses(target, opened.credentials);
    for (const left of await mutationRun.clear()) options.progress(leftBehind(leakOf(left, resourceKinds, clients)));
    await mutationRun.close();
    await opened.close();
  }
}
