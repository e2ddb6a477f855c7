/** Parts that several records have in common. */
import * as Type from 'typebox/type';
import type { OperationId } from '../contract/model.ts';
import { type Of, count, define, list, note, object, oneOf, optional, ordinal, text } from './declare.ts';

export const operationId = define('operation', Type.Unsafe<OperationId>({ type: 'string', pattern: '^[^/]+/.+$' }));

export const tool = define('tool', object({ name: text, version: text }));

/** A place in the specs. */
export const source = define('source', object({ file: text, section: text, line: ordinal }));

export const ended = define(
  'ended',
  note(
    'completed, or what stopped the run.',
    oneOf('completed', 'interrupted', 'deadline', 'lost-target', 'write-error', 'crashed'),
  ),
);

export const runVerdict = oneOf('conformant', 'passed', 'non-conformant', 'partial');

export const shard = object({ index: ordinal, total: ordinal });

export const share = define('share', object({ selected: count, total: count }));

export const fixture = object({ kind: text, id: text, name: optional(text), source: oneOf('given', 'chosen') });

export const capabilitySource = oneOf('declared', 'found', 'assumed');

const lowered = object({ kind: oneOf('servers', 'volumes'), from: count, to: count });

export const limits = note(
  'Limits of the run: resources at the same time, and the request rate.',
  object({
    servers: count,
    volumes: count,
    requestsPerSecond: optional(
      note('To all services together; unlimited when missing.', Type.Number({ exclusiveMinimum: 0 })),
    ),
    lowered: note('Limits that the quotas of the project reduced.', list(lowered)),
  }),
);

export type LimitFacts = Of<typeof limits>;
export type LoweredLimit = Of<typeof lowered>;
export type ShardFacts = Of<typeof shard>;
export type Share = Of<typeof share>;
export type FixtureFacts = Of<typeof fixture>;
/** `passed`: nothing failed, and the scope is not complete. */
export type RunVerdict = Of<typeof runVerdict>;
