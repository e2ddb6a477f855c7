/** Checks a journal against its evidence: each case that was run is evaluated again by the same checks. */
import { isDeepStrictEqual } from 'node:util';
import type { Exchange, RedactedPlace } from '../../src/client/exchange.ts';
import { redacted as redactedText } from '../../src/client/redaction.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { reevaluateOn, type Evidence, type Projects } from '../../src/execution/reevaluate.ts';
import type { CaseId, PlannedCase } from '../../src/planning/plan-cases.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Verdict, VerdictKind } from '../../src/clauses/verdict.ts';
import type { Contracts } from '../../src/contract/contracts.ts';
import { microversion } from '../../src/microversion.ts';
import { boundVerdict } from '../../src/report/bound-json.ts';
import type { CaseLine, ConfirmationLine, EarlierLine } from '../../src/records/journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import type { TargetFacts } from '../../src/records/run-facts.ts';

export interface JudgedAgain {
  /** Cases with the same verdict and the same findings. */
  readonly same: number;
  /** Cases without evidence, because they ended undecided before the first exchange. */
  readonly unkept: number;
  /** Cases that failed or were not decided because of redacted text, so that the verdict cannot be reproduced. */
  readonly redacted: number;
  readonly others: readonly OtherVerdict[];
}

export interface OtherVerdict {
  readonly case: string;
  readonly recorded: Verdict;
  readonly found: Verdict;
  /** Its evidence is redacted. */
  readonly isRedacted?: true;
}

/** Verdicts that a case may have without evidence. */
const undecided: ReadonlySet<VerdictKind> = new Set(['error', 'inconclusive', 'not-attempted']);

/** Verdicts in favour of the target: they count only if the evidence reproduces them. */
const favourable: ReadonlySet<VerdictKind> = new Set(['pass', 'warn', 'not-applicable']);

/** A check may decide that its clause does not apply without any exchange. */
const nothing: Evidence = { exchanges: [], transcript: emptyTranscript };

export async function judgeRunAgain(
  { header, earlier = [], results, confirmations = [] }: Journal,
  contracts: Contracts,
  target: Target,
  clauses: ReadonlyMap<string, Clause>,
  evidenceOf: (line: CaseLine | ConfirmationLine | EarlierLine) => Evidence | undefined,
): Promise<JudgedAgain> {
  const reevaluate = reevaluateOn(contracts, target, projectsOf(header.target));
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
      : missing('There is no clause with this id.');
    const isRedacted = clause !== undefined && evidence?.exchanges.some(isIncomplete) === true;
    if (isSame(line.verdict, boundVerdict(found))) same += 1;
    else if (isRedacted && !favourable.has(line.verdict.is)) redacted += 1;
    else {
      const other = { case: line.id, recorded: line.verdict, found: evidence ? found : withoutEvidence(found) };
      others.push({ ...other, ...(isRedacted && { isRedacted }) });
    }
  }
  return { same, unkept, redacted, others };
}

/** Was text removed from the exchange that the check may have read? */
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

/** Without evidence, only not-applicable is a meaningful result of a check. */
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

/** The cause of an error of the harness may be outside the evidence, such as a timeout of the case. */
function isSame(recorded: Verdict, found: Verdict): boolean {
  if (recorded.is === 'error') return found.is === 'error';
  return isDeepStrictEqual(recorded, found);
}
