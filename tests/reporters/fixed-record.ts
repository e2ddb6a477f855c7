/**
 * A run with every verdict, every kind of finding, and text that a hostile target might send.
 *
 * Made through the journal, as a real run is; times are fixed.
 */
import type { Finding, Verdict } from '../../src/clauses/verdict.ts';
import type { Erratum, OperationId } from '../../src/contract/model.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { Json } from '../../src/json.ts';
import type { Leak, ThingState } from '../../src/records/run-facts.ts';
import type {
  CaseLine,
  InventoryLine,
  EndLine,
  PlannedCase,
  PlannedClause,
  RunLine,
} from '../../src/records/journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import { evidenceFileOf, formatPlace } from '../../src/report/evidence-line.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { attachments, compute, evidence, volume } from './fixed-evidence.ts';
import { hostile } from './hostile.ts';

const list = 'compute/list-volume-attachments';
const attach = 'compute/attach-volume';
const update = 'compute/update-volume-attachment';
const detach = 'compute/detach-volume';

const operations: readonly OperationId[] = [list, attach, update, detach];

function clause(
  operation: OperationId,
  words: string,
  statement: string,
  level: PlannedClause['level'],
  more: Partial<PlannedClause> = {},
): PlannedClause {
  const source = { file: 'os-volume-attachments.inc', section: 'Attach a volume to an instance', line: 53 };
  const id = `${operation}#${words}`;
  return { id, operation, statement, level, kind: 'derived', source, range: '2.1-', errata: [], ...more };
}

const clauses: readonly PlannedClause[] = [
  clause(detach, 'answers-202', 'A success MUST answer 202.', 'MUST'),
  clause(list, 'answers-200', 'A success MUST answer 200.', 'MUST', {
    source: { file: 'os-volume-attachments.inc', section: 'List volume attachments for an instance', line: 12 },
  }),
  clause(list, 'limits', 'A list SHOULD honour the limit that the request names.', 'SHOULD', { kind: 'written' }),
  clause(attach, 'echoes-tag', 'The answer MUST repeat the tag sent in the request.', 'MUST', {
    kind: 'written',
    range: '2.70-',
    errata: ['attach-answers-200'],
  }),
  clause(attach, 'body', 'The body of a success MUST match the documented form.', 'MUST'),
  clause(attach, 'becomes-in-use', 'The volume MUST become in-use.', 'MUST', { kind: 'written' }),
  clause(update, 'negotiates', 'The answer MUST name the microversion that was used.', 'MUST'),
  clause(update, 'no-body', 'A success MUST NOT have a body.', 'MUST NOT'),
  clause(update, 'refuses-reader', 'A reader MUST be answered 403.', 'MUST', { kind: 'written' }),
];

function planned(operation: OperationId, words: string, microversion: string, identity = 'member'): PlannedCase {
  const id = `${operation}#${words}`;
  return { id: `${id}@${microversion}`, clause: id, operation, microversion, identities: [identity] };
}

const waiting = 'The server did not become ACTIVE within 60 s; it was last seen in BUILD.';

/** Every planned case with its verdict; undefined: a case without a line in the journal. */
const results: readonly (readonly [PlannedCase, Verdict | undefined])[] = [
  [planned(list, 'answers-200', '2.1'), { is: 'pass' }],
  [planned(list, 'answers-200', '2.104'), { is: 'pass' }],
  [planned(list, 'answers-200', '2.70'), { is: 'pass' }],
  [
    planned(list, 'limits', '2.104'),
    { is: 'warn', findings: [{ kind: 'status', exchange: 'x3', expected: [200], seen: 500 }] },
  ],
  [planned(attach, 'echoes-tag', '2.70'), fail(value('x4', '/volumeAttachment/tag', 'data', hostile.script))],
  [planned(attach, 'echoes-tag', '2.79'), fail(value('x4', '/volumeAttachment/tag', 'data'))],
  [planned(attach, 'echoes-tag', '2.60'), { is: 'not-applicable', reason: 'The clause speaks of 2.70 and later.' }],
  [
    planned(attach, 'body', '2.1'),
    fail(
      schema('x4', '/volumeAttachment/device', 'type', 'a string', { [hostile.terminal]: [hostile.xml, 1, null] }),
      schema('x4', '', 'required', 'a member "volumeAttachment"', hostile.long),
      { kind: 'status', exchange: 'x4', expected: [200, 202], seen: 418 },
      { kind: 'header', exchange: 'x4', name: 'content-type', expected: 'application/json', seen: hostile.bidi },
      { kind: 'body', exchange: 'x4', expected: 'a JSON body', seen: `a body that is not JSON: ${hostile.ci}` },
      value('x4', '/a~1b', { deep: [hostile.markdown] }, hostile.shell),
    ),
  ],
  [
    planned(attach, 'body', '2.104'),
    { is: 'error', reason: `POST ${attachments} got no complete response: ECONNRESET: ${hostile.terminal}` },
  ],
  [
    planned(attach, 'becomes-in-use', '2.1'),
    fail({
      kind: 'transition',
      exchange: 'x6',
      expected: 'volume status in-use',
      seen: `available ${hostile.terminal}`,
      waitedMs: 30000,
    }),
  ],
  [planned(attach, 'becomes-in-use', '2.104'), { is: 'inconclusive', reason: waiting, cause: 'server ACTIVE' }],
  [
    planned(update, 'negotiates', '2.85'),
    fail({ kind: 'header', exchange: 'x7', name: 'openstack-api-version', expected: 'compute 2.85', seen: null }),
  ],
  [
    planned(update, 'negotiates', '2.95'),
    {
      is: 'unstable',
      findings: [{ kind: 'status', exchange: 'x7', expected: [204], seen: 202 }],
      reason: 'It failed, and passed when it was run again alone on fresh fixtures.',
    },
  ],
  [planned(update, 'negotiates', '2.104'), { is: 'inconclusive', reason: waiting, cause: 'server ACTIVE' }],
  [
    planned(update, 'no-body', '2.85'),
    {
      is: 'waived',
      findings: [{ kind: 'body', exchange: 'x7', expected: 'no body', seen: `{"note": "${hostile.markdown}"}` }],
      waiver: 'Known until 2027-01-01: the proxy adds a body, see https://bugs.example/42',
    },
  ],
  [planned(update, 'no-body', '2.104'), undefined],
  [
    planned(update, 'refuses-reader', '2.85', 'reader'),
    {
      is: 'not-attempted',
      reason: 'The clause needs the identity reader, which was not given.',
      remedy: 'Give --os-reader-cloud',
    },
  ],
  [planned(detach, 'answers-202', '2.1'), { is: 'pass' }],
];

function fail(...findings: readonly [Finding, ...Finding[]]): Verdict {
  return { is: 'fail', findings };
}

function value(exchange: string, pointer: string, expected: Json, seen?: Json): Finding {
  return { kind: 'value', exchange, pointer, expected, ...(seen === undefined ? {} : { seen }) };
}

function schema(exchange: string, pointer: string, keyword: string, expected: string, seen: Json): Finding {
  return { kind: 'schema', exchange, pointer, keyword, expected, seen, clause: `${attach}#body` };
}

const erratum: Erratum = {
  id: 'attach-answers-200',
  operations: [attach],
  says: 'A success answers 202.',
  seen: 'Every release before 2.101 answers 200.',
  since: '2.1',
  evidence: 'Nova 26, 31 and 34 answer 200 below 2.101.',
  reading: 'A success answers 200 up to 2.100 and 202 from 2.101 on',
};

const leak: Leak = {
  type: 'volume',
  id: volume,
  name: 'osc-7f3a91-volume-3',
  command: `openstack volume delete ${volume}`,
  variables: ['OS_AUTH_URL', 'OS_USERNAME'],
};

export const runLine: RunLine = {
  line: 'run',
  format: 'openstack-conformance/journal',
  formatVersion: 1,
  tool: { name: 'openstack-conformance', version: '0.1.0' },
  run: {
    name: 'osc-7f3a91',
    startedAt: '2026-03-01T10:00:00.000Z',
    command: ['run', '--target', 'devstack'],
    limits: {
      resources: { server: 2, volume: 60 },
      requestsPerSecond: 10,
      lowered: [{ type: 'server', from: 24, to: 2 }],
    },
  },
  target: {
    name: 'devstack',
    services: {
      compute: { endpoint: compute, microversions: '2.1-2.104' },
      'block-storage': { endpoint: 'http://127.0.0.1:8776/v3' },
    },
    identities: [
      { role: 'member', given: true, option: '--os-cloud' },
      { role: 'reader', given: false, option: '--os-reader-cloud' },
    ],
    capabilities: [{ id: 'multiattach', has: true, source: 'found' }],
    fixtures: { flavor: 'm1.tiny', image: `cirros ${hostile.script}` },
  },
  contracts: [
    {
      service: 'compute',
      origin: { title: 'Compute API', revision: '2026-08', date: '2026-08-01', license: 'Apache-2.0' },
      digest: '4f'.repeat(32),
    },
  ],
  operations,
  clauses,
  cases: results.map(([plan]) => plan),
  errata: [erratum],
  scope: {
    resources: [{ id: 'volume-attachments', operations }],
    clauses: { selected: 9, total: 9 },
    cases: { selected: 17, total: 17 },
    otherMicroversions: 0,
    missing: [],
    outside: 0,
  },
};

export const caseLines: readonly CaseLine[] = results.flatMap(([{ id }, verdict], index) => {
  if (!verdict) return [];
  const sent = evidence[id]?.length ?? Number(verdict.is === 'pass');
  const file = sent > 0 ? { evidence: formatPlace({ file: evidenceFileOf(id), line: index + 1 }) } : {};
  const finishedAt = new Date(Date.parse('2026-03-01T10:00:01.000Z') + index * 1000).toISOString();
  return [{ line: 'case', id, verdict, finishedAt, durationMs: 250 + index, exchanges: sent, ...file }];
});

export const endLine: EndLine = {
  line: 'end',
  ended: 'completed',
  finishedAt: '2026-03-01T10:01:32.000Z',
  durationMs: 92_000,
  cost: {
    exchanges: 465,
    targetBusyMs: 80_120,
    targetMs: 183_400.5,
    ownCpuMs: 2140,
    created: { volume: 12, server: 4 },
  },
  leaks: [leak],
};

const state = (name: string, status: string, ...attachments: readonly string[]): ThingState => ({
  name,
  status,
  attachments,
});

export const inventoryLines: readonly InventoryLine[] = [
  {
    line: 'inventory',
    run: 'osc-7f3a91',
    when: 'before',
    lists: [
      { identity: 'member', type: 'server', count: 2 },
      { identity: 'member', type: 'volume', count: 3 },
      { identity: 'other', type: 'volume', failed: 'the reply was 500' },
    ],
  },
  {
    line: 'inventory',
    run: 'osc-7f3a91',
    when: 'after',
    lists: [
      { identity: 'member', type: 'server', count: 2 },
      { identity: 'member', type: 'volume', count: 4 },
      { identity: 'other', type: 'volume', count: 1 },
    ],
    changes: [
      { type: 'server', id: 'b1', before: state('build', 'ACTIVE') },
      { type: 'server', id: 'b2', after: state(hostile.script, 'ACTIVE', 'b3') },
      { type: 'volume', id: 'b3', before: state('data', 'available'), after: state(hostile.terminal, 'in-use', 'b2') },
    ],
    more: 4,
  },
];

export const fixedJournal: Journal = {
  header: runLine,
  results: caseLines,
  inventories: inventoryLines,
  footer: endLine,
  lostLines: 0,
};

export const fixedRecord: RunRecord = recordOf(fixedJournal);

export function recordOf(journal: Journal): RunRecord {
  return { report: buildReport(journal), evidence: (caseId) => evidence[caseId] ?? [] };
}
