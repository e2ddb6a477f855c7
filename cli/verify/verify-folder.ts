/**
 * Holds a run folder to itself: its files to the manifest, that to the statement, that to its signature, the journal to
 * the evidence, and the reports to the journal. The first thing that does not hold is the refusal.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../src/conformance/clause.ts';
import { contractOf, type KnownContract } from './contract-of.ts';
import { checkFiles } from './check-files.ts';
import { checkPlan } from './check-plan.ts';
import { checkReports } from './check-reports.ts';
import { checkSignature, type Signed } from './ssh-signature.ts';
import { judgeRunAgain } from './judge-run-again.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import { manifestFile, signatureFile, statementFile } from '../../src/report/manifest.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { openRunFolder, readEvidence } from '../run/run-folder.ts';
import { tellCase } from './tell-judged.ts';

export interface VerifyOptions {
  readonly allowedSigners?: string | undefined;
  readonly signer?: string | undefined;
  /** Take contracts other than that of this package. */
  readonly anyContract?: boolean | undefined;
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
  refuseIf(checkStatement(folder));
  const signed = signatureOf(folder, options);
  tell(signed);
  const journal = readWholeJournal(folder);
  const known = contractOf(folder, journal, options.anyContract === true);
  if ('refused' in known) refuse(known.refused);
  tell(known.told);
  refuseIf(checkPlan(journal, known.clauses, (file) => existsSync(join(folder, file))));
  tell(await judgeAll(folder, journal, known));
  tell(refuseOr(checkReports(folder)));
  const { report } = openRunFolder(folder).read();
  tell(`The run is ${report.verdict}, exit code ${exitCode(report)}.`);
}

function checkStatement(folder: string): string | undefined {
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, manifestFile)))
    .digest('hex');
  const statement = readFileSync(join(folder, statementFile), 'utf8');
  return statement.includes(`"${digest}"`)
    ? undefined
    : 'The statement is about another manifest than the one beside it.';
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

async function judgeAll(folder: string, journal: Journal, { contract, clauses }: KnownContract): Promise<string> {
  const byId = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));
  const again = await judgeRunAgain(journal, contract, byId, ({ evidence }) =>
    evidence === undefined ? undefined : readEvidence(join(folder, evidence)),
  );
  const [first] = again.others;
  if (first) refuse(tellCase(first, again.others.length));
  const rest = again.unkept === 0 ? '' : `; ${again.unkept} that were not decided have none`;
  return `${again.same} cases come to the same verdicts when they are judged again from their evidence${rest}.`;
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
