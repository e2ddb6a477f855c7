/**
 * Holds a run folder to itself: its files to the manifest, that to the statement, that to its signature, the journal to
 * the evidence, and the reports to the journal. The first thing that does not hold is the refusal.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../src/conformance/clause.ts';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import type { Suite } from '../../src/conformance/suite.ts';
import type { Target } from '../../src/conformance/target.ts';
import { contractOf } from './contract-of.ts';
import { checkFiles } from './check-files.ts';
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
import type { CaseLine, ConfirmationLine, EarlierLine, Journal } from '../../src/report/journal.ts';
import { manifestFile, signatureFile, statementFile } from '../../src/report/manifest.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { printable } from '../../src/report/printable.ts';
import { wordScope } from '../../src/report/word-scope.ts';
import { UsageError } from '../errors.ts';
import { evidenceIn, type ReadEvidence } from '../run/evidence-file.ts';
import { openRunFolder } from '../run/run-folder.ts';
import type { KnownContract } from './known-contract.ts';
import { targetOfFacts } from './target-of-facts.ts';
import { tellCase } from './tell-judged.ts';

export interface VerifyOptions {
  readonly allowedSigners?: string | undefined;
  readonly signer?: string | undefined;
  /** Take contracts other than that of this package. */
  readonly anyContract?: boolean | undefined;
  /** Suites besides ours, as they are now. */
  readonly suites?: readonly Suite[] | undefined;
}

export interface Verified {
  /** One sentence; missing when everything holds. */
  readonly refused?: string;
  /** What was looked at and held, in sentences. */
  readonly held: readonly string[];
}

/** Thrown inside, where the first refusal ends it all. */
class Refusal extends Error {}

export async function verifyFolder(folder: string, options: VerifyOptions): Promise<Verified> {
  const held: string[] = [];
  try {
    await holdAll(folder, options, (sentence) => void held.push(sentence));
    return { held };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, held };
    throw error;
  }
}

async function holdAll(folder: string, options: VerifyOptions, tell: (sentence: string) => void): Promise<void> {
  for (const file of [manifestFile, statementFile, 'journal.ndjson']) {
    if (!existsSync(join(folder, file)))
      refuse(`${folder} has no ${file}: it holds no run, or one that never came to its end.`);
  }
  tell(refuseOr(checkFiles(folder)));
  refuseIf(checkSubject(folder));
  const signed = signatureOf(folder, options);
  tell(signed);
  const journal = readWholeJournal(folder);
  const { header } = journal;
  const target = targetOfFacts(header.target) ?? refuse('The journal tells no range of microversions of the target.');
  refuseIf(checkSuites(header, options.suites ?? []));
  const known = contractOf(folder, journal, options.anyContract === true, options.suites);
  if ('refused' in known) refuse(known.refused);
  tell(known.told);
  refuseIf(checkHeader(header, known, target));
  refuseIf(checkPlanned(header, known, target));
  refuseIf(checkPlan(journal));
  refuseIf(checkScope(header, known, target));
  tell(await judgeAll(folder, journal, known, target));
  tell(refuseOr(checkReports(folder)));
  const { report } = openRunFolder(folder).read();
  refuseIf(checkStatement(folder, report));
  tell(`Scope: ${wordScope(report)}.`);
  tell(`The run ${report.verdict === 'passed' ? 'passed' : `is ${report.verdict}`}, exit code ${exitCode(report)}.`);
}

function signatureOf(folder: string, { allowedSigners, signer }: VerifyOptions): string {
  const signature = join(folder, signatureFile);
  if (!existsSync(signature)) {
    if (allowedSigners !== undefined) refuse('The run is not signed.');
    return 'The run is not signed.';
  }
  const signed = readFileSync(join(folder, statementFile));
  const seen = checkSignature({ signature, signed, allowedSigners, signer });
  if ('refused' in seen) refuse(seen.refused);
  return wordSigned(seen);
}

function wordSigned({ key, signer }: Signed): string {
  if (signer !== undefined) return `Signed by ${signer} with ${key}.`;
  return `Signed with ${key}; whose it is, nobody has said: add --allowed-signers FILE.`;
}

function readWholeJournal(folder: string): Journal {
  const file = join(folder, 'journal.ndjson');
  const { journal, diagnostics } = parseJournal(readFileSync(file, 'utf8'), file);
  if (!journal) refuse(`${file} is no journal of a run.`);
  const [damage] = diagnostics;
  if (damage) refuse(`${file} is damaged at line ${damage.at.line}: ${damage.message}.`);
  return journal;
}

async function judgeAll(folder: string, journal: Journal, known: KnownContract, target: Target): Promise<string> {
  const byId = new Map<string, Clause>([...known.clauses, ...known.guests].map((clause) => [clause.id, clause]));
  const read = evidenceIn(folder);
  const again = await judgeRunAgain(journal, known.contract, target, byId, (line) => evidenceOf(read, line));
  const [first] = again.others;
  if (first) refuse(tellCase(first, again.others.length));
  const rest = again.unkept === 0 ? '' : `; ${again.unkept} that were not decided have none`;
  const unseen =
    again.redacted === 0
      ? ''
      : ` ${again.redacted} rest on places from which a secret was taken out: their verdicts are taken as the journal has them, and cannot be checked.`;
  return `${again.same} cases come to the same verdicts when they are judged again from their evidence${rest}.${unseen}`;
}

/** What is not there, or stands elsewhere, is a refusal of the run. */
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
  refuse(`The evidence of ${printable(id)} has another number of exchanges than the journal says.`);
}

function refuse(sentence: string): never {
  throw new Refusal(sentence);
}

function refuseIf(sentence: string | undefined): void {
  if (sentence !== undefined) refuse(sentence);
}

function refuseOr(outcome: { readonly refused: string } | { readonly told: string }): string {
  return 'refused' in outcome ? refuse(outcome.refused) : outcome.told;
}
