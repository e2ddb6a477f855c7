/**
 * Hosts that a run has taken out of service: no server is scheduled to them, and they count as down. What names an
 * outage is the reason for it, which the service keeps; its id is the name of the host.
 */
import { bodyOf, shownIn } from '../../../src/clauses/checked.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { poll, statusOf } from '../../../src/execution/poll.ts';
import type { CleanupContext, RunContext } from '../../../src/execution/run-context.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../../src/json.ts';
import type { DeclaredChange } from '../../../src/resources/declared-change.ts';
import { isRefusal, newName, unreached, type ResourceKind } from '../../../src/resources/resource-type.ts';

const type = 'host-outage';
const binary = 'nova-compute';

export const hostOutage: ResourceKind = {
  ...{ type, removalOrder: 9, command: 'compute service set --enable --up', commandEnd: binary },
  remove: async (run, host, as, timeoutMs) => {
    const { isMet } = await poll(
      () => endOutage(run, host, as),
      (status) => status === 200,
      timeoutMs,
    );
    return isMet;
  },
  find: async (run, name, as) => {
    if (as !== 'admin') return [];
    const services = await servicesOf(run, 'clean-up');
    return services.flatMap((one) => (one.disabled_reason === name ? (jsonText(one.host) ?? []) : []));
  },
};

/** The changes that begin and end an outage; these calls end with 2.52. */
export const hostOutageChanges: readonly DeclaredChange[] = [
  {
    call: 'PUT /os-services/disable-log-reason',
    creates: { type, name: 'body /disabled_reason', id: '/service/host' },
    refers: { 'body /host': { to: { type }, or: 'anything' } },
    values: ['body /binary', 'body /disabled_reason'],
  },
  {
    call: 'PUT /os-services/force-down',
    refers: { 'body /host': { to: { type } } },
    values: ['body /binary', 'body /forced_down'],
  },
  { call: 'PUT /os-services/enable', refers: { 'body /host': { to: { type } } }, values: ['body /binary'] },
];

/** @throws Unreached */
export async function beginOutage(run: RunContext, host: string): Promise<void> {
  const name = newName(run, hostOutage);
  await run.ledger.intend(type, name);
  const disabled = await change(run, 'disable-log-reason', { host, disabled_reason: name }, 'preparation');
  if (isRefusal(disabled)) run.ledger.refused(name);
  if (statusOf(disabled) !== 200) throw unreached('a host that is out of service', disabled);
  run.ledger.created({ type, name, id: host, identity: 'admin' });
  const down = await change(run, 'force-down', { host, forced_down: true }, 'preparation');
  if (statusOf(down) !== 200) throw unreached('a host that counts as down', down);
  const state = (await servicesOf(run, 'preparation')).find((one) => one.host === host)?.state;
  if (state !== 'down')
    throw new Unreached('a host that counts as down', `${host} is ${jsonText(state) ?? 'without a state'}.`, down);
}

/** The status of the last response; 200 once the host is back. */
async function endOutage(run: CleanupContext, host: string, as: Identity): Promise<number | undefined> {
  if (as !== 'admin') return undefined;
  const up = await change(run, 'force-down', { host, forced_down: false }, 'clean-up');
  return statusOf(up) === 200 ? statusOf(await change(run, 'enable', { host }, 'clean-up')) : statusOf(up);
}

function change(
  run: CleanupContext,
  call: 'disable-log-reason' | 'force-down' | 'enable',
  body: JsonObject,
  purpose: 'preparation' | 'clean-up',
): Promise<Exchange> {
  return sendRequest(run, {
    ...{ service: 'compute', method: 'PUT', path: `/os-services/${call}`, microversion: '2.11', as: 'admin', purpose },
    body: { binary, ...body },
    ...(call === 'disable-log-reason' && { creates: true }),
  });
}

async function servicesOf(run: CleanupContext, purpose: 'preparation' | 'clean-up'): Promise<readonly JsonObject[]> {
  const list = await sendRequest(run, {
    ...{ service: 'compute', method: 'GET', path: '/os-services', query: `binary=${binary}`, as: 'admin', purpose },
  });
  const shown = shownIn(list);
  return shown ? jsonList(atPointer(bodyOf(shown), '/services')).map(jsonObject) : [];
}
