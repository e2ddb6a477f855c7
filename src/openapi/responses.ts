/** What an operation answers: success codes with their bodies, and the fault of each documented error code. */
import type { DocumentedResponse } from '../contract/model.ts';
import { plainSchema, type SchemaShelf } from './body-schemas.ts';
import type { Group, Variant } from './group-operations.ts';
import type { Header, MediaType, Reference, Response } from './openapi-types.ts';
import { reasonOf } from './reasons.ts';
import { json, namesOf, words } from './request-body.ts';

export type Responses = Readonly<Record<string, Response | Reference>>;

/** Codes in their order; `default` when the reference documents no success. */
export function responsesOf({ variants }: Group, fixturePool: SchemaShelf): Responses {
  const successes = statuses(variants, ({ revision }) => revision.responses.filter(({ assumed }) => !assumed));
  const errors = statuses(variants, ({ revision }) => revision.errors);
  const entries = [
    ...[...successes].map(
      ([status, saying]) => [String(status), success(status, saying, variants, fixturePool)] as const,
    ),
    ...[...errors]
      .filter(([status]) => !successes.has(status))
      .map(([status, saying]) => [String(status), error(status, saying, variants)] as const),
    ...(successes.size === 0
      ? [['default', { description: 'The reference documents no success code.' }] as const]
      : []),
  ];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface WithStatus {
  readonly status: number;
}

/** Who of those that share the call says a status. */
function statuses(
  variants: readonly Variant[],
  of: (variant: Variant) => readonly WithStatus[],
): ReadonlyMap<number, readonly Variant[]> {
  const found = new Map<number, Variant[]>();
  for (const variant of variants) {
    for (const { status } of of(variant)) found.set(status, [...(found.get(status) ?? []), variant]);
  }
  return found;
}

function success(
  status: number,
  saying: readonly Variant[],
  variants: readonly Variant[],
  fixturePool: SchemaShelf,
): Response {
  const responses = saying.flatMap((variant) => responseOf(variant, status));
  const references = new Map<string, Reference>();
  for (const [variant, { body }] of responses) {
    if (body.kind !== 'json') continue;
    const name = `${words(variant)}-response-${status}`;
    references.set(name, fixturePool.put(name, plainSchema(body.shape, variant.operation, 'response')));
  }
  const headers = headersOf(responses);
  const schema = unionOf([...references.values()]);
  return {
    description: description(status, saying, variants),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(schema && { content: json({ schema }) }),
  };
}

function responseOf(variant: Variant, status: number): readonly (readonly [Variant, DocumentedResponse])[] {
  return variant.revision.responses.filter((one) => one.status === status).map((one) => [variant, one] as const);
}

/** Responses of several operations need not differ in their form. */
function unionOf(references: readonly Reference[]): MediaType['schema'] | undefined {
  const [only, ...others] = references;
  return only && (others.length === 0 ? only : { anyOf: references });
}

function headersOf(responses: readonly (readonly [Variant, DocumentedResponse])[]): Readonly<Record<string, Header>> {
  const all = responses.flatMap(([{ operation }, { header }]) => header.map((one) => [one, operation] as const));
  const kept = all.filter(([{ name }]) => name.toLowerCase() !== 'content-type');
  return Object.fromEntries(
    kept.map(([{ name, required, shape }, operation]) => {
      const everywhere = required && responses.length === 1;
      return [name, { required: everywhere, schema: plainSchema(shape, operation, 'response') }];
    }),
  );
}

function error(status: number, saying: readonly Variant[], variants: readonly Variant[]): Response | Reference {
  if (saying.length === variants.length) return { $ref: `#/components/responses/${status}` };
  return { description: description(status, saying, variants), content: json({ schema: faultSchema(status) }) };
}

export function faultSchema(status: number): Reference {
  return { $ref: `#/components/schemas/fault-${status}` };
}

/** Where only some of those that share a call say a code, the description names them. */
function description(status: number, saying: readonly Variant[], variants: readonly Variant[]): string {
  const reason = reasonOf(status);
  if (saying.length === variants.length) return reason;
  const names = namesOf(variants);
  return `${reason} Of: ${saying.map((variant) => names.get(variant)).join(', ')}.`;
}
