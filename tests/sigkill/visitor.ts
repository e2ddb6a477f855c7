/** Somebody of a project, who has things of their own there and looks at all that the project has. */
import { connectionOf } from '../../cli/run/connection.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { createHttpClient } from '../../src/client/http-client.ts';
import { createRecorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { jsonList, jsonObject, jsonText, parseJson, type Json, type JsonObject } from '../../src/json.ts';
import { secretsOf, type Credentials } from '../../src/target/credentials.ts';
import { signIn } from '../../src/target/session.ts';

export interface Thing {
  readonly type: 'server' | 'volume';
  readonly id: string;
  readonly name: string;
  /** As the API shows it, without what changes by itself. */
  readonly shown: string;
}

export interface Visitor {
  readonly things: () => Promise<readonly Thing[]>;
  /** Two servers, one of them with a volume, and a volume besides. */
  readonly make: () => Promise<void>;
  /** Removes what it made. */
  readonly leave: () => Promise<void>;
}

type Ask = (
  service: string,
  method: string,
  path: string,
  body?: Json,
) => Promise<{ status: number; body: JsonObject }>;

const kinds = [
  { type: 'server', service: 'compute', path: '/servers' },
  { type: 'volume', service: 'block-storage', path: '/volumes' },
] as const;

export async function enter(credentials: Credentials): Promise<Visitor> {
  const http = createHttpClient(connectionOf({ member: credentials }, false));
  const redactor = createRedactor();
  for (const secret of secretsOf(credentials)) redactor.learn(secret);
  const session = await signIn('bystander', credentials, createRecorder(http, redactor, { now: Date.now }), {
    now: Date.now,
  });
  const ask: Ask = async (service, method, path, body) => {
    const headers = [
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
      // The oldest at which a server needs no network.
      ...(service === 'compute' ? [['openstack-api-version', 'compute 2.37'] as const] : []),
      ...(await session.headers()),
    ] as const;
    const url = `${session.endpoint(service)?.replace(/\/v2$/, '')}${path}`;
    const request = { method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const { response, failure } = await http.send(request);
    if (!response) throw new Error(`${method} ${url}: ${failure?.message ?? 'no response'}`);
    return { status: response.status, body: jsonObject(parseJson(response.body)) };
  };
  const made: { readonly type: Thing['type']; readonly id: string }[] = [];
  const create = async (kind: (typeof kinds)[number], body: JsonObject, status: string): Promise<string> => {
    const response = await ask(kind.service, 'POST', kind.path, { [kind.type]: body });
    const id = jsonText(jsonObject(response.body[kind.type]).id);
    if (id === undefined) throw new Error(`A bystander's ${kind.type} was refused with ${response.status}.`);
    made.push({ type: kind.type, id });
    await until(
      async () => jsonObject((await ask(kind.service, 'GET', `${kind.path}/${id}`)).body[kind.type]).status === status,
    );
    return id;
  };
  return {
    things: async () => (await Promise.all(kinds.map((kind) => list(ask, kind)))).flat(),
    make: async () => {
      const [servers, volumes] = kinds;
      const boot = await bootable(ask);
      const [first] = await Promise.all(
        [1, 2].map((n) => create(servers, { name: `bystander-server-${n}`, ...boot }, 'ACTIVE')),
      );
      const [volume] = await Promise.all(
        [1, 2].map((n) => create(volumes, { name: `bystander-volume-${n}`, size: 1 }, 'available')),
      );
      await ask('compute', 'POST', `/servers/${first}/os-volume_attachments`, {
        volumeAttachment: { volumeId: volume ?? '' },
      });
      await until(
        async () =>
          jsonObject((await ask('block-storage', 'GET', `/volumes/${volume}`)).body.volume).status === 'in-use',
      );
    },
    leave: async () => {
      for (const kind of kinds) {
        for (const { id } of made.filter(({ type }) => type === kind.type)) {
          await until(async () => (await ask(kind.service, 'DELETE', `${kind.path}/${id}`)).status !== 400);
          await until(async () => (await ask(kind.service, 'GET', `${kind.path}/${id}`)).status === 404);
        }
      }
      await http.close();
    },
  };
}

async function bootable(ask: Ask): Promise<JsonObject> {
  const smallest = (things: readonly Json[], by: string): string =>
    jsonText(things.map(jsonObject).sort((a, b) => Number(a[by] ?? 0) - Number(b[by] ?? 0))[0]?.id) ?? '';
  const flavors = jsonList((await ask('compute', 'GET', '/flavors/detail')).body.flavors);
  const images = jsonList((await ask('image', 'GET', '/v2/images')).body.images);
  return { flavorRef: smallest(flavors, 'ram'), imageRef: smallest(images, 'size'), networks: 'none' };
}

async function list(ask: Ask, { type, service, path }: (typeof kinds)[number]): Promise<readonly Thing[]> {
  const { status, body } = await ask(service, 'GET', `${path}/detail?limit=1000`);
  if (status !== 200) throw new Error(`${service} answered ${status} to a list of ${type}s.`);
  return jsonList(body[`${type}s`]).map((value) => {
    const thing = jsonObject(value);
    return { type, id: jsonText(thing.id) ?? '', name: jsonText(thing.name) ?? '', shown: shown(thing) };
  });
}

/** Times of the last change are written by the services themselves. */
const volatile: ReadonlySet<string> = new Set(['updated', 'updated_at']);

function shown(thing: JsonObject): string {
  return JSON.stringify(Object.fromEntries(Object.entries(thing).filter(([name]) => !volatile.has(name))));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 180_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('A bystander did not come about, or did not go, within 180 s.');
    await pause(200);
  }
}
