/** Holds a journal to its evidence: each case that was tried is judged once more, by the same checks. */
import { isDeepStrictEqual } from 'node:util';
import type { Exchange, RedactedPlace } from '../../src/client/exchange.ts';
import { redacted as redactedText } from '../../src/client/redaction.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import { reevaluateOn, type Evidence, type Projects } from '../../src/conformance/reevaluate.ts';
import type { CaseId, PlannedCase } from '../../src/conformance/plan-cases.ts';
import { emptyTranscript } from '../../src/conformance/transcript.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { Verdict, VerdictKind } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/model.ts';
import { microversion } from '../../src/microversion.ts';
import { boundVerdict } from '../../src/report/bound-json.ts';
import type { CaseLine, ConfirmationLine, EarlierLine, Journal } from '../../src/report/journal.ts';
import type { TargetFacts } from '../../src/report/record.ts';

export interface JudgedAgain {
  /** How many cases came to the same verdict, with the same findings. */
  readonly same: number;
  /** Cases that nothing was kept of, because they were not decided before anything happened. */
  readonly unkept: number;
  /** Cases that failed or were not decided by a place from which a secret was taken out, so that it cannot be found again. */
  readonly redacted: number;
  readonly others: readonly OtherVerdict[];
}

export interface OtherVerdict {
  readonly case: string;
  readonly told: Verdict;
  readonly found: Verdict;
  /** A secret was taken out of what it rests on. */
  readonly isRedacted?: true;
}

/** What may end a case before anything of it could be kept. */
const undecided: ReadonlySet<VerdictKind> = new Set(['error', 'inconclusive', 'not-attempted']);

/** What speaks for a target: it counts only where anybody can come to it from the evidence. */
const favourable: ReadonlySet<VerdictKind> = new Set(['pass', 'warn', 'not-applicable']);

/** A check that says that its clause does not bind may say so without having looked at anything. */
const nothing: Evidence = { exchanges: [], transcript: emptyTranscript };

export async function judgeRunAgain(
  { header, earlier = [], results, confirmations = [] }: Journal,
  contract: Contract,
  target: Target,
  clauses: ReadonlyMap<string, Clause>,
  evidenceOf: (line: CaseLine | ConfirmationLine | EarlierLine) => Evidence | undefined,
): Promise<JudgedAgain> {
  const reevaluate = reevaluateOn(contract, target, projectsOf(header.target));
  const planned = new Map(header.cases.map((one) => [one.id, one]));
  const others: OtherVerdict[] = [];
  let [same, unkept, redacted] = [0, 0, 0];
  for (const line of [...earlier, ...results, ...confirmations]) {
    const clause = clauses.get(planned.get(line.id)?.clause ?? '');
    const evidence = evidenceOf(line);
    if (!evidence && undecided.has(line.verdict.is)) {
      unkept += 1;
      continue;
    }
    const found = clause
      ? await reevaluate(clause, plannedCase(clause, line.id), evidence ?? nothing)
      : missing('No clause has this id any more.');
    const isRedacted = clause !== undefined && evidence?.exchanges.some(isIncomplete) === true;
    if (isSame(line.verdict, boundVerdict(found))) same += 1;
    else if (isRedacted && !favourable.has(line.verdict.is)) redacted += 1;
    else {
      const other = { case: line.id, told: line.verdict, found: evidence ? found : withoutEvidence(found) };
      others.push({ ...other, ...(isRedacted && { isRedacted }) });
    }
  }
  return { same, unkept, redacted, others };
}

/** Has it lost something that the check may have looked into, and does it show where? */
function isIncomplete({ redacted: places = [], request, response, failure }: Exchange): boolean {
  const textAt: Readonly<Record<RedactedPlace, string | undefined>> = {
    'request url': request.url,
    'request headers': request.headers.flat().join(),
    'request body': request.body,
    'response headers': response?.headers.flat().join(),
    'response body': response?.body,
    failure: failure?.message,
  };
  return places.some((place) => textAt[place]?.includes(redactedText) === true);
}

function missing(reason: string): Verdict {
  return { is: 'error', reason };
}

/** What a check came to that had nothing to look at explains nothing. */
function withoutEvidence(found: Verdict): Verdict {
  return found.is === 'not-applicable' ? found : missing('The case has no evidence.');
}

function plannedCase(clause: Clause, id: string): PlannedCase {
  return { id: id as CaseId, clause: clause.id, microversion: microversion(id.split('@')[1] ?? '') };
}

function projectsOf({ identities }: TargetFacts): Projects {
  return Object.fromEntries(
    identities.flatMap(({ role, project }) => (project === undefined ? [] : [[role, project]])),
  );
}

/** Why the harness failed may lie outside of the evidence, such as the time of a case that was over. */
function isSame(told: Verdict, found: Verdict): boolean {
  if (told.is === 'error') return found.is === 'error';
  return isDeepStrictEqual(told, found);
}
