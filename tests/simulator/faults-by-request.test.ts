/** Faults that a request chooses for itself, and the trace of the rules that a request reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changedPaths,
  faults,
  faultsHeader,
  startSimulator,
  traceHeader,
  type FaultId,
} from '../../targets/simulator/index.ts';
import { at, attachments, eventually, Lab, type Response, type Sending, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start({ respond: 'exemplary', faultsByRequest: true });
  demo = await lab.as('sim-demo');
});
afterAll(() => lab.close());

const under = (id: string): Sending => ({ headers: { [faultsHeader]: id } });
const attach = (server: string, volumeId: string, wanted: object = {}, sending: Sending = {}): Promise<Response> => {
  const body = { volumeAttachment: { volumeId, ...wanted } };
  return demo.compute('POST', attachments(server), { version: '2.79', body, ...sending });
};

describe('a fault that a request chooses', () => {
  it('changes the rules for this request only', async () => {
    const { server } = await lab.pair();
    const list = (sending: Sending = {}) => demo.compute('GET', attachments(server), { version: '2.89', ...sending });
    const hasId = async (response: Promise<Response>) =>
      at((await response).body, '/volumeAttachments/0/id') !== undefined;
    const sent = [
      list(),
      list(under('compute/list-volume-attachments:shift-range:field.id:never-ends')),
      list(),
      list(under('compute/attach-volume:null-field:tag')),
    ];
    expect(await Promise.all(sent.map(hasId))).toEqual([false, true, false, false]);
    expect(await hasId(list())).toBe(false);
  });

  it('tampers with this request only', async () => {
    const one = under('compute:hides-version');
    const [with_, without] = [await demo.compute('GET', '/flavors', one), await demo.compute('GET', '/flavors')];
    expect([with_, without].map(({ headers }) => headers.has('openstack-api-version'))).toEqual([false, true]);
  });

  it('can be combined with another', async () => {
    const { server } = await lab.pair();
    const both = under('compute/list-volume-attachments:shift-range:field.id:never-ends,compute:hides-version');
    const response = await demo.compute('GET', attachments(server), { version: '2.89', ...both });
    expect(at(response.body, '/volumeAttachments/0/id')).toBeDefined();
    expect(response.headers.has('openstack-api-version')).toBe(false);
  });

  it('applies to the work after the response', async () => {
    const [server, unlucky, lucky] = [await lab.server(), await lab.volume(), await lab.volume()];
    const responses = [
      await attach(server, unlucky, {}, under('compute:host-fails-to-connect')),
      await attach(server, lucky),
    ];
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    await lab.volumeIs(lucky, 'in-use');
    await eventually(async () => (await demo.compute('GET', attachments(server, unlucky))).status === 404);
    await lab.volumeIs(unlucky, 'available');
    expect((await demo.compute('GET', attachments(server, lucky))).status).toBe(200);
  });

  it('changes the state of the shared cloud', async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    const response = await attach(server, volume, { tag: 'x' }, under('compute/attach-volume:ignore-member:body.tag'));
    expect(response.status).toBe(200);
    await lab.volumeIs(volume, 'in-use');
    const shown = await demo.compute('GET', attachments(server, volume), { version: '2.79' });
    expect(at(shown.body, '/volumeAttachment')).toMatchObject({ volumeId: volume, tag: null });
  });

  it('replaces the enabled faults for this request only', async () => {
    lab.simulator.setFaults(['compute:hides-version']);
    const named = await demo.compute(
      'GET',
      '/flavors',
      under('compute/list-volume-attachments:shift-range:field.id:never-ends'),
    );
    const other = await demo.compute('GET', '/flavors');
    lab.simulator.setFaults([]);
    expect(named.headers.has('openstack-api-version')).toBe(true);
    expect(other.headers.has('openstack-api-version')).toBe(false);
  });

  it('must be known; otherwise the simulator reports an internal error', async () => {
    const own = await Lab.start({ faultsByRequest: true });
    const member = await own.as('sim-demo');
    for (const names of [
      'compute:no-such-thing',
      '',
      'compute/list-volume-attachments:shift-range:field.id:never-ends,',
      'compute/list-volume-attachments:shift-range:field.id:never-ends, x:y',
    ]) {
      const before = own.simulator.internalErrors.length;
      const response = await member.compute('GET', '/flavors', under(names));
      expect(response.status, names).toBe(500);
      expect(response.text, names).toMatch(/^The simulator failed: "[^"]*" is not a fault of the simulator/);
      expect(own.simulator.internalErrors.slice(before), names).toEqual([expect.any(RangeError)]);
    }
    expect((await member.compute('GET', '/flavors')).status).toBe(200);
    await own.close();
  });

  it('is ignored if the cloud does not accept the header', async () => {
    const deaf = await Lab.start();
    const member = await deaf.as('sim-demo');
    for (const names of ['compute:hides-version', 'compute:no-such-thing']) {
      const response = await member.compute('GET', '/flavors', under(names));
      expect([response.status, response.headers.has('openstack-api-version')], names).toEqual([200, true]);
    }
    await member.compute('GET', '/flavors', { headers: { [traceHeader]: 'x' } });
    expect([deaf.simulator.traces.size, deaf.simulator.internalErrors]).toEqual([0, []]);
    await deaf.close();
  });
});

describe('a traced request', () => {
  const traceOf = (name: string): ReadonlySet<string> => lab.simulator.traces.get(name) ?? new Set();
  const traced = (name: string): Sending => ({ headers: { [traceHeader]: name } });

  it('gets the same response as any other', async () => {
    const { server } = await lab.pair();
    const plain = await demo.compute('GET', attachments(server));
    const watched = await demo.compute('GET', attachments(server), traced('as-any'));
    expect([watched.status, watched.text]).toEqual([plain.status, plain.text]);
  });

  it('records the rules that it reads, under its own name', async () => {
    const { server, volume } = await lab.pair();
    await demo.compute('GET', attachments(server), { version: '2.89', ...traced('list') });
    await demo.compute('GET', `${attachments(server)}?foo=1`, { version: '2.1', ...traced('old') });
    await demo.volume('GET', `/volumes/${volume}`, traced('volume'));
    const list = 'compute.endpoints.compute/list-volume-attachments';
    expect([...traceOf('list')]).toEqual(expect.arrayContaining([`${list}.checks`, `${list}.response.fields`]));
    expect([...traceOf('list')].filter((path) => path.startsWith('blockStorage'))).toEqual([]);
    expect([...traceOf('list')]).not.toContain('compute.endpoints.compute/attach-volume');
    expect([...traceOf('volume')].filter((path) => path.startsWith('compute'))).toEqual([]);
    expect(traceOf('volume').size).toBeGreaterThan(0);
    expect(traceOf('not-sent').size).toBe(0);
  });

  it('records the rules that its background work reads', async () => {
    const slow = await Lab.start({ pace: 300, faultsByRequest: true });
    const member = await slow.as('sim-demo');
    const [server, volumeId] = [await slow.server(), await slow.volume()];
    const body = { volumeAttachment: { volumeId } };
    await member.compute('POST', attachments(server), { version: '2.101', body, ...traced('late') });
    const check = 'compute.endpoints.compute/attach-volume.refusals.volume-reservable';
    const reserves = () => slow.simulator.traces.get('late')?.has(check);
    expect(reserves()).toBe(false);
    await slow.volumeIs(volumeId, 'in-use');
    expect(reserves()).toBe(true);
    await slow.close();
  });

  it('collects the rules of several requests with one name', async () => {
    const { server } = await lab.pair();
    await demo.compute('GET', attachments(server), traced('both'));
    await demo.volume('GET', '/volumes', traced('both'));
    const services = new Set([...traceOf('both')].map((path) => path.split('.')[0]));
    expect(services).toEqual(new Set(['identity', 'compute', 'blockStorage']));
  });

  /** Faults, and a request that each of them affects. */
  const seenIn: readonly (readonly [FaultId, 'list' | 'attach'])[] = [
    ['compute/list-volume-attachments:shift-range:field.id:never-ends', 'list'],
    ['compute/attach-volume:drop-check:lock', 'attach'],
    ['compute/attach-volume:check-order:role-before-server', 'attach'],
    ['compute:host-fails-to-connect', 'attach'],
  ];

  it.each(seenIn)('reads the rules that %s changes only if it can affect the request: %s', async (id, where) => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    await attach(server, volume, {}, traced(`${id} attach`));
    await lab.volumeIs(volume, 'in-use');
    await demo.compute('GET', attachments(server), { version: '2.89', ...traced(`${id} list`) });
    const places = changesOf(id);
    expect(places).not.toEqual([]);
    const isRead = (name: string) => places.some((place) => traceOf(`${id} ${name}`).has(place));
    expect({ list: isRead('list'), attach: isRead('attach') }).toEqual({
      list: where === 'list',
      attach: where === 'attach',
    });
  });
});

describe('the paths at which rules differ', () => {
  const rules = { a: { b: 1, c: [1, 2] }, d: undefined as unknown, e: { f: {} } };
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['none', rules, []],
    ['a copy with the same lists', { ...rules, a: { ...rules.a } }, []],
    ['a leaf', { ...rules, a: { ...rules.a, b: 2 } }, ['a.b']],
    ['another list', { ...rules, a: { ...rules.a, c: [1, 2] } }, ['a.c']],
    ['an additional name', { ...rules, g: 1 }, ['g']],
    ['a missing name', { d: undefined, e: rules.e }, ['a']],
    ['an additional member', { ...rules, e: { f: { x: 1 } } }, ['e.f.x']],
    ['a leaf instead of an object', { ...rules, e: () => 0 }, ['e']],
    ['two', { ...rules, a: { b: 0, c: [] } }, ['a.b', 'a.c']],
    ['all', 5, ['']],
  ];

  it.each(cases)('are returned: %s', (_, after, places) => {
    expect(changedPaths(rules, after)).toEqual(places);
  });

  it('exist for every fault that changes rules, unless no client can observe it', () => {
    const idle = faults.filter(
      ({ id, kind, equivalent }) => kind === 'behaviour' && equivalent === undefined && changesOf(id).length === 0,
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  it('do not exist between two clouds with the same options', async () => {
    const [one, other] = await Promise.all([startSimulator(), startSimulator({ faultsByRequest: true })]);
    await Promise.all([one.close(), other.close()]);
    expect(changedPaths(one.behaviour, other.behaviour)).toEqual([]);
  });
});

function changesOf(id: string): readonly string[] {
  const fault = faults.find((one) => one.id === id);
  if (fault?.kind !== 'behaviour') throw new RangeError(`${id} is not a fault that changes rules`);
  return changedPaths(lab.simulator.behaviour, fault.change(lab.simulator.behaviour));
}
