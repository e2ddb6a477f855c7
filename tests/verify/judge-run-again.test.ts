/** Cases that ended before anything was sent: which of them are taken without evidence. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { createRunFolder } from '../../cli/run/run-folder.ts';
import { evidenceIn } from '../../cli/run/evidence-file.ts';
import { judgeRunAgain, type JudgedAgain } from '../../cli/verify/judge-run-again.ts';
import { targetOfFacts } from '../../cli/verify/target-of-facts.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Check, Clause } from '../../src/clauses/clause.ts';
import { NotBound } from '../../src/execution/errors.ts';
import { expectResponse, expectValue } from '../../src/clauses/matchers.ts';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import type { CaseId } from '../../src/planning/plan-cases.ts';
import { emptyTranscript, type Failure, type RecordedInput } from '../../src/execution/transcript.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import type { CaseLine } from '../../src/records/journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import { allClauses } from '../../suites/index.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { fixedJournal } from '../reporters/fixed-record.ts';

const [{ contract }] = (await chosenContracts({})).chosen;
const some = allClauses([contract]).find(({ id }) => id === 'compute/show-volume-attachment#answers-200');

async function judged(check: Check, verdict: Verdict, evidence?: Evidence): Promise<JudgedAgain> {
  if (!some) throw new Error('The clause is gone.');
  const id: CaseId = `${some.id}@2.1`;
  const clause: Clause = { ...some, check };
  const line: CaseLine = { line: 'case', id, verdict, finishedAt: '', durationMs: 0, exchanges: 0 };
  const header: Journal['header'] = {
    ...fixedJournal.header,
    cases: [{ id, clause: clause.id, operation: clause.operation, microversion: '2.1', identities: ['member'] }],
  };
  const target = targetOfFacts(header.target, ['compute']);
  if (!target) throw new Error('The target has no range.');
  const byId = new Map([[clause.id, clause]]);
  return judgeRunAgain({ header, results: [line], lostLines: 0 }, [contract], target, byId, () => evidence);
}

const notBound: Check = () => Promise.reject(new NotBound('It says nothing here.'));
const asksFirst: Check = ({ fixture }) => fixture(() => Promise.resolve([]));
const notApplicable: Verdict = { is: 'not-applicable', reason: 'It says nothing here.' };
const received = (...inputs: readonly RecordedInput[]): Evidence => ({
  exchanges: [],
  transcript: { ...emptyTranscript, inputs },
});
const failed = (failure: Failure): Evidence => received({ asked: 0, is: 'failure', failure });

test.each<readonly [string, Check, Verdict, Evidence | undefined, Partial<JudgedAgain>]>([
  ['not applicable, as the check says unasked', notBound, notApplicable, undefined, { same: 1 }],
  [
    'not applicable, as the check was told',
    asksFirst,
    notApplicable,
    failed({ is: 'not-bound', message: 'It says nothing here.' }),
    { same: 1 },
  ],
  [
    'inconclusive, and why was kept',
    asksFirst,
    { is: 'inconclusive', reason: 'No server.', cause: 'a server' },
    failed({ is: 'unreached', root: 'a server', message: 'No server.' }),
    { same: 1 },
  ],
  [
    'inconclusive for want of a token',
    asksFirst,
    { is: 'inconclusive', reason: 'No token.', cause: 'a token' },
    undefined,
    { unkept: 1 },
  ],
  [
    'not attempted for want of room',
    asksFirst,
    { is: 'not-attempted', reason: 'No room.', remedy: 'Raise the quota.' },
    failed({ is: 'no-capacity', message: 'No room.', remedy: 'Raise the quota.' }),
    { same: 1 },
  ],
  ['an error', asksFirst, { is: 'error', reason: 'Lost.' }, undefined, { unkept: 1 }],
])('takes a case that is %s', async (_, check, verdict, evidence, expected) => {
  expect(await judged(check, verdict, evidence)).toEqual({ same: 0, unkept: 0, redacted: 0, others: [], ...expected });
});

test.each<readonly [string, Check, Verdict, Evidence | undefined]>([
  ['not applicable, where the check asks for something', asksFirst, notApplicable, undefined],
  ['not applicable for another reason', notBound, { ...notApplicable, reason: 'Too old.' }, undefined],
  [
    'inconclusive for another reason',
    asksFirst,
    { is: 'inconclusive', reason: 'None.', cause: 'a volume' },
    failed({ is: 'unreached', root: 'a server', message: 'No server.' }),
  ],
  ['a pass', notBound, { is: 'pass' }, undefined],
])('refuses a case that is told as %s', async (_, check, verdict, evidence) => {
  const { same, unkept, others } = await judged(check, verdict, evidence);
  expect([same, unkept, others.length]).toEqual([0, 0, 1]);
});

test('what a check was given is kept where nothing was sent', () => {
  const folder = createRunFolder(join(temporaryFolder(), 'run'));
  const id = 'compute/show-volume-attachment#answers-200@2.1';
  const { transcript } = failed({ is: 'not-bound', message: 'It says nothing here.' });
  expect(folder.keepEvidence({ id, exchanges: [], transcript: emptyTranscript })).toBeUndefined();
  const kept = folder.keepEvidence({ id, exchanges: [], transcript }) ?? '';
  expect(evidenceIn(folder.path)(id, kept)).toEqual({ exchanges: [], transcript });
});

test('what speaks against a target and rests on a place from which a secret was taken out is taken, and counted; a pass is not', async () => {
  const exchange: Exchange = {
    ...{ id: 'x1', purpose: 'act', identity: 'member', startedAt: '', durationMs: 1 },
    request: { method: 'GET', url: 'http://compute.test/v2.1/servers/s1', headers: [] },
    response: { status: 200, headers: [], body: '{"name": "[redacted]"}' },
  };
  const asks: Check = async (ctx) => {
    const path = '/servers/s1';
    const response = await ctx.send({ service: 'compute', method: 'GET', path, purpose: 'act' });
    return expectResponse(response, 200, (shown) => expectValue(shown, '/name', 'as it was'));
  };
  const evidence = received({ asked: 0, is: 'response', exchanges: ['x1'] });
  const finding = { kind: 'value', exchange: 'x1', pointer: '/name', expected: 'as it was', seen: 'a secret' } as const;
  const unlike: Verdict = { is: 'fail', findings: [finding] };
  const judge = (one: Exchange, recorded: Verdict = unlike): Promise<JudgedAgain> =>
    judged(asks, recorded, { ...evidence, exchanges: [one] });
  const marked: Exchange = { ...exchange, redacted: ['response body'] };
  expect(await judge(marked)).toMatchObject({ same: 0, redacted: 1, others: [] });
  // Whoever sets a mark could make a pass of anything.
  for (const recorded of [{ is: 'pass' }, notApplicable] as const) {
    expect(await judge(marked, recorded)).toMatchObject({ redacted: 0, others: [{ recorded, isRedacted: true }] });
  }
  expect(await judge(exchange)).toMatchObject({ redacted: 0, others: [{ found: { is: 'fail' } }] });
  const elsewhere: Exchange = { ...exchange, redacted: ['response headers'] };
  expect(await judge(elsewhere)).toMatchObject({ redacted: 0, others: [{ found: { is: 'fail' } }] });
});
