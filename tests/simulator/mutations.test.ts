/** Faults that operators generate from the endpoints of the simulator. */
import { computeEndpoints } from '../../targets/simulator/compute/endpoints.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedPaths, faults } from '../../targets/simulator/index.ts';
import { at, type CloudName, Lab, type Response, send, text, unknownId } from './lab.ts';

let lab: Lab;
let seeded: string;

beforeAll(async () => {
  lab = await Lab.start({ respond: 'exemplary', quotas: { serverGroups: 1 }, faultsByRequest: true });
  seeded = await group('sim-alt');
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

const generated = faults.filter((fault) => fault.generated);
const groups = '/os-server-groups';

interface Ask {
  readonly version?: string;
  readonly wanted?: object;
  readonly as?: CloudName;
  /** The faults that apply to the request. */
  readonly fault?: string;
}

async function ask(method: string, path: string, { version = '2.64', wanted, as = 'sim-demo', fault }: Ask = {}) {
  return (await lab.as(as)).compute(method, path, {
    version,
    ...(wanted ? { body: { server_group: { name: 'tested', ...wanted } } } : {}),
    headers: fault === undefined ? {} : { 'x-simulator-faults': fault },
  });
}

async function group(as: CloudName): Promise<string> {
  return text(await ask('POST', groups, { as, wanted: { policy: 'affinity' } }), '/server_group/id');
}

/** Faults concern requests for the second operation too, where their body does not show which of both they are for. */
const orElse: Readonly<Record<string, readonly string[]>> = {
  'compute/swap-volume': ['compute/update-volume-attachment'],
  'compute/create-multiple-servers': ['compute/create-server'],
  'compute/list-dns-entries': ['compute/find-unique-dns-entry'],
};
/** Requests without an action are for none of the operations that share the call. */
const actionCallOf = (operation: string): readonly string[] => {
  const { method, path, choice } = computeEndpoints.find((one) => one.operation === operation) ?? {};
  return choice ? [`${method} ${path}`] : [];
};
/** Where the rules of a service are. */
const rulesOf: Readonly<Record<string, string>> = {
  compute: 'compute',
  'block-storage': 'blockStorage',
  identity: 'identity',
  image: 'image',
  network: 'network',
};
const ofOneCall = ['compute/swap-volume', 'compute/update-volume-attachment'];

/** The status of a PUT of an attachment, with a fault. */
async function put(fault: string, raw: string): Promise<number> {
  const headers = { 'x-simulator-faults': fault };
  const path = `/servers/${unknownId}/os-volume_attachments/${unknownId}`;
  return (await (await lab.as('sim-demo')).compute('PUT', path, { version: '2.85', raw, headers })).status;
}

/** A group of the administrator's project, which `use` gets and which is removed afterwards. */
async function withGroup(use: (id: string) => Promise<unknown>): Promise<unknown> {
  const id = await group('sim-admin');
  const seen = await use(id);
  await ask('DELETE', `${groups}/${id}`, { as: 'sim-admin' });
  return seen;
}

type Look = (asking: Pick<Ask, 'fault'>) => Promise<unknown>;

const status = async (response: Promise<Response>): Promise<number> => (await response).status;
const seededShown: Look = async (asking) =>
  (await ask('GET', `${groups}/${seeded}`, { as: 'sim-alt', ...asking })).body;
const listed = async (query: string, asking: Ask): Promise<number> => {
  const { body } = await ask('GET', groups + query, asking);
  return (at(body, '/server_groups') as readonly unknown[]).length;
};
/** Creates a group of the member's project, and removes it. */
const created = async (asking: Ask): Promise<Response> => {
  const response = await ask('POST', groups, asking);
  if (response.status < 300) await ask('DELETE', `${groups}/${text(response, '/server_group/id')}`);
  return response;
};
const policy = { policy: 'affinity' };

/** What a client sees without the fault and with it. */
const seen: readonly (readonly [fault: string, look: Look, without: unknown, withIt: unknown])[] = [
  [
    'create-server-group:drop-check:quota',
    async (asking) => {
      const response = await ask('POST', groups, { as: 'sim-alt', wanted: policy, ...asking });
      if (response.status === 200)
        await ask('DELETE', `${groups}/${text(response, '/server_group/id')}`, { as: 'sim-alt' });
      return response.status;
    },
    403,
    200,
  ],
  [
    'create-server-group:check-order:role-before-body',
    (asking) => status(ask('POST', groups, { as: 'sim-demo-reader', wanted: {}, ...asking })),
    400,
    403,
  ],
  [
    'create-server-group:widen-role:reader',
    (asking) => status(created({ as: 'sim-demo-reader', wanted: policy, ...asking })),
    403,
    200,
  ],
  ['create-server-group:narrow-role:member', (asking) => status(created({ wanted: policy, ...asking })), 200, 403],
  [
    'list-server-groups:narrow-role:reader',
    (asking) => status(ask('GET', groups, { as: 'sim-demo-reader', ...asking })),
    200,
    403,
  ],
  [
    'show-server-group-details:unscoped-lookup:group',
    (asking) => status(ask('GET', `${groups}/${seeded}`, asking)),
    404,
    200,
  ],
  ['list-server-groups:unscoped-lookup:list', (asking) => listed('', asking), 0, 1],
  [
    'show-server-group-details:keep-deleted:group',
    async (asking) => {
      const response = await created({ wanted: policy });
      return status(ask('GET', `${groups}/${text(response, '/server_group/id')}`, asking));
    },
    404,
    200,
  ],
  [
    'list-server-groups:shift-range:field.policy:begins-late',
    async (asking) => {
      const { body } = await ask('GET', groups, { as: 'sim-alt', ...asking });
      return Object.keys(at(body, '/server_groups/0') as object).includes('policy');
    },
    true,
    false,
  ],
  [
    'show-server-group-details:shift-range:field.metadata:ends-late',
    async (asking) => Object.keys(at(await seededShown(asking), '/server_group') as object).includes('metadata'),
    false,
    true,
  ],
  [
    'create-server-group:shift-range:body.policy:begins-early',
    (asking) => status(created({ version: '2.63', wanted: { policies: ['affinity'], policy: 'affinity' }, ...asking })),
    400,
    200,
  ],
  [
    'create-server-group:shift-range:body.policies.values:begins-late',
    (asking) => status(created({ version: '2.15', wanted: { policies: ['soft-affinity'] }, ...asking })),
    200,
    400,
  ],
  [
    'list-server-groups:shift-range:query.unknown:begins-late',
    (asking) => status(ask('GET', `${groups}?other=1`, { version: '2.75', ...asking })),
    400,
    200,
  ],
  [
    'delete-server-group:shift-range:query.unknown:begins-early',
    (asking) => status(ask('DELETE', `${groups}/${unknownId}?other=1`, { version: '2.101', ...asking })),
    404,
    400,
  ],
  [
    'create-server-group:ignore-member:body.rules',
    async (asking) => {
      const wanted = { policy: 'anti-affinity', rules: { max_server_per_host: 3 } };
      return at((await created({ wanted, ...asking })).body, '/server_group/rules');
    },
    { max_server_per_host: 3 },
    {},
  ],
  [
    'list-server-groups:ignore-member:query.offset',
    (asking) => listed('?offset=1', { as: 'sim-alt', ...asking }),
    0,
    1,
  ],
  [
    'show-server-group-details:drop-field:members',
    async (asking) => at(await seededShown(asking), '/server_group/members'),
    [],
    undefined,
  ],
  [
    'show-server-group-details:null-field:rules',
    async (asking) => at(await seededShown(asking), '/server_group/rules'),
    {},
    null,
  ],
  [
    'show-server-group-details:rename-field:rules',
    async (asking) => at(await seededShown(asking), '/server_group/rules_'),
    undefined,
    {},
  ],
  [
    'show-server-group-details:other-status:200-as-201',
    (asking) => status(ask('GET', `${groups}/${seeded}`, { as: 'sim-alt', ...asking })),
    200,
    201,
  ],
  [
    'show-server-group-details:other-status:check.group',
    (asking) => status(ask('GET', `${groups}/${unknownId}`, asking)),
    404,
    400,
  ],
  [
    'delete-server-group:skip-effect',
    (asking) =>
      withGroup(async (id) => {
        await ask('DELETE', `${groups}/${id}`, { as: 'sim-admin', ...asking });
        return status(ask('GET', `${groups}/${id}`, { as: 'sim-admin' }));
      }),
    404,
    200,
  ],
];

/** Faults of the services next to compute: what a request gets without the fault and with it. */
const nextTo: readonly (readonly [fault: string, method: string, path: string, as: CloudName, number, number])[] = [
  ['image/show-image:other-status:check.image', 'GET', `/image/v2/images/${unknownId}`, 'sim-demo', 404, 400],
  ['image/show-image:drop-check:image', 'GET', `/image/v2/images/${unknownId}`, 'sim-demo', 404, 500],
  ['image/list-images:other-status:200-as-201', 'GET', '/image/v2/images', 'sim-demo', 200, 201],
  ['identity/list-users:widen-role:reader', 'GET', '/identity/v3/users', 'sim-demo', 403, 200],
  ['identity/list-users:narrow-role:admin', 'GET', '/identity/v3/users', 'sim-admin', 200, 403],
  ['identity/show-user:drop-check:user', 'GET', '/identity/v3/users/none', 'sim-admin', 404, 500],
  [
    'block-storage/show-volume:other-status:check.volume',
    'GET',
    `/volume/v3/volumes/${unknownId}`,
    'sim-demo',
    404,
    400,
  ],
  ['block-storage/show-volume:drop-check:volume', 'GET', `/volume/v3/volumes/${unknownId}`, 'sim-admin', 404, 500],
  ['block-storage/list-volumes:widen-role:service', 'GET', '/volume/v3/volumes', 'sim-demo-service', 403, 200],
  ['block-storage/list-volumes:narrow-role:reader', 'GET', '/volume/v3/volumes', 'sim-demo-reader', 200, 403],
];

describe('a generated fault', () => {
  it.each(nextTo)('%s changes the response to %s %s', async (fault, method, path, as, without, withIt) => {
    const { token } = await lab.as(as);
    const statusWith = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await send(method, lab.origin + path, { token, headers })).status;
    expect(await statusWith({}), 'without the fault').toBe(without);
    expect(await statusWith({ 'x-simulator-faults': fault }), 'with the fault').toBe(withIt);
  });

  it.each(seen)('compute/%s changes what a client sees', async (fault, look, without, withIt) => {
    expect(await look({}), 'without the fault').toEqual(without);
    expect(await look({ fault: `compute/${fault}` }), 'with the fault').toEqual(withIt);
  });

  it('changes the rules of the cloud without defects, and its own endpoint or policy only', () => {
    const { behaviour } = lab.simulator;
    const wrong = generated.filter((fault) => {
      const operation = fault.id.split(':')[0] ?? '';
      const own = [operation, ...(orElse[operation] ?? actionCallOf(operation))];
      if (fault.kind !== 'behaviour') return fault.operations?.join() !== own.join();
      const paths = changedPaths(behaviour, fault.change(behaviour));
      const rules = rulesOf[operation.split('/')[0] ?? ''] ?? '';
      const changes = [`${rules}.endpoints.${operation}.`, `${rules}.policies.`];
      return paths.length === 0 || !paths.every((path) => changes.some((prefix) => path.startsWith(prefix)));
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['a body that shows neither', 'fails-on-odd-bodies', '{"volumeAttachment": 1}', [500, 500]],
    ['a swap', 'fails-on-odd-members', '{"volumeAttachment": {"volumeId": "other", "tag": []}}', [500, 400]],
    ['an update', 'fails-on-odd-members', `{"volumeAttachment": {"volumeId": "${unknownId}", "tag": []}}`, [400, 500]],
    ['a text that is not JSON', 'check-order:server-before-parse', '{', [404, 404]],
  ])('of operations that share a call: %s', async (_, fault, raw, expected) => {
    expect(await put('compute:hides-version', raw), 'without the fault').toBe(400);
    expect(await Promise.all(ofOneCall.map((operation) => put(`${operation}:${fault}`, raw)))).toEqual(expected);
  });

  it('states why no client can observe it, where its declaration says so', () => {
    const reasons = new Map(generated.map(({ id, equivalent }) => [id as string, equivalent]));
    expect(reasons.get('compute/create-server-group:check-order:rules-before-body')).toMatch(/refuses with 400/);
    expect(reasons.get('compute/create-server-group:check-order:role-before-body')).toBeUndefined();
  });

  it('has an operation, an operator and a part in its id', () => {
    const form = /^[a-z-]+\/[a-z-]+:[a-z]+(-[a-z]+)+(:[\w.+-]+)*$/;
    expect(generated.map(({ id }) => id).filter((id) => !form.test(id))).toEqual([]);
  });
});
