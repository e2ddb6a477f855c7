/** A made-up service of two operations, its recipe, and a target that answers as its contract says. */
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { Recipes, RequestTemplate } from '../../src/clauses/recipe.ts';
import type {
  Contract,
  Facets,
  Member,
  Message,
  ObjectShape,
  Operation,
  Parameter,
  Revision,
  ScalarShape,
} from '../../src/contract/model.ts';
import { jsonObject, parseJson, type Json, type JsonObject } from '../../src/json.ts';
import { compareMicroversions, microversion, parseMicroversion, range } from '../../src/microversion.ts';
import { matchBody } from '../../src/schema/match.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { contractOf, noMessage, source } from '../execution/tiny-contract.ts';
import { responded } from '../execution/tiny-run.ts';

const scalar = (type: ScalarShape['type'], facets?: Facets): ScalarShape => ({
  type,
  nullable: false,
  ...(facets && { facets }),
});
const member = (name: string, shape: Member['shape'], required: boolean, since = '2.1-'): Member => ({
  name,
  required,
  shape,
  range: range(since),
  source,
});
const object = (...members: readonly Member[]): ObjectShape => ({
  type: 'object',
  nullable: false,
  members,
  open: false,
});
const parameter = (name: string, type: ScalarShape['type']): Parameter => ({
  name,
  required: false,
  shape: scalar(type),
  range: range('2.1-'),
  source,
});

const errors = [400, 401, 404].map((status) => ({ status, source }));

/** From 2.5 on things have a tag, and lists refuse what they do not know. */
const early = { range: range('2.1-2.4'), tags: [] as readonly Member[] };
const late = { range: range('2.5-'), tags: [member('tag', scalar('string'), false, '2.5-')] };

const create: Operation = {
  id: 'compute/create-thing',
  title: 'Create a thing',
  method: 'POST',
  path: '/boxes/{box_id}/things',
  source,
  range: range('2.1-'),
  revisions: [createAt(early), createAt(late)],
  notes: [],
  samples: [
    {
      side: 'request',
      file: 'things/create-req.json',
      range: range('2.1-'),
      value: { thing: { size: 7, colour: 'blue' } },
      source,
    },
    {
      side: 'response',
      file: 'things/create-resp.json',
      range: range('2.1-'),
      value: { thing: { id: 'a', size: 7 } },
      source,
    },
  ],
};

const remove: Operation = {
  id: 'compute/delete-things',
  title: 'Delete things',
  method: 'DELETE',
  path: '/boxes/{box_id}/things',
  source,
  range: range('2.1-'),
  revisions: [removeAt('2.1-2.4', 'ignored'), removeAt('2.5-', 'rejected')],
  notes: [],
  samples: [],
};

export const things: Contract = {
  ...contractOf(create, remove),
  faults: { byStatus: [{ status: 404, key: 'itemNotFound' }], other: 'badRequest' },
  requestIds: ['x-openstack-request-id', 'x-compute-request-id'],
};

type When = typeof early;

function createAt({ range: where, tags }: When): Revision {
  const sent = object(
    member('size', scalar('integer'), true),
    member('colour', scalar('string'), false),
    member('code', scalar('string', { minLength: 2, maxLength: 3, pattern: '^[a-z]+$' }), false),
    member('level', scalar('integer', { minimum: 1, maximum: 5 }), false),
    ...tags,
  );
  const shown = object(member('id', scalar('string'), true), member('size', scalar('integer'), true), ...tags);
  const request: Message = { ...noMessage, body: { kind: 'json', shape: object(member('thing', sent, true)) } };
  const answer = {
    status: 201,
    header: [],
    body: { kind: 'json', shape: object(member('thing', shown, true)) },
    source,
  } as const;
  return { range: where, request, responses: [answer], errors };
}

function removeAt(where: string, unknownQuery: Message['unknownQuery']): Revision {
  const request: Message = {
    ...noMessage,
    query: [{ ...parameter('limit', 'integer'), wrongValue: 'rejected' }],
    unknownQuery,
  };
  return {
    range: range(where),
    request,
    responses: [{ status: 204, header: [], body: { kind: 'none', source }, source }],
    errors,
  };
}

const values = {
  '/thing/size': 3,
  '/thing/colour': 'red',
  '/thing/code': 'abc',
  '/thing/level': 3,
  '/thing/tag': 'osc',
};
const template = async (): Promise<RequestTemplate> => ({
  path: { box_id: 'b1' },
  body: { thing: { size: 3 } },
  values,
  query: {},
});
const listTemplate = async (): Promise<RequestTemplate> => ({
  path: { box_id: 'b1' },
  values: {},
  query: { limit: '5' },
});

export const thingRecipes: Recipes = {
  'compute/create-thing': { as: 'member', capabilities: [], accepted: template, refused: template },
  'compute/delete-things': { as: 'member', capabilities: [], accepted: listTemplate, refused: listTemplate },
};

/** A reply in pieces, so that a deviation can change one of them. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

const schemas = schemaStore(things);
const newest = '2.104';
const requestId = 'req-01234567-89ab-cdef-0123-456789abcdef';

/** What a target that keeps the contract answers. */
export function rightResponse(request: SentRequest): Response {
  const headers = new Map(request.headers);
  const url = new URL(request.url);
  const asked = (headers.get('openstack-api-version') ?? 'compute 2.1').replace('compute ', '');
  const version = parseMicroversion(asked);
  if (headers.get('x-auth-token') !== 'token-of-member') return fault(401, 'unauthorized');
  if (!version) return fault(400, 'badRequest');
  const limits = [microversion('2.1'), microversion(newest)] as const;
  if (compareMicroversions(version, limits[0]) < 0 || compareMicroversions(version, limits[1]) > 0) {
    return fault(406, 'notAcceptable');
  }
  if (!url.pathname.startsWith('/boxes/b1/')) return fault(404, 'itemNotFound');
  const told = {
    'x-openstack-request-id': requestId,
    'x-compute-request-id': requestId,
    'openstack-api-version': `compute ${asked}`,
    vary: 'OpenStack-API-Version',
  };
  if (request.method === 'DELETE')
    return queryIsWrong(url, version.minor >= 5) ? fault(400, 'badRequest') : { status: 204, headers: told };
  const content = schemas.request('compute/create-thing', version);
  const body = parseJson(request.body ?? '');
  if (body === undefined || content?.kind !== 'json' || matchBody(content.schema, body).length > 0) {
    return fault(400, 'badRequest');
  }
  const { size = null, tag } = jsonObject(jsonObject(body).thing);
  const shown: JsonObject = { id: 't1', size, ...(tag === undefined ? {} : { tag }) };
  return { status: 201, headers: { ...told, 'content-type': 'application/json' }, body: { thing: shown } };
}

function queryIsWrong({ searchParams }: URL, strict: boolean): boolean {
  const names = [...searchParams.keys()];
  const limit = searchParams.get('limit');
  return (limit !== null && !/^\d+$/.test(limit)) || (strict && names.some((name) => name !== 'limit'));
}

function fault(status: number, key: string): Response {
  return { status, headers: { 'content-type': 'application/json' }, body: { [key]: { code: status, message: 'No.' } } };
}

export function outcomeOf({ status, headers, body }: Response): HttpOutcome {
  return responded(status, body, headers);
}
