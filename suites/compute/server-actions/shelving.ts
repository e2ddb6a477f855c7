/** Actions that shelve a server, remove it from its host, and restore it. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, shownIn } from '../../../src/clauses/checked.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { running } from './power.ts';
import { serverAction } from './server-action.ts';

export const shelveServer = serverAction('compute/shelve-server', {
  ...{ key: 'shelve', noun: 'A shelving', section: 'Shelve', by: 'member' },
  does: 'Stores a server as an image and stops it: it becomes ``SHELVED`` or, where the cloud offloads at once, ``SHELVED_OFFLOADED``.',
  ...{ from: 'active', also: ['stopped', 'paused', 'suspended'] },
  states: 'A server that is neither active, stopped, paused nor suspended is answered with 409.',
  leads: { status: 'SHELVED', or: 'SHELVED_OFFLOADED', vmState: 'shelved', powerStates: [4] },
});

export const offloadServer = serverAction('compute/shelf-offload-server', {
  ...{ key: 'shelveOffload', noun: 'An offload', section: 'Shelve offload', by: 'admin' },
  does: 'Removes a shelved server from its host: it becomes ``SHELVED_OFFLOADED`` and has no host.',
  reserved: 'Only an administrator may offload a server.',
  stateFaults: { locked: 'compute:shelf-offload-server-heeds-locks' },
  // One that is offloaded already is accepted by some releases.
  ...{ from: 'shelved', open: ['shelved-offloaded'] },
  states: 'A server that is not shelved is answered with 409.',
  leads: { status: 'SHELVED_OFFLOADED', vmState: 'shelved_offloaded' },
});

export const unshelveServer = serverAction('compute/unshelve-shelved-server', {
  ...{ key: 'unshelve', noun: 'An unshelving', section: 'Unshelve', by: 'member' },
  does: 'Restores a shelved server: it becomes ``ACTIVE``, with the power state 1.',
  members: async (ctx) => ({ availability_zone: await someZone(ctx) }),
  values: ['availability_zone', 'host'],
  // A member of the object can only be missing where there is one.
  refusedArgument: { availability_zone: 'nova' },
  withheld: { '/unshelve/host': 'Only an administrator may choose the host.' },
  ...{ from: 'shelved-offloaded', also: ['shelved'] },
  states: 'A server that is not shelved is answered with 409.',
  leads: running,
});

/** The zone of the fixtures, or the first that is available. @throws Unreached */
export function someZone(ctx: CheckContext): Promise<string> {
  return ctx.fixture(async () => {
    const { run } = ctx;
    const { availability_zone: given } = run.target.fixtures;
    if (given !== undefined) return given;
    const list = await sendRequest(run, {
      ...{ service: 'compute', method: 'GET', path: '/os-availability-zone', purpose: 'preparation' },
    });
    const shown = shownIn(list);
    const zones = shown ? jsonList(atPointer(bodyOf(shown), '/availabilityZoneInfo')) : [];
    const found = zones.find((zone) => atPointer(zone, '/zoneState/available') === true);
    const name = found === undefined ? undefined : jsonText(atPointer(found, '/zoneName'));
    if (name === undefined) throw new Unreached('an availability zone', 'The cloud lists no available zone.', list);
    return name;
  });
}

/** The last of the hosts that run servers, as an administrator sees them. @throws Unreached */
export function lastHost(ctx: CheckContext): Promise<string> {
  return ctx.fixture(async () => {
    const list = await sendRequest(ctx.run, {
      ...{ service: 'compute', method: 'GET', path: '/os-services', query: 'binary=nova-compute' },
      ...{ as: 'admin', purpose: 'preparation' },
    });
    const shown = shownIn(list);
    const services = shown ? jsonList(atPointer(bodyOf(shown), '/services')) : [];
    const running = services.filter(
      (one) => atPointer(one, '/state') === 'up' && atPointer(one, '/status') === 'enabled',
    );
    const names = running.flatMap((one) => jsonText(atPointer(one, '/host')) ?? []);
    const name = names.sort().at(-1);
    if (name === undefined) throw new Unreached('a compute host', 'The cloud lists no running compute host.', list);
    return name;
  });
}
