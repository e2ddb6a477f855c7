/** Bodies of refusals: one key by status, with code and message inside, as far as the manifest of the service states it. */
import type { Contract } from '../contract/model.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { Response } from './openapi-types.ts';
import { reasonOf } from './reasons.ts';
import { json } from './request-body.ts';
import { faultSchema } from './responses.ts';

export function faultResponses(statuses: readonly number[]): Readonly<Record<string, Response>> {
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      { description: reasonOf(status), content: json({ schema: faultSchema(status) }) },
    ]),
  );
}

export function faults({ faults: keys }: Contract, statuses: readonly number[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    statuses.map((status) => {
      const key = keys && (keys.byStatus.find((entry) => entry.status === status)?.key ?? keys.other);
      return [`fault-${status}`, key === undefined ? {} : wrapped(key)];
    }),
  );
}

function wrapped(key: string): JsonSchema {
  const inner: JsonSchema = {
    type: 'object',
    properties: { code: { type: 'integer' }, message: { type: 'string' } },
  };
  return { type: 'object', properties: { [key]: inner } };
}
