/**
 * Checks that a value read from a journal has the form of one of its lines.
 */
import type { Rebuild } from '../execution/rebuild.ts';
import type { BoundWaiver } from '../planning/waivers/waiver.ts';
import type { ClientAccess } from '../resources/client-access.ts';
import { flag, list, map, number, oneOf, optional, shape, text, type Guard } from './guards.ts';
import type {
  CaseLine,
  ConfirmationLine,
  EarlierLine,
  EndLine,
  PlannedCase,
  PlannedClause,
  RunLine,
} from './journal.ts';
import type { LimitFacts, LoweredLimit } from './limit-facts.ts';
import type { Kept, Leak, RunPart, ShardFacts } from './record.ts';
import type { Missing, ScopeFacts, Share } from './scope.ts';
import { isOutline } from './outline-guard.ts';
import { isVerdict } from './verdict-guard.ts';

const source = shape<PlannedClause['source']>({ file: text, section: text, line: number });

const fixture = shape<NonNullable<RunLine['target']['fixtureFacts']>[number]>({
  kind: text,
  id: text,
  name: optional(text),
  source: oneOf('given', 'chosen'),
});

const target = shape<RunLine['target']>({
  name: text,
  release: optional(text),
  endpoints: map(text),
  microversions: text,
  identities: list(
    shape<RunLine['target']['identities'][number]>({
      role: text,
      given: flag,
      made: optional(oneOf(true)),
      unusable: optional(text),
      option: text,
      client: optional(shape<ClientAccess>({ options: list(text), variables: optional(list(text)) })),
      project: optional(text),
      user: optional(text),
    }),
  ),
  capabilities: list(shape<RunLine['target']['capabilities'][number]>({ id: text, has: flag, source: text })),
  fixtures: map(text),
  insecure: optional(list(text)),
  fixtureFacts: optional(list(fixture)),
});

const contract = shape<RunLine['contract']>({
  service: text,
  origin: shape<RunLine['contract']['origin']>({ title: text, revision: text, date: text, license: text }),
  digest: text,
  operations: optional(number),
});

const clause = shape<PlannedClause>({
  id: text,
  operation: text,
  suite: optional(text),
  statement: text,
  level: oneOf('MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY'),
  kind: oneOf('derived', 'written'),
  source,
  range: text,
  errata: list(text),
});

const plannedCase = shape<PlannedCase>({
  id: text,
  clause: text,
  operation: text,
  microversion: text,
  identities: list(text),
  verdict: optional(isVerdict),
});

const erratum = shape<RunLine['errata'][number]>({
  id: text,
  operations: list(text),
  says: text,
  seen: text,
  since: text,
  evidence: text,
  reading: text,
});

const waiver = shape<BoundWaiver>({
  waives: text,
  target: text,
  reason: text,
  link: text,
  owner: text,
  expires: text,
  listedAt: text,
  cases: list(text),
});

const limits = shape<LimitFacts>({
  servers: number,
  volumes: number,
  requestsPerSecond: optional(number),
  lowered: list(shape<LoweredLimit>({ kind: oneOf('servers', 'volumes'), from: number, to: number })),
});

const share = shape<Share>({ selected: number, total: number });

const scope = shape<ScopeFacts>({
  resources: list(shape<ScopeFacts['resources'][number]>({ id: text, operations: list(text) })),
  clauses: share,
  cases: share,
  otherMicroversions: number,
  missing: list(
    shape<Missing>({ kind: oneOf('identity', 'capability', 'read-only'), name: optional(text), clauses: number }),
  ),
  outside: number,
});

export const isRunLine = shape<RunLine>({
  line: oneOf('run'),
  format: oneOf('openstack-conformance/journal'),
  formatVersion: oneOf(1),
  tool: shape<RunLine['tool']>({ name: text, version: text }),
  run: shape<RunLine['run']>({
    name: text,
    startedAt: text,
    command: list(text),
    limits: optional(limits),
    shard: optional(shape<ShardFacts>({ index: number, total: number })),
    plan: optional(text),
    parts: optional(list(shape<RunPart>({ name: text, startedAt: text }))),
  }),
  target,
  contract,
  operations: list(text),
  clauses: list(clause),
  cases: list(plannedCase),
  errata: list(erratum),
  waivers: optional(list(waiver)),
  scope: optional(scope),
  outline: optional(isOutline),
});

const outcome = {
  id: text,
  verdict: isVerdict,
  finishedAt: text,
  durationMs: number,
  exchanges: number,
  evidence: optional(text),
} satisfies Readonly<Record<keyof Omit<CaseLine, 'line'>, Guard>>;

export const isCaseLine = shape<CaseLine>({ line: oneOf('case'), ...outcome });

export const isConfirmationLine = shape<ConfirmationLine>({ line: oneOf('confirmation'), ...outcome });

export const isEarlierLine = shape<EarlierLine>({
  line: oneOf('earlier'),
  run: text,
  alone: optional(oneOf(true)),
  ...outcome,
});

const leftover = { type: text, id: text, name: text, command: text, variables: optional(list(text)) };

export const isEndLine = shape<EndLine>({
  line: oneOf('end'),
  ended: oneOf('completed', 'interrupted', 'deadline', 'lost-target', 'write-error', 'crashed'),
  finishedAt: text,
  durationMs: number,
  cost: shape<EndLine['cost']>({
    exchanges: number,
    targetBusyMs: number,
    targetMs: number,
    ownCpuMs: number,
    created: map(number),
  }),
  leaks: list(shape<Leak>(leftover)),
  kept: optional(list(shape<Kept>({ ...leftover, case: text }))),
  rebuilds: optional(list(shape<Rebuild>({ what: text, reason: text, again: oneOf('built', 'failed') }))),
});
