/** A refutation on a cloud of the user's own, from its options to a project that is as it was. */
import { join } from 'node:path';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { makeFolder, writeNew } from '../files/write-whole.ts';
import { openTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { refuteOnTarget, type Refutation, type RefuteOptions } from './refute.ts';
import { openTargetLab } from './target-lab.ts';

/** @throws the errors of meeting a target: nothing was created then. */
export async function refuteTarget(target: RunOptions, options: RefuteOptions): Promise<Refutation> {
  const opened = await openTarget(target);
  const folder = target.output ?? join('runs', `refutation-${Date.now().toString(36)}`);
  makeFolder(folder);
  const ledgerFile = join(folder, 'ledger.ndjson');
  writeNew(ledgerFile, '');
  let failure: Error | undefined;
  const lab = await openTargetLab(opened, target, ledgerFile, (error) => (failure = error));
  try {
    const refutation = await refuteOnTarget(lab, options);
    if (failure) throw failure;
    return refutation;
  } finally {
    for (const left of await lab.clear()) options.tell(leftBehind(leakOf(left, resourceKinds)));
    await lab.close();
    await opened.close();
  }
}
