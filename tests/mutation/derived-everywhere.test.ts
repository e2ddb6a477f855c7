/** What holds of every fault that our own contract suggests. */
import { expect, test } from 'vitest';
import type { ReceivedResponse } from '../../src/client/exchange.ts';
import { withMember } from '../../src/clauses/body-members.ts';
import { ITEMS, KEYS, membersOf, pathKeys, pathText } from '../../src/contract/members.ts';
import type { Operation, Shape } from '../../src/contract/model.ts';
import { revisionAt } from '../../src/contract/questions.ts';
import { isJsonObject, jsonObject, type Json } from '../../src/json.ts';
import { formatMicroversion, includes, microversion, nextMicroversion, range } from '../../src/microversion.ts';
import type { Asked, DerivedFault } from '../../src/mutation/derived-fault.ts';
import { meets } from '../../src/mutation/tampered.ts';
import { keywordValues } from '../../src/schema/keyword-values.ts';
import { allClauses } from '../../suites/index.ts';
import { contract, derived, recognise, responseOf, requestFor, server, volume } from './own-faults.ts';

test('each id is there once and tells kind, operation and range', () => {
  expect(new Set(derived.map(({ id }) => id)).size).toBe(derived.length);
  expect(derived.filter(({ id, kind, operation }) => !id.startsWith(`${kind}:${operation}:`))).toEqual([]);
  for (const fault of derived) expect(rangeOf(fault).first.major, fault.id).toBe(2);
});

test('each has a sentence, and either answers itself or changes replies', () => {
  for (const { id, summary, respond: answer, change } of derived) {
    expect(summary, id).toMatch(/^[A-Z].*\.$/);
    expect(
      [answer, change].filter((one) => one !== undefined),
      id,
    ).toHaveLength(1);
  }
});

test('every operation has some', () => {
  expect(new Set(derived.map(({ operation }) => operation))).toEqual(new Set(contract.operations.map(({ id }) => id)));
});

test('clauses name every kind that there is, and no other', () => {
  const named = allClauses([contract]).flatMap(({ killedBy }) => killedBy);
  const kinds = new Set(named.filter((name) => name.startsWith('derived:')));
  expect([...kinds].sort()).toEqual([...new Set(derived.map(({ kind }) => kind))].sort());
});

test('what a clause names has a fault of its own operation', () => {
  const own = new Set(derived.map(({ kind, operation }) => `${kind} ${operation}`));
  const lost = allClauses([contract]).flatMap(({ id, operation, killedBy }) =>
    killedBy
      .filter((name) => name.startsWith('derived:') && !own.has(`${name} ${operation}`))
      .map((name) => `${id}: ${name}`),
  );
  expect(lost).toEqual([]);
});

interface Connection {
  readonly asked: Asked;
  readonly responses: readonly ReceivedResponse[];
}

/** The microversions beside which an operation changes, and those just before. */
function versionsOf({ revisions }: Operation): readonly string[] {
  const firsts = revisions.map(({ range: { first } }) => first);
  const lasts = revisions.map(({ range: { first, last } }) => last ?? nextMicroversion(first));
  return [...new Set([...firsts, ...lasts].map(formatMicroversion))];
}

const headers = [
  ['x-openstack-request-id', 'req-1'],
  ['x-compute-request-id', 'req-1'],
  ['openstack-api-version', 'compute 2.1'],
  ['x-openstack-nova-api-version', '2.1'],
  ['vary', 'OpenStack-API-Version'],
  ['content-type', 'application/json'],
] as const;

/** Requests of many sorts for an operation, with all replies that it documents. */
function connectionsOf(operation: Operation): readonly Connection[] {
  const pathOf = (named = volume): string =>
    operation.path
      .replace('{server_id}', server)
      .replace('{volume_id}', encodeURIComponent(named))
      .replace('{ip}', '192.0.2.1');
  return versionsOf(operation).flatMap((version) => {
    const at = microversion(version);
    const revision = revisionAt(operation, at);
    if (!revision) return [];
    const sample = (side: 'request' | 'response'): Json | undefined =>
      operation.samples.find((one) => one.side === side && includes(one.range, at))?.value;
    const [{ status, body }] = revision.responses;
    const successes = body.kind === 'json' ? [sample('response'), wholeResponse(operation)] : [undefined];
    const responses = [
      ...successes.map((success) => responseOf(status, success, headers)),
      ...[400, 401, 403, 404, 406, 409, 410, 500, 501].map((code) =>
        responseOf(code, { fault: { code, message: 'No.' } }, headers),
      ),
    ];
    const { body: asked } = revision.request;
    const bodies =
      asked.kind === 'json'
        ? [
            ...bodiesFor(operation, sample('request')),
            ...requestSamples(operation).flatMap(alteredSamples),
            ...bodiesOfMembers(operation),
            ...bodiesAtLimits(operation, asked.shape),
          ]
        : [undefined];
    const sent = [
      ...bodies.map((one) => ({ one, query: '', wanted: version })),
      ...queriesOf(operation).flatMap((query) =>
        [version, '2.999'].flatMap((wanted) => bodies.slice(0, 2).map((one) => ({ one, query, wanted }))),
      ),
    ].map(({ one, query, wanted }) => ({
      ...{ method: operation.method, path: pathOf(one?.volume) + query, version: wanted },
      ...one,
    }));
    return sent.flatMap((asking) => {
      const asked = recognise(requestFor(asking), operation.id);
      return asked?.operation === operation.id ? [{ asked, responses }] : [];
    });
  });
}

/** None, each parameter that a revision knows, and one that none knows. */
function queriesOf({ revisions }: Operation): readonly string[] {
  const names = revisions.flatMap(({ request }) => request.query.map(({ name }) => name));
  return ['', ...new Set(names.map((name) => `?${name}=x`)), '?foo=1'];
}

/** A success with every member of every revision. */
function wholeResponse({ revisions }: Operation): Json {
  const placed = revisions.flatMap(({ responses: [{ body }] }) => (body.kind === 'json' ? membersOf(body.shape) : []));
  return placed.reduce<Json>((whole, { path }) => placedIn(whole, path, 'x', 'kept'), {});
}

/** For each member that a revision knows two with that member alone, of other types, and one with an unknown member beside it. */
function bodiesOfMembers({ revisions, when }: Operation): readonly Sent[] {
  const least = (when ?? []).reduce<Json>(
    (body, { place }) => (place.in === 'body' ? placedIn(body, pathKeys(place.pointer), 1) : body),
    {},
  );
  const placed = revisions.flatMap(({ request: { body } }) => (body.kind === 'json' ? membersOf(body.shape) : []));
  const paths = new Map(placed.map(({ path }) => [pathText(path), path]));
  return [...paths.values()].flatMap((path) => [
    ...[5, {}].map((value) => ({ body: placedIn(least, path, value) })),
    { body: placedIn(least, [...path.slice(0, -1), 'extra'], 1) },
  ]);
}

/** The value with another one at a path, in one item of each list on the way. `kept`: unless something is there. */
function placedIn(value: Json, path: readonly string[], inner: Json, kept?: 'kept'): Json {
  const [key, ...rest] = path;
  if (key === undefined) return kept && (isJsonObject(value) || Array.isArray(value)) ? value : inner;
  if (key === ITEMS)
    return [placedIn(Array.isArray(value) ? ((value as readonly Json[])[0] ?? {}) : {}, rest, inner, kept)];
  const object = jsonObject(value);
  const name = key === KEYS ? 'osc' : key;
  return { ...object, [name]: placedIn(object[name] ?? {}, rest, inner, kept) };
}

/** `volume`: in the path, where another than the usual one. */
type Sent = ({ readonly body: Json } | { readonly raw: string }) & { readonly volume?: string };

const group = { name: 'x', policies: ['affinity'], policy: 'affinity', rules: { max_server_per_host: 1 } };

/** Those of all microversions. */
function requestSamples({ samples }: Operation): readonly Json[] {
  return samples.filter(({ side }) => side === 'request').map(({ value }) => value);
}

/** A sample, and others that differ from it at its root, in its content, and in the types of its members. */
function alteredSamples(sample: Json): readonly Sent[] {
  const root = jsonObject(sample);
  const bodies: readonly Json[] = [
    sample,
    { ...root, extra: 1 },
    ...Object.entries(root).flatMap(([key, content]): readonly Json[] => {
      if (!isJsonObject(content)) return [{ [key]: 5 }, { [key]: {} }, { [key]: { extra: 1 } }];
      const wrong = Object.entries(content).map(([name, value]) => [name, isJsonObject(value) ? 5 : {}] as const);
      return [{ [key]: 5 }, { [key]: {} }, { [key]: { ...content, extra: 1 } }, { [key]: Object.fromEntries(wrong) }];
    }),
  ];
  return bodies.map((body) => ({ body }));
}

/** A full one, and others that are wrong in one way or another. */
function bodiesFor({ id }: Operation, sample: Json | undefined): readonly Sent[] {
  const volumeId = id === 'compute/swap-volume' ? '33333333-3333-4333-8333-333333333333' : volume;
  const full = { volumeId, device: '/dev/vdb', tag: 'x', delete_on_termination: true, serverId: server, id: volume };
  const wrong = Object.fromEntries(Object.keys(full).map((name) => [name, name === 'volumeId' ? `${volumeId}!` : 5]));
  const bodies: readonly Json[] = [
    ...(sample === undefined ? [] : [sample]),
    { volumeAttachment: full },
    { volumeAttachment: id === 'compute/update-volume-attachment' ? { ...wrong, volumeId: 5 } : wrong },
    { volumeAttachment: { ...full, extra: 1 }, extra: 1 },
    { volumeAttachment: {} },
    { volumeAttachment: 5 },
    { server_group: { ...group, extra: 1, rules: { ...group.rules, extra: 1 } } },
    { server_group: { name: 5, policies: 5, policy: 5, rules: { max_server_per_host: 'x' } } },
    { server_group: { ...group, rules: 5 } },
    { tags: 5 },
    { tags: [5, 'x'.repeat(61)] },
    {},
  ];
  return [...bodies.map((body) => ({ body })), { raw: 'no JSON' }];
}

/** For each keyword of each member, a body with the last value that fits it, and one with the first that does not. */
function bodiesAtLimits(operation: Operation, shape: Shape): readonly Sent[] {
  const [{ body: full } = { body: {} }] = bodiesFor(operation, undefined).filter((one) => 'body' in one);
  return membersOf(shape)
    .filter(({ path }) => !path.includes(ITEMS))
    .flatMap(({ path, member }) =>
      keywordValues(operation, member.shape).flatMap(({ inside, outside }) =>
        [...inside.slice(-1), ...outside.slice(0, 2)].map((value) => ({
          body: withMember(jsonObject(full), path, value),
          // An update names its volume twice.
          ...(operation.id === 'compute/update-volume-attachment' &&
            path.at(-1) === 'volumeId' &&
            typeof value === 'string' && { volume: value }),
        })),
      ),
    );
}

const connections = new Map(contract.operations.map((operation) => [operation.id, connectionsOf(operation)]));

test.each(contract.operations.map(({ id }) => id))(
  'each fault of %s acts somewhere, and nowhere outside its range',
  (operation) => {
    const own = derived.filter((fault) => fault.operation === operation);
    const acting = own.map((fault) => ({ fault, at: connectionsWith(fault, connections.get(operation) ?? []) }));
    expect(acting.filter(({ at }) => at.length === 0).map(({ fault }) => fault.id)).toEqual([]);
    const outside = acting.flatMap(({ fault, at }) =>
      at.filter(({ microversion: version }) => !includes(rangeOf(fault), version)).map(() => fault.id),
    );
    expect(outside).toEqual([]);
  },
);

test('no fault meets another operation, or a microversion that is refused unless it is about those', () => {
  const all = [...connections.values()].flat();
  const wrong = derived.filter((fault) =>
    all.some(
      ({ asked }) =>
        meets(fault, asked) &&
        (asked.operation !== fault.operation || asked.refusedVersion !== (fault.versions === 'refused')),
    ),
  );
  expect(wrong).toEqual([]);
  expect(new Set(derived.flatMap(({ kind, versions }) => (versions ? [kind] : [])))).toEqual(
    new Set(['derived:ignores-version-header']),
  );
});

function connectionsWith(fault: DerivedFault, among: readonly Connection[]): readonly Asked[] {
  return among
    .filter(({ asked }) => meets(fault, asked))
    .filter(
      ({ asked, responses }) => fault.respond?.(asked) ?? responses.some((response) => fault.change?.(asked, response)),
    )
    .map(({ asked }) => asked);
}

function rangeOf({ id }: DerivedFault) {
  return range(id.slice(id.lastIndexOf(':') + 1));
}
