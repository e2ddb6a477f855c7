/** Faults that a request names for itself, and the rules that a request makes the cloud look at. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changedPaths,
  faults,
  faultsHeader,
  startSimulator,
  traceHeader,
  type FaultId,
} from '../../targets/simulator/index.ts';
import { at, attachments, eventually, Lab, type Reply, type Sending, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start({ conduct: 'exemplary', faultsByRequest: true });
  demo = await lab.as('sim-demo');
});
afterAll(() => lab.close());

const under = (id: string): Sending => ({ headers: { [faultsHeader]: id } });
const attach = (server: string, volumeId: string, wanted: object = {}, sending: Sending = {}): Promise<Reply> => {
  const body = { volumeAttachment: { volumeId, ...wanted } };
  return demo.compute('POST', attachments(server), { version: '2.79', body, ...sending });
};

describe('a fault that a request names', () => {
  it('changes the rules for this request, and for no other', async () => {
    const { server } = await lab.pair();
    const list = (sending: Sending = {}) => demo.compute('GET', attachments(server), { version: '2.89', ...sending });
    const hasId = async (reply: Promise<Reply>) => at((await reply).body, '/volumeAttachments/0/id') !== undefined;
    const sent = [list(), list(under('compute:list-keeps-id')), list(), list(under('compute:attach-drops-tag'))];
    expect(await Promise.all(sent.map(hasId))).toEqual([false, true, false, false]);
    expect(await hasId(list())).toBe(false);
  });

  it('tampers with this request, and with no other', async () => {
    const one = under('compute:hides-version');
    const [with_, without] = [await demo.compute('GET', '/flavors', one), await demo.compute('GET', '/flavors')];
    expect([with_, without].map(({ headers }) => headers.has('openstack-api-version'))).toEqual([false, true]);
  });

  it('can come with another', async () => {
    const { server } = await lab.pair();
    const both = under('compute:list-keeps-id,compute:hides-version');
    const reply = await demo.compute('GET', attachments(server), { version: '2.89', ...both });
    expect(at(reply.body, '/volumeAttachments/0/id')).toBeDefined();
    expect(reply.headers.has('openstack-api-version')).toBe(false);
  });

  it('stays with the work that goes on after the reply', async () => {
    const [server, unlucky, lucky] = [await lab.server(), await lab.volume(), await lab.volume()];
    const replies = [
      await attach(server, unlucky, {}, under('compute:host-fails-to-connect')),
      await attach(server, lucky),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    await lab.volumeIs(lucky, 'in-use');
    await eventually(async () => (await demo.compute('GET', attachments(server, unlucky))).status === 404);
    await lab.volumeIs(unlucky, 'available');
    expect((await demo.compute('GET', attachments(server, lucky))).status).toBe(200);
  });

  it('changes the one cloud that there is', async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    const reply = await attach(server, volume, { tag: 'x' }, under('compute:attach-forgets-tag'));
    expect(reply.status).toBe(200);
    await lab.volumeIs(volume, 'in-use');
    const shown = await demo.compute('GET', attachments(server, volume), { version: '2.79' });
    expect(at(shown.body, '/volumeAttachment')).toMatchObject({ volumeId: volume, tag: null });
  });

  it('leaves nothing switched on', async () => {
    lab.simulator.setFaults(['compute:hides-version']);
    const named = await demo.compute('GET', '/flavors', under('compute:list-keeps-id'));
    const other = await demo.compute('GET', '/flavors');
    lab.simulator.setFaults([]);
    expect(named.headers.has('openstack-api-version')).toBe(true);
    expect(other.headers.has('openstack-api-version')).toBe(false);
  });

  it('has to be one: else the simulator says that it is wrong itself', async () => {
    const own = await Lab.start({ faultsByRequest: true });
    const member = await own.as('sim-demo');
    for (const names of ['compute:no-such-thing', '', 'compute:list-keeps-id,', 'compute:list-keeps-id, x:y']) {
      const before = own.simulator.mishaps.length;
      const reply = await member.compute('GET', '/flavors', under(names));
      expect(reply.status, names).toBe(500);
      expect(reply.text, names).toMatch(/^The simulator failed: "[^"]*" is not a fault of the simulator/);
      expect(own.simulator.mishaps.slice(before), names).toEqual([expect.any(RangeError)]);
    }
    expect((await member.compute('GET', '/flavors')).status).toBe(200);
    await own.close();
  });

  it('is not heard of where the cloud does not listen to the header', async () => {
    const deaf = await Lab.start();
    const member = await deaf.as('sim-demo');
    for (const names of ['compute:hides-version', 'compute:no-such-thing']) {
      const reply = await member.compute('GET', '/flavors', under(names));
      expect([reply.status, reply.headers.has('openstack-api-version')], names).toEqual([200, true]);
    }
    await member.compute('GET', '/flavors', { headers: { [traceHeader]: 'x' } });
    expect([deaf.simulator.traces.size, deaf.simulator.mishaps]).toEqual([0, []]);
    await deaf.close();
  });
});

describe('a traced request', () => {
  const traceOf = (name: string): ReadonlySet<string> => lab.simulator.traces.get(name) ?? new Set();
  const traced = (name: string): Sending => ({ headers: { [traceHeader]: name } });

  it('is answered as any other', async () => {
    const { server } = await lab.pair();
    const plain = await demo.compute('GET', attachments(server));
    const watched = await demo.compute('GET', attachments(server), traced('as-any'));
    expect([watched.status, watched.text]).toEqual([plain.status, plain.text]);
  });

  it('notes the rules that were looked at, under its own name', async () => {
    const { server, volume } = await lab.pair();
    await demo.compute('GET', attachments(server), { version: '2.89', ...traced('list') });
    await demo.compute('GET', `${attachments(server)}?foo=1`, { version: '2.1', ...traced('old') });
    await demo.volume('GET', `/volumes/${volume}`, traced('volume'));
    expect([...traceOf('list')]).toEqual(expect.arrayContaining(['compute.attachments.order.list', 'compute.gates']));
    expect([...traceOf('list')].filter((path) => path.startsWith('blockStorage'))).toEqual([]);
    expect([...traceOf('list')]).not.toContain('compute.attachments.order.attach');
    expect([...traceOf('volume')].filter((path) => path.startsWith('compute'))).toEqual([]);
    expect(traceOf('volume').size).toBeGreaterThan(0);
    expect(traceOf('nobody-sent-this').size).toBe(0);
  });

  it('notes what late work looks at', async () => {
    const slow = await Lab.start({ pace: 300, faultsByRequest: true });
    const member = await slow.as('sim-demo');
    const [server, volumeId] = [await slow.server(), await slow.volume()];
    const body = { volumeAttachment: { volumeId } };
    await member.compute('POST', attachments(server), { version: '2.101', body, ...traced('late') });
    const connects = () => slow.simulator.traces.get('late')?.has('compute.attachments.connects');
    expect(connects()).toBe(false);
    await slow.volumeIs(volumeId, 'in-use');
    expect(connects()).toBe(true);
    await slow.close();
  });

  it('gathers what several requests of one name look at', async () => {
    const { server } = await lab.pair();
    await demo.compute('GET', attachments(server), traced('both'));
    await demo.volume('GET', '/volumes', traced('both'));
    const services = new Set([...traceOf('both')].map((path) => path.split('.')[0]));
    expect(services).toEqual(new Set(['identity', 'compute', 'blockStorage']));
  });

  /** Faults, and a request that each of them shows in. */
  const seenIn: readonly (readonly [FaultId, 'list' | 'attach'])[] = [
    ['compute:list-keeps-id', 'list'],
    ['compute:attach-ignores-lock', 'attach'],
    ['compute:attach-role-before-server', 'attach'],
    ['compute:host-fails-to-connect', 'attach'],
  ];

  it.each(seenIn)('looks at what %s changes when it can show there: %s', async (id, where) => {
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

describe('the places where rules differ', () => {
  const rules = { a: { b: 1, c: [1, 2] }, d: undefined as unknown, e: { f: {} } };
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['none', rules, []],
    ['a copy, but for its lists', { ...rules, a: { ...rules.a } }, []],
    ['a leaf', { ...rules, a: { ...rules.a, b: 2 } }, ['a.b']],
    ['a list that is another', { ...rules, a: { ...rules.a, c: [1, 2] } }, ['a.c']],
    ['a name more', { ...rules, g: 1 }, ['g']],
    ['a name less', { d: undefined, e: rules.e }, ['a']],
    ['an object more', { ...rules, e: { f: { x: 1 } } }, ['e.f.x']],
    ['a leaf that was an object', { ...rules, e: () => 0 }, ['e']],
    ['two', { ...rules, a: { b: 0, c: [] } }, ['a.b', 'a.c']],
    ['all', 5, ['']],
  ];

  it.each(cases)('are told: %s', (_, after, places) => {
    expect(changedPaths(rules, after)).toEqual(places);
  });

  it('are there for every fault of the rules, unless no client can tell', () => {
    const idle = faults.filter(
      ({ id, kind, equivalent }) => kind === 'behaviour' && equivalent === undefined && changesOf(id).length === 0,
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  it('are none between two clouds of one kind', async () => {
    const [one, other] = await Promise.all([startSimulator(), startSimulator({ faultsByRequest: true })]);
    await Promise.all([one.close(), other.close()]);
    expect(changedPaths(one.behaviour, other.behaviour)).toEqual([]);
  });
});

function changesOf(id: string): readonly string[] {
  const fault = faults.find((one) => one.id === id);
  if (fault?.kind !== 'behaviour') throw new RangeError(`${id} is no fault of the rules`);
  return changedPaths(lab.simulator.behaviour, fault.change(lab.simulator.behaviour));
}
