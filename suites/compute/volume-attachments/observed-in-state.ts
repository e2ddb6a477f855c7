/**
 * One attach to a server in a state and its detach, observed once, and the expected responses on an attachment in any
 * state.
 */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectDocumentedForm } from '../../../src/clauses/documented-form.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import {
  respondedWith,
  bodyOf,
  expectResponse,
  expectStatus,
  expectValue,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { atPointer, jsonObject, type NonEmpty } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import type { Attached } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { serverStates, type StateName } from '../fixtures/server-states.ts';
import {
  attachStatus,
  eventuallyAttached,
  eventuallyDetached,
  listedVolumes,
  missing,
} from '../observe-attachments.ts';

type Pair = Pick<Attached, 'server' | 'volume'>;

/** An attach to a server in a state, what it led to, and a detach of the same volume. */
export interface AttachedInState extends Pair {
  readonly response: Exchange;
  /** Why it was not accepted or did not complete. Clauses on its effects report these findings instead. */
  readonly findings: readonly Finding[];
  readonly late: { readonly list: Exchange; readonly show: Exchange };
  /** Findings on the detach; missing where the attach did not complete. */
  readonly detached?: readonly Finding[];
}

export function attachedIn(ctx: CheckContext, state: StateName): Promise<AttachedInState> {
  return ctx.shared(`attach to ${state} at ${formatMicroversion(ctx.microversion)}`, async (inner) => {
    const [{ server }, volume] = await Promise.all([fixtures(inner).inState(state), fixtures(inner).volume()]);
    const path = { server_id: server.id };
    const attachment = { server_id: server.id, volume_id: volume.id };
    const body = { volumeAttachment: { volumeId: volume.id } };
    const response = await inner.call('compute/attach-volume', { path, body });
    const refused = expectStatus(response, attachStatus(inner));
    const findings = refused.length > 0 ? refused : await eventuallyAttached(inner, server, volume);
    const late = {
      list: await inner.call('compute/list-volume-attachments', { path }),
      show: await inner.call('compute/show-volume-attachment', { path: attachment }),
    };
    if (findings.length > 0) return { server, volume, response, findings, late };
    const detach = expectStatus(await inner.call('compute/detach-volume', { path: attachment }), 202);
    const detached = detach.length > 0 ? detach : await eventuallyDetached(inner, server, volume);
    return { server, volume, response, findings, late, detached };
  });
}

/** Findings on the detach of a volume that was attached in the same state. @throws Unreached where it was not attached */
export async function detachedIn(ctx: CheckContext, state: StateName): Promise<readonly Finding[]> {
  const { detached } = await attachedIn(ctx, state);
  if (!detached) throw notAttached(ctx, state);
  return detached;
}

/** The cause of cases that need the attach; the clause on the attach reports the failure. */
export function notAttached({ operation }: CheckContext, state: StateName): Unreached {
  const { words } = serverStates[state];
  return new Unreached(
    `a volume attached to ${words}`,
    `No volume could be attached to ${words}, so ${operation.id} cannot be tested there.`,
  );
}

export function expectAttachResponse(
  ctx: CheckContext,
  response: Exchange,
  server: Pair['server'],
  volume: Pair['volume'],
) {
  const form = expectDocumentedForm(ctx.service, response);
  if (form.length > 0 || response.response?.body === '') return form;
  return expectResponse(response, attachStatus(ctx), (accepted) =>
    expectIdentifiers(accepted, '/volumeAttachment', { server, volume }),
  );
}

export function expectShown(
  ctx: CheckContext,
  response: Exchange,
  attached: Pair & Partial<Attached>,
): readonly Finding[] {
  return expectResponse(response, 200, (shown) => [
    ...expectDocumentedForm(ctx.service, shown),
    ...expectIdentifiers(shown, '/volumeAttachment', attached),
  ]);
}

/** `shown`: the response to a show of the same attachment, which the item must equal. */
export function expectListed(
  ctx: CheckContext,
  response: Exchange,
  attached: Pair & Partial<Attached>,
  shown?: Exchange,
): readonly Finding[] {
  return expectResponse(response, 200, (list) => {
    const index = listedVolumes(list).indexOf(attached.volume.id);
    const item = `/volumeAttachments/${index}`;
    const findings = expectDocumentedForm(ctx.service, list).filter((finding) => !isOfAnother(finding, item));
    if (findings.length > 0) return findings;
    if (index < 0) return [missing(list, '/volumeAttachments', attached.volume.id)];
    const own = shown && respondedWith(shown, 200);
    const same = own && atPointer(bodyOf(own), '/volumeAttachment');
    return [...expectIdentifiers(list, item, attached), ...(same === undefined ? [] : expectValue(list, item, same))];
  });
}

/** About another item of the list: an attachment that another case is creating has no attachment id yet. */
function isOfAnother(finding: Finding, item: string): boolean {
  if (finding.kind !== 'schema' || !/^\/volumeAttachments\/\d+\//.test(finding.pointer)) return false;
  return item !== '/volumeAttachments/-1' && !finding.pointer.startsWith(`${item}/`);
}

/** Identifiers as requested or shown before; members that the microversion does not show are skipped. */
function expectIdentifiers(response: Checked, at: string, attached: Pair & Partial<Attached>): readonly Finding[] {
  const { server, volume, device, tag } = attached;
  const members = jsonObject(atPointer(bodyOf(response), at));
  const expected = { serverId: server.id, volumeId: volume.id, id: volume.id, device, tag };
  const always = new Set(['serverId', 'volumeId']);
  return Object.entries(expected).flatMap(([name, value]) =>
    value === undefined || (members[name] === undefined && !always.has(name))
      ? []
      : expectValue(response, `${at}/${name}`, value),
  );
}

/** The faults that change the form of attachments in one state. */
export function formFaults(state: string, part: 'attach' | 'list' | 'show'): NonEmpty<string> {
  const fault = `state-misshapes:${state}:${part}`;
  return [`${fault}:null`, `${fault}:absent`, `${fault}:type`];
}
