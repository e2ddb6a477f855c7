/** Parts that several records have in common. */
import type { OperationId } from '../contract/model.ts';
import type { Declaration, Of } from './declaration.ts';
import { count, define, list, map, note, object, oneOf, optional, ordinal, text, typed } from './declare.ts';

export const operationId = define('operation', typed<OperationId>({ type: 'string', pattern: '^[^/]+/.+$' }));

const toolSchema = object({ name: text, version: text });
export interface Tool extends Of<typeof toolSchema> {}
export const tool = define<Tool>('tool', toolSchema);

/** A place in the specs. */
const sourceSchema = object({ file: text, section: text, line: ordinal });
export interface Source extends Of<typeof sourceSchema> {}
export const source = define<Source>('source', sourceSchema);

export const ended = define(
  'ended',
  note(
    'completed, or what stopped the run.',
    oneOf('completed', 'interrupted', 'deadline', 'lost-target', 'write-error', 'crashed'),
  ),
);

export const runVerdict = oneOf('conformant', 'passed', 'non-conformant', 'partial');

const shardSchema = object({ index: ordinal, total: ordinal });
export interface ShardFacts extends Of<typeof shardSchema> {}
export const shard: Declaration<ShardFacts> = shardSchema;

const shareSchema = object({ selected: count, total: count });
export interface Share extends Of<typeof shareSchema> {}
export const share = define<Share>('share', shareSchema);

const fixtureSchema = object({ kind: text, id: text, name: optional(text), source: oneOf('given', 'chosen') });
export interface FixtureFacts extends Of<typeof fixtureSchema> {}
export const fixture: Declaration<FixtureFacts> = fixtureSchema;

export const identityName = oneOf('member', 'reader', 'other', 'admin', 'service');

export const capabilitySource = oneOf('declared', 'found', 'assumed');

const loweredSchema = object({ type: note('The resource type.', text), from: count, to: count });
export interface LoweredLimit extends Of<typeof loweredSchema> {}
const lowered: Declaration<LoweredLimit> = loweredSchema;

const rate = typed<number>({ type: 'number', exclusiveMinimum: 0 });

const limitsSchema = object({
  resources: note('By resource type.', map(count)),
  requestsPerSecond: optional(note('To all services together; unlimited when missing.', rate)),
  lowered: note('Limits that the quotas of the project reduced.', list(lowered)),
});
export interface LimitFacts extends Of<typeof limitsSchema> {}
export const limits: Declaration<LimitFacts> = note(
  'Limits of the run: resources at the same time, and the request rate.',
  limitsSchema,
);
/** `passed`: nothing failed, and the scope is not complete. */
export type RunVerdict = Of<typeof runVerdict>;
