/** Clean-up after a run that could not do it: all that its ledger owns, and all that it may own by name. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createLedger, readLedger, type LedgerEntry } from '../../src/conformance/ledger.ts';
import { removeOwned, settleIntents } from '../../src/conformance/removal.ts';
import { jsonObject, jsonText, parseJson } from '../../src/json.ts';
import { leakOf, leftBehind } from '../../src/report/leak.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { openLab } from '../refute/lab.ts';
import { openTarget } from './open-target.ts';
import type { RunOptions } from './run-options.ts';

/** Returns the exit code: 0 when nothing is left. @throws UsageError and the errors of meeting a target */
export async function cleanUp(run: string, options: RunOptions): Promise<number> {
  const file = join(run, 'ledger.ndjson');
  if (!existsSync(file)) throw new UsageError(`${run} holds no run: there is no ledger.ndjson in it.`);
  const before = entriesOf(file);
  const told = createLedger(
    () => undefined,
    () => '',
    before,
  );
  if (told.owned().length + told.unsettled().length === 0) return tell('Nothing of this run is left.');
  if (options.clouds.member === undefined && !namesTarget(process.env, options.signIn.member)) {
    throw new UsageError('Clean-up needs the cloud that the run was on; add --os-cloud CLOUD.');
  }
  endLastLine(file);
  const opened = await openTarget(options);
  const append = (entry: LedgerEntry): void => appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true });
  const { name, credentials, embedded } = opened;
  const lab = await openLab({
    name,
    credentials,
    embedded,
    fixtures: options.fixtures,
    capabilities: options.capabilities,
    limits: options.limits,
    through: (http) => http,
    stock: 'one',
    append,
  });
  try {
    refuseAnotherTarget(run, lab.target.endpoints);
    const ledger = createLedger(append, () => new Date().toISOString(), before);
    const world = { ...lab.shared, ledger };
    await settleIntents(world, resourceKinds);
    const found = ledger.owned().length;
    const left = await removeOwned(world, resourceKinds);
    for (const thing of left) process.stderr.write(`${leftBehind(leakOf(thing, resourceKinds))}\n`);
    tell(found === 0 ? 'Nothing of this run is left.' : `${found - left.length} of ${found} things removed.`);
    return left.length === 0 ? exitCodes.conformant : exitCodes.partial;
  } finally {
    await lab.close();
    await opened.close();
  }
}

/**
 * Elsewhere everything is 404, and would be taken for removed. Block storage endpoints hold the project as well.
 *
 * @throws UsageError
 */
function refuseAnotherTarget(run: string, endpoints: Readonly<Record<string, string>>): void {
  const file = join(run, 'journal.ndjson');
  if (!existsSync(file)) throw new UsageError(`${run} has no journal.ndjson, which says where the run was.`);
  const first = jsonObject(parseJson(readFileSync(file, 'utf8').split('\n')[0] ?? ''));
  const before = jsonObject(jsonObject(first.target).endpoints);
  for (const type of ['compute', 'block-storage']) {
    if (before[type] === endpoints[type]) continue;
    throw new UsageError(
      `The run was on ${jsonText(before[type]) ?? 'an unknown target'} and this is ${endpoints[type] ?? 'none'}; nothing was removed. Name the cloud of the run by --os-cloud.`,
    );
  }
}

/** What is appended to a line that was cut off would be lost with it. */
function endLastLine(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (text !== '' && !text.endsWith('\n'))
    truncateSync(file, Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
}

function entriesOf(file: string): readonly LedgerEntry[] {
  try {
    return readLedger(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tell(sentence: string): number {
  process.stdout.write(`${sentence}\n`);
  return exitCodes.conformant;
}
