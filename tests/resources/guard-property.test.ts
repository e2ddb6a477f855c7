/** Whatever changes something and is not the run's own never leaves: random requests over all documented operations. */
import { expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { isReading } from '../../src/resources/ownership-guard.ts';
import { matchPath, namesIn, type DeclaredChange, type Place } from '../../src/resources/declared-change.ts';
import { sendRequest, type ServiceRequest } from '../../src/execution/send-request.ts';
import { findOperation } from '../../src/contract/questions.ts';
import type { Body, Shape } from '../../src/contract/model.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { declaredChanges } from '../../suites/changes.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';
import { contractOf, plainOperation } from '../execution/tiny-contract.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const [{ contract }] = (await chosenContracts({}, () => true)).chosen;
const changing = contract.operations.filter(({ method }) => !isReading(method));
const declared = Object.entries(declaredChanges).flatMap(([service, changes]) =>
  changes.map((change) => ({ service, change })),
);

/** One of each type that the declarations refer to. */
const ours: Readonly<Record<string, string>> = {
  server: '0a000000-0000-4000-8000-000000000001',
  volume: '0a000000-0000-4000-8000-000000000002',
  user: '0a0000000000400080000000000000a3',
  project: '0a0000000000400080000000000000a4',
  'server-group': '0a000000-0000-4000-8000-000000000005',
  image: '0a000000-0000-4000-8000-000000000006',
  port: '0a000000-0000-4000-8000-000000000007',
  'security-group': '0a000000-0000-4000-8000-000000000008',
  'host-outage': 'host-9',
  'floating-ip': '0a000000-0000-4000-8000-000000000009',
};

async function run() {
  const tiny = tinyRun(contractOf(plainOperation('compute/show-thing', ['2.1-'])), () => responded(202));
  for (const [type, id] of Object.entries(ours)) {
    await tiny.run.ledger.intend(type, `osc-000000-${type}-1`);
    tiny.run.ledger.created({ type, name: `osc-000000-${type}-1`, id });
    await tiny.run.ledger.intend(type, `osc-000000-${type}-2`);
  }
  return tiny;
}

function foreign(random: Random): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.pick([...'0123456789abcdef'] as [string, ...string[]])).join('');
  const uuid = `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
  return random.pick([uuid, uuid.toUpperCase(), uuid.replaceAll('-', ''), `{${uuid}}`, `urn:uuid:${uuid}`]);
}

/** Other things than UUIDs by which a service may know something. */
function foreignName(random: Random): string {
  return random.pick([foreign(random), '1', '42', 'default', 'm1.tiny', 'osc-ffffff-keypair-1', 'admin']);
}

/** The same text as different readers see it. */
function disguised(random: Random, id: string): string {
  const once = encodeURIComponent(id);
  const codes = [...id].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  return random.pick([
    once,
    codes,
    encodeURIComponent(codes),
    `${once}%2F`,
    `.%2F${once}`,
    `x%2f..%2F${once}`,
    `${once}%3fx`,
  ]);
}

const purposes = ['act', 'observation', 'preparation', 'clean-up'] as const;
const identities = ['member', 'nobody'] as const;

function bodyOf(random: Random, body: Body): Json | undefined {
  if (body.kind !== 'json') return random.pick([undefined, {}, null]);
  return valueOf(random, body.shape);
}

function valueOf(random: Random, shape: Shape): Json {
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(shape.members.map(({ name, shape: inner }) => [name, valueOf(random, inner)]));
    case 'array':
      return [valueOf(random, shape.items)];
    case 'choice':
      return valueOf(random, random.pick(shape.options));
    case 'string':
      return foreignName(random);
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number':
      return random.below(100);
    case 'any':
    case 'null':
      return null;
  }
}

const count = 15;

test.each(seeds(count))('no documented operation is sent with ids of others only (%s)', async (seed) => {
  const random = seededRandom(seed);
  const { run: tiny, sent } = await run();
  const known = new Set(declared.map(({ change }) => change.call.replace(/\{[^}]*\}/g, '{}')));
  // Where ids are UUIDs, a request under test may name what is none.
  const nameFor = (method: string, path: string): string =>
    known.has(`${method} ${path.replace(/\{[^}]*\}/g, '{}')}`) ? foreign(random) : foreignName(random);
  for (const { method, path, revisions } of changing) {
    const revision = random.pick(revisions);
    const request: ServiceRequest = {
      service: 'compute',
      method: random.pick([method, method.toLowerCase()]),
      path: path.replace(/\{[^}]+\}/g, () => disguised(random, nameFor(method, path))),
      purpose: random.pick(purposes),
      as: random.pick(identities),
      ...withBody(random, bodyOf(random, revision.request.body)),
    };
    // Of more resources at once than a case may create the request is not even judged.
    await expect(sendRequest(tiny, request), `${request.method} ${request.path}`).rejects.toThrow(
      /was not sent|may create 3 resources at once/,
    );
  }
  expect(sent).toEqual([]);
});

test.each(seeds(count))(
  'a declared change is not sent with an id of others in any of its places (%s)',
  async (seed) => {
    const random = seededRandom(seed);
    const { run: tiny, sent } = await run();
    for (const { service, change } of declared) {
      for (const place of placesOf(change)) {
        const request = requestOf(service, change, random, { [place]: foreign(random) });
        await expect(sendRequest(tiny, request), `${change.call} with another's id in ${place}`).rejects.toThrow(
          'was not sent',
        );
      }
    }
    expect(sent).toEqual([]);
  },
);

test('a declared change is sent with what the run owns in all of its places', async () => {
  const { run: tiny, sent } = await run();
  const random = seededRandom(1);
  const kept = declared.filter(({ change }) => change.removed === undefined);
  for (const { service, change } of kept) await sendRequest(tiny, requestOf(service, change, random, {}));
  expect(sent).toHaveLength(kept.length);
});

/** Places that may name nothing but what is in the ledger. */
function placesOf({ refers }: DeclaredChange): readonly Place[] {
  return Object.entries(refers).flatMap(([place, reference]) => (reference?.or === 'anything' ? [] : [place as Place]));
}

function requestOf(
  service: string,
  change: DeclaredChange,
  random: Random,
  instead: Readonly<Partial<Record<Place, string>>>,
): ServiceRequest {
  const [method = '', template = ''] = change.call.split(' ');
  const valueAt = (place: Place): string | undefined =>
    instead[place] ?? ours[change.refers[place]?.to.type ?? ''] ?? (place.startsWith('path ') ? 'r' : undefined);
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const place: Place = `path ${name}`;
    const value = valueAt(place) ?? 'r';
    return instead[place] === undefined ? encodeURIComponent(value) : disguised(random, value);
  });
  const body: Record<string, unknown> = change.action === undefined ? {} : { [change.action]: null };
  for (const place of Object.keys(change.refers) as Place[]) {
    const value = place.startsWith('body ') ? valueAt(place) : undefined;
    if (value !== undefined) put(body, place, value);
  }
  if (change.creates) put(body, change.creates.name, `osc-000000-${change.creates.type}-2`);
  const strict = Object.keys(instead).length === 0;
  return {
    ...{ service, method, path },
    purpose: strict ? 'preparation' : random.pick(purposes),
    ...(method === 'DELETE' ? {} : withBody(random, body as JsonObject)),
  };
}

function put(body: Record<string, unknown>, place: Place, value: string): void {
  const segments = place.slice('body /'.length).split('/');
  let at = body;
  for (const [index, segment] of segments.entries()) {
    const key = segment === '*' ? '0' : segment;
    if (index === segments.length - 1) at[key] = value;
    else at = (at[key] ??= segments[index + 1] === '*' ? [] : {}) as Record<string, unknown>;
  }
}

function withBody(random: Random, body: Json | undefined): Pick<ServiceRequest, 'body' | 'rawBody'> {
  if (body === undefined) return {};
  return random.chance(0.7) ? { body } : { rawBody: JSON.stringify(body, null, 2) };
}

test('what is declared for an operation is its documented call, and each of its names stands in the path', () => {
  for (const { change } of declared) {
    const [method, path = ''] = change.call.split(' ');
    for (const id of change.operations ?? []) {
      const operation = findOperation(contract, id);
      expect(operation?.method, id).toBe(method);
      expect(matchPath(path.replace(/[{}]/g, ''), operation?.path.replace(/[{}]/g, '') ?? ''), id).toBeDefined();
    }
    const names = Object.keys(change.refers).filter((place) => place.startsWith('path '));
    expect(namesIn(change.call)).toEqual(expect.arrayContaining(names.map((place) => place.slice('path '.length))));
  }
});
