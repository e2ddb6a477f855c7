/** Compares the exemplary cloud with one that has the defects of Nova. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { computeEndpoints } from '../../targets/simulator/compute/endpoints.ts';
import { changedPaths } from '../../targets/simulator/index.ts';
import { at, attachments, Lab, unknownId } from './lab.ts';

type Responder = 'as-nova' | 'exemplary';
const labs = new Map<Responder, Lab>();

beforeAll(async () => {
  for (const respond of ['as-nova', 'exemplary'] as const) labs.set(respond, await Lab.start({ respond }));
});
afterAll(async () => {
  for (const lab of labs.values()) {
    expect(lab.simulator.internalErrors).toEqual([]);
    await lab.close();
  }
});

type Look = (lab: Lab) => Promise<unknown>;

/** What is requested, the path of its rule, the request, and the result on either cloud. */
type Difference = readonly [what: string, place: string, look: Look, asNova: unknown, exemplary: unknown];

const defects: readonly Difference[] = [
  [
    'a Content-Type in capitals',
    'protocol.contentTypes.inAnyCase',
    (lab) =>
      statusOf(lab, 'POST', attachments(unknownId), '2.1', {
        body: { volumeAttachment: { volumeId: unknownId } },
        headers: { 'Content-Type': 'Application/JSON' },
      }),
    415,
    404,
  ],
  [
    'an unsupported method',
    'protocol.outside.otherMethods',
    (lab) => statusOf(lab, 'PATCH', attachments(unknownId)),
    404,
    405,
  ],
  ['HEAD', 'protocol.outside.answersHead', (lab) => onPair(lab, 'HEAD'), 404, 200],
  [
    'the body of an error outside of operations',
    'protocol.outside.errors',
    async (lab) =>
      (await (await lab.as('sim-demo')).compute('PATCH', attachments(unknownId))).headers.get('content-type'),
    'text/html; charset=UTF-8',
    'application/json; charset=UTF-8',
  ],
  [
    'an unknown query parameter of a show',
    'endpoints.compute/show-volume-attachment.query.strict',
    (lab) => onPair(lab, 'GET', '?foo=1'),
    200,
    400,
  ],
  [
    'an unknown query parameter of an attach',
    'endpoints.compute/attach-volume.query.strict',
    (lab) =>
      statusOf(lab, 'POST', `${attachments(unknownId)}?foo=1`, '2.102', {
        body: { volumeAttachment: { volumeId: unknownId } },
      }),
    404,
    400,
  ],
  [
    'an unknown query parameter of an update',
    'endpoints.compute/update-volume-attachment.query.strict',
    (lab) => onPair(lab, 'PUT', '?foo=1', (volume) => ({ volumeId: volume })),
    202,
    400,
  ],
  [
    'an unknown query parameter of a swap',
    'endpoints.compute/swap-volume.query.strict',
    (lab) => onPair(lab, 'PUT', '?foo=1', () => ({ volumeId: unknownId })),
    403,
    400,
  ],
  [
    'an unknown query parameter of a detach',
    'endpoints.compute/detach-volume.query.strict',
    (lab) => onPair(lab, 'DELETE', '?foo=1'),
    202,
    400,
  ],
  [
    'an unknown query parameter of the creation of a server group',
    'endpoints.compute/create-server-group.query.strict',
    (lab) =>
      statusOf(lab, 'POST', '/os-server-groups?foo=1', '2.102', {
        body: { server_group: { name: 'tested', policy: 'affinity' } },
      }),
    200,
    400,
  ],
  [
    'an unknown query parameter of the deletion of a server group',
    'endpoints.compute/delete-server-group.query.strict',
    (lab) => statusOf(lab, 'DELETE', `/os-server-groups/${unknownId}?foo=1`, '2.102'),
    404,
    400,
  ],
  ...['tag', 'attachment_id', 'bdm_uuid'].map((name): Difference => [
    `a swap with ${name}, as shown`,
    `endpoints.compute/swap-volume.body.shape.properties.volumeAttachment.properties.${name}`,
    (lab) => onPair(lab, 'PUT', '', () => ({ volumeId: unknownId, [name]: name === 'tag' ? null : unknownId })),
    400,
    403,
  ]),
  [
    'an update with a null tag, as shown',
    'endpoints.compute/update-volume-attachment.body.shape.properties.volumeAttachment.properties.tag',
    (lab) => onPair(lab, 'PUT', '', (volume) => ({ volumeId: volume, tag: null })),
    400,
    202,
  ],
  [
    'an update with the attachment_id, as shown',
    'endpoints.compute/update-volume-attachment.body.shape.properties.volumeAttachment.properties.attachment_id',
    (lab) => withShown(lab, 'attachment_id'),
    400,
    202,
  ],
  [
    'an update with the bdm_uuid, as shown',
    'endpoints.compute/update-volume-attachment.body.shape.properties.volumeAttachment.properties.bdm_uuid',
    (lab) => withShown(lab, 'bdm_uuid'),
    400,
    202,
  ],
  [
    'a limit that is a line break',
    'oddPageNumbers',
    async (lab) => statusOf(lab, 'GET', `${attachments(await lab.server())}?limit=%0A`),
    500,
    200,
  ],
  [
    'a flag with the text "false"',
    'attachments.quirks.flagTextMeansTrue',
    async (lab) => {
      const [server, volume] = [await lab.server(), await lab.volume()];
      await lab.attach(server, volume, { delete_on_termination: 'false' });
      return flagOf(lab, server, volume);
    },
    true,
    false,
  ],
  [
    'a page of one attachment',
    'attachments.quirks.pagesCountOtherDisks',
    async (lab) => {
      const { server } = await lab.pair();
      const { body } = await (await lab.as('sim-demo')).compute('GET', `${attachments(server)}?limit=1`);
      return (at(body, '/volumeAttachments') as readonly unknown[]).length;
    },
    0,
    1,
  ],
  [
    'a volume with the flag set, detached from a shelved server',
    'attachments.quirks.offloadedDetachDeletes',
    async (lab) => {
      const [server, volume] = [await lab.server(), await lab.volume()];
      await lab.runAction(server, { shelve: null }, 'SHELVED');
      await lab.runAction(server, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
      await lab.attach(server, volume, { delete_on_termination: true });
      await statusOf(lab, 'DELETE', attachments(server, volume), '2.20');
      const { body } = await (await lab.as('sim-demo')).volume('GET', `/volumes/${volume}`);
      return at(body, '/volume/status') === 'available';
    },
    false,
    true,
  ],
  [
    'the flag after a refused swap',
    'endpoints.compute/swap-volume.checks',
    async (lab) => {
      const { server, volume } = await lab.pair();
      const body = { volumeAttachment: { volumeId: unknownId, delete_on_termination: true } };
      await (await lab.as('sim-admin')).compute('PUT', attachments(server, volume), { version: '2.85', body });
      return flagOf(lab, server, volume);
    },
    true,
    false,
  ],
  [
    'a tag beyond the basic plane',
    'attachments.quirks.oddTextsCrash',
    async (lab) => {
      const [server, volumeId] = [await lab.server(), await lab.volume()];
      const body = { volumeAttachment: { volumeId, tag: '😀' } };
      return statusOf(lab, 'POST', attachments(server), '2.79', { body });
    },
    500,
    200,
  ],
];

test.each(defects)('%s differs (%s)', async (_, _place, look, asNova, exemplary) => {
  const seen = { 'as-nova': await look(of('as-nova')), exemplary: await look(of('exemplary')) };
  expect(seen).toEqual({ 'as-nova': asNova, exemplary });
});

test('nothing else differs', () => {
  const places = changedPaths(of('as-nova').simulator.behaviour, of('exemplary').simulator.behaviour);
  const known = defects.map(([, place]) => `compute.${place}`);
  // The rows have this for the endpoints that suites exist for; it is one rule.
  const strict = computeEndpoints.map(({ operation }) => `compute.endpoints.${operation}.query.strict`);
  const allowed = [...known, ...strict];
  expect(places.filter((place) => !allowed.some((one) => place === one || place.startsWith(`${one}.`)))).toEqual([]);
  expect(known.filter((one) => !places.some((place) => place === one || place.startsWith(`${one}.`)))).toEqual([]);
});

test('a body with a depth of 1000 is refused, where the release itself returns a 500', async () => {
  const raw = '{"a":'.repeat(1000) + '1' + '}'.repeat(1000);
  const seen = [];
  for (const respond of ['as-nova', 'exemplary'] as const) {
    const zed = await Lab.start({ respond, maximum: '2.93' });
    seen.push(await statusOf(zed, 'POST', attachments(unknownId), '2.1', { raw }));
    await zed.close();
  }
  expect(seen).toEqual([500, 400]);
});

function of(respond: Responder): Lab {
  const lab = labs.get(respond);
  if (!lab) throw new RangeError(`No cloud is ${respond}`);
  return lab;
}

async function statusOf(lab: Lab, method: string, path: string, version = '2.1', sending = {}): Promise<number> {
  return (await (await lab.as('sim-demo')).compute(method, path, { version, ...sending })).status;
}

async function onPair(lab: Lab, method: string, query = '', wanted?: (volume: string) => object): Promise<number> {
  const { server, volume } = await lab.pair();
  const sending = wanted ? { body: { volumeAttachment: wanted(volume) } } : {};
  return statusOf(lab, method, attachments(server, volume) + query, '2.102', sending);
}

async function withShown(lab: Lab, name: string): Promise<number> {
  const { server, volume } = await lab.pair();
  const { body } = await (await lab.as('sim-demo')).compute('GET', attachments(server, volume), { version: '2.89' });
  const volumeAttachment = { volumeId: volume, [name]: at(body, `/volumeAttachment/${name}`) };
  return statusOf(lab, 'PUT', attachments(server, volume), '2.89', { body: { volumeAttachment } });
}

async function flagOf(lab: Lab, server: string, volume: string): Promise<unknown> {
  const { body } = await (await lab.as('sim-demo')).compute('GET', attachments(server, volume), { version: '2.79' });
  return at(body, '/volumeAttachment/delete_on_termination');
}
