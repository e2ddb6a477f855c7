/** Operators on ranges of microversions: each begins or ends one microversion too early or too late. */

import { type MicroversionRange, nextMicroversion, previousMicroversion } from '../../../src/microversion.ts';
import type { BodyRules, EndpointRules } from '../kernel/endpoint.ts';
import type { Property, Shape } from '../kernel/shape.ts';
import { type Mutated, type Mutation, mutation } from './mutation.ts';

type Ranged = Readonly<{ range?: MicroversionRange }>;
type Move = keyof typeof moves;

/** A shift that would leave a range empty has no effect. */
const moves = {
  'begins-early': ({ first, ...range }: MicroversionRange) => ({
    ...range,
    first: previousMicroversion(first) ?? first,
  }),
  'begins-late': ({ first, ...range }: MicroversionRange) => ({ ...range, first: nextMicroversion(first) }),
  'ends-early': ({ last, ...range }: MicroversionRange) => ({ ...range, last: last && previousMicroversion(last) }),
  'ends-late': ({ last, ...range }: MicroversionRange) => ({ ...range, last: last && nextMicroversion(last) }),
  'never-ends': ({ first }: MicroversionRange) => ({ first, last: undefined }),
} as const satisfies Readonly<Record<string, (range: MicroversionRange) => MicroversionRange>>;

const words: Readonly<Record<Move, string>> = {
  'begins-early': 'begins one microversion too early',
  'begins-late': 'begins one microversion too late',
  'ends-early': 'ends one microversion too early',
  'ends-late': 'ends one microversion too late',
  'never-ends': 'never ends',
};

const beginnings = ['begins-early', 'begins-late'] as const;
const endings = ['ends-early', 'ends-late', 'never-ends'] as const;

export function rangeMutations(one: Mutated): readonly Mutation[] {
  const { range, query, body, checks, success, response, gates = {} } = one.rules;
  const fields = response?.fields ?? [];
  return [
    ...shifted(one, 'endpoint', range ? [{ range }] : [], (move) => (rules) => move(rules)),
    ...(checks.includes('query') ? beginnings : []).map((move) =>
      shift(one, 'query.unknown', move, ({ query: now }) => ({ query: { ...now, strict: moves[move](now.strict) } })),
    ),
    ...unique(fields.map(({ name }) => name)).flatMap((name) =>
      shifted(
        one,
        `field.${name}`,
        named(fields, name),
        (move) =>
          ({ response: now }) =>
            now
              ? { response: { ...now, fields: now.fields.map((field) => (field.name === name ? move(field) : field)) } }
              : {},
      ),
    ),
    ...Object.entries(query.properties).flatMap(([name, property]) =>
      shifted(one, `query.${name}`, [property], (move) => ({ query: now }) => ({
        query: { ...now, properties: changedProperty(now.properties, name, move) },
      })),
    ),
    ...Object.entries(gates).flatMap(([name, open]) =>
      shifted(one, `gate.${name}`, [{ range: open }], (move) => ({ gates: now }) => {
        const { range: changed = open } = move({ range: now?.[name] ?? open });
        return { gates: { ...now, [name]: changed } };
      }),
    ),
    ...(body ? bodyMutations(one, body) : []),
    ...(success.length > 1 ? statusMutations(one) : []),
  ];
}

function bodyMutations(one: Mutated, { envelope, shape }: BodyRules): readonly Mutation[] {
  return pathsOf(shape).flatMap(({ path, property }) => {
    const part = ['body', ...(envelope === undefined || path[0] !== envelope ? path : path.slice(1))].join('.');
    const change =
      (move: (one: Property) => Property) =>
      ({ body }: EndpointRules): Partial<EndpointRules> =>
        body ? { body: { ...body, shape: changedAt(body.shape, path, move) } } : {};
    const { typesAt = [], requiredAt = [], closed } = property;
    const values = (property.items ?? property).enumAt ?? [];
    return [
      ...shifted(one, part, [property], (move) => change((now) => move(now))),
      ...shifted(one, `${part}.values`, values, (move) => change((now) => withValues(now, move))),
      ...shifted(one, `${part}.closed`, typeof closed === 'object' ? [{ range: closed }] : [], (move) =>
        change((now) => (typeof now.closed === 'object' ? { ...now, closed: move({ range: now.closed }).range } : now)),
      ),
      ...shifted(one, `${part}.types`, typesAt, (move) =>
        change((now) => ({ ...now, typesAt: (now.typesAt ?? []).map(move) })),
      ),
      ...shifted(one, `${part}.required`, requiredAt, (move) =>
        change((now) => ({ ...now, requiredAt: (now.requiredAt ?? []).map(move) })),
      ),
    ];
  });
}

/** All successes at once, so that every microversion still has one. */
function statusMutations(one: Mutated): readonly Mutation[] {
  const early = (range: MicroversionRange): MicroversionRange => moves['ends-early'](moves['begins-early'](range));
  const late = (range: MicroversionRange): MicroversionRange => moves['ends-late'](moves['begins-late'](range));
  return (
    [
      ['early', early],
      ['late', late],
    ] as const
  ).map(([when, move]) =>
    mutation(
      one,
      `shift-range:success:${when}`,
      `The success status of the endpoint ${one.name} changes one microversion too ${when}.`,
      ({ success }) => ({ success: success.map((each) => (each.range ? { ...each, range: move(each.range) } : each)) }),
    ),
  );
}

function withValues(property: Property, move: <One extends Ranged>(one: One) => One): Property {
  if (property.items) return { ...property, items: withValues(property.items, move) };
  return { ...property, enumAt: (property.enumAt ?? []).map(move) };
}

/** The mutations of a part with ranges of its own, by the ends that it has. */
function shifted(
  one: Mutated,
  part: string,
  ranged: readonly Ranged[],
  change: (move: <One extends Ranged>(one: One) => One) => (rules: EndpointRules) => Partial<EndpointRules>,
): readonly Mutation[] {
  const found = unique(ranged.flatMap(({ range }) => (range ? ends(range) : [])));
  return found.map((move) =>
    shift(
      one,
      part,
      move,
      change((each) => (each.range ? { ...each, range: moves[move](each.range) } : each)),
    ),
  );
}

function shift(
  one: Mutated,
  part: string,
  move: Move,
  change: (rules: EndpointRules) => Partial<EndpointRules>,
): Mutation {
  return mutation(one, `shift-range:${part}:${move}`, `Of the endpoint ${one.name}, ${part} ${words[move]}.`, change);
}

/** The first microversion of the service has no predecessor. */
function ends(range: MicroversionRange): readonly Move[] {
  return [...(range.first.minor > 1 ? beginnings : []), ...(range.last ? endings : [])];
}

interface Place {
  readonly path: readonly string[];
  readonly property: Property;
}

function pathsOf({ properties = {} }: Shape): readonly Place[] {
  return Object.entries(properties).flatMap(([name, property]) => [
    { path: [name], property },
    ...pathsOf(property).map((inner) => ({ ...inner, path: [name, ...inner.path] })),
  ]);
}

function changedAt(shape: Shape, [name = '', ...rest]: readonly string[], change: (one: Property) => Property): Shape {
  const { properties = {} } = shape;
  const inner = (one: Property): Property => (rest.length === 0 ? change(one) : changedAt(one, rest, change));
  return { ...shape, properties: changedProperty(properties, name, inner) };
}

function changedProperty(
  properties: Readonly<Record<string, Property>>,
  name: string,
  change: (one: Property) => Property,
): Readonly<Record<string, Property>> {
  const property = properties[name];
  return property ? { ...properties, [name]: change(property) } : properties;
}

function named<One extends { readonly name: string }>(all: readonly One[], name: string): readonly One[] {
  return all.filter((one) => one.name === name);
}

function unique<One>(all: readonly One[]): readonly One[] {
  return [...new Set(all)];
}
