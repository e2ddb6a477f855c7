/**
 * Checks that a run folder is consistent: its files with the manifest, that with the statement, that with its
 * signature, the journal with the evidence, and the reports with the journal. The first inconsistency is the refusal.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../src/clauses/clause.ts';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import type { Target } from '../../src/planning/target.ts';
import { contractsOf } from './contracts-of.ts';
import { checkFiles, type Outcome } from './check-files.ts';
import { checkHeader } from './check-header.ts';
import { checkPlan } from './check-plan.ts';
import { checkPlanned } from './check-planned.ts';
import { checkScope } from './check-scope.ts';
import { checkReports } from './check-reports.ts';
import { checkSuites } from './check-suites.ts';
import { checkStatement, checkSubject } from './check-statement.ts';
import { checkSignature, type Signed } from './ssh-signature.ts';
import { judgeRunAgain } from './judge-run-again.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import type { CaseLine, ConfirmationLine, EarlierLine } from '../../src/records/journal.ts';
import type { Verification } from '../../src/records/verification.ts';
import type { Journal } from '../../src/report/journal.ts';
import { manifestFile, signatureFile, statementFile } from '../../src/report/manifest.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { printable } from '../../src/report/printable.ts';
import { describeScope } from '../../src/report/describe-scope.ts';
import { UsageError } from '../errors.ts';
import { evidenceIn, type ReadEvidence } from '../run/evidence-file.ts';
import { openRunFolder } from '../run/run-folder.ts';
import type { KnownContracts } from './known-contracts.ts';
import { targetOfFacts } from './target-of-facts.ts';
import { describeCase } from './render-judged.ts';

export interface VerifyOptions {
  readonly allowedSigners?: string | undefined;
  readonly signer?: string | undefined;
  /** Accept contracts other than that of this package. */
  readonly anyContract?: boolean | undefined;
  /** Extension suites. */
  readonly suites?: readonly Suite[] | undefined;
}

export type Verified = Omit<Verification, 'ok'>;

/** Thrown by the first check that fails. */
class Refusal extends Error {}

export async function verifyFolder(folder: string, options: VerifyOptions): Promise<Verified> {
  const held: string[] = [];
  try {
    await checkAll(folder, options, (sentence) => void held.push(sentence));
    return { held };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, held };
    throw error;
  }
}

async function checkAll(folder: string, options: VerifyOptions, confirm: (sentence: string) => void): Promise<void> {
  for (const file of [manifestFile, statementFile, 'journal.ndjson']) {
    if (!existsSync(join(folder, file)))
      refuse(`${folder} has no ${file}: it is not a run folder, or its run did not complete.`);
  }
  confirm(refuseOr(checkFiles(folder)));
  refuseIf(checkSubject(folder));
  const signed = signatureOf(folder, options);
  confirm(signed);
  const journal = readWholeJournal(folder);
  const { header } = journal;
  const target =
    targetOfFacts(
      header.target,
      header.contracts.map(({ service }) => service),
    ) ?? refuse('The journal has no valid range of microversions of the target.');
  refuseIf(checkSuites(header, options.suites ?? []));
  const known = contractsOf(folder, journal, options.anyContract === true, options.suites);
  if ('refused' in known) refuse(known.refused);
  confirm(known.confirmed);
  refuseIf(checkHeader(header, known, target));
  refuseIf(checkPlanned(header, known, target));
  refuseIf(checkPlan(journal));
  refuseIf(checkScope(header, known, target));
  confirm(await judgeAll(folder, journal, known, target));
  confirm(refuseOr(checkReports(folder)));
  const { report } = openRunFolder(folder).read();
  refuseIf(checkStatement(folder, report));
  confirm(`Scope: ${describeScope(report)}.`);
  confirm(`The run ${report.verdict === 'passed' ? 'passed' : `is ${report.verdict}`}, exit code ${exitCode(report)}.`);
}

function signatureOf(folder: string, { allowedSigners, signer }: VerifyOptions): string {
  const signature = join(folder, signatureFile);
  if (!existsSync(signature)) {
    if (allowedSigners !== undefined) refuse('The run is not signed.');
    return 'The run is not signed.';
  }
  const signed = readFileSync(join(folder, statementFile));
  const outcome = checkSignature({ signature, signed, allowedSigners, signer });
  if ('refused' in outcome) refuse(outcome.refused);
  return describeSigned(outcome);
}

function describeSigned({ key, signer }: Signed): string {
  if (signer !== undefined) return `Signed by ${signer} with ${key}.`;
  return `Signed with ${key} of an unknown owner. To check it, pass --allowed-signers FILE.`;
}

function readWholeJournal(folder: string): Journal {
  const file = join(folder, 'journal.ndjson');
  const { journal, diagnostics } = parseJournal(readFileSync(file, 'utf8'), file);
  if (!journal) refuse(`${file} is not the journal of a run.`);
  const [damage] = diagnostics;
  if (damage) refuse(`${file} is damaged at line ${damage.at.line}: ${damage.message}.`);
  return journal;
}

async function judgeAll(folder: string, journal: Journal, known: KnownContracts, target: Target): Promise<string> {
  const byId = new Map<string, Clause>(
    [...known.clauses, ...known.extensionClauses].map((clause) => [clause.id, clause]),
  );
  const read = evidenceIn(folder);
  const again = await judgeRunAgain(journal, known.contracts, target, byId, (line) => evidenceOf(read, line));
  const [first] = again.others;
  if (first) refuse(describeCase(first, again.others.length));
  const rest = again.unkept === 0 ? '' : `; ${again.unkept} undecided cases have no evidence`;
  const redacted =
    again.redacted === 0
      ? ''
      : ` ${again.redacted} cases depend on redacted text: their verdicts are taken from the journal and cannot be checked.`;
  return `${again.same} cases have the same verdicts when they are evaluated again from their evidence${rest}.${redacted}`;
}

/** Missing or misplaced evidence refuses the run. */
function evidenceOf(
  read: ReadEvidence,
  { id, evidence: place, exchanges }: CaseLine | ConfirmationLine | EarlierLine,
): Evidence | undefined {
  if (place === undefined) return undefined;
  try {
    const evidence = read(id, place);
    if (evidence.exchanges.length === exchanges) return evidence;
  } catch (error) {
    if (error instanceof UsageError) refuse(`The evidence of ${printable(id)} cannot be used: ${error.message}`);
    throw error;
  }
  refuse(`The number of exchanges in the evidence of ${printable(id)} differs from the journal.`);
}

function refuse(sentence: string): never {
  throw new Refusal(sentence);
}

function refuseIf(sentence: string | undefined): void {
  if (sentence !== undefined) refuse(sentence);
}

function refuseOr(outcome: Outcome): string {
  return 'refused' in outcome ? refuse(outcome.refused) : outcome.confirmed;
}
