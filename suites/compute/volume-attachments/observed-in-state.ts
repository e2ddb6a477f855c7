/** One attach to a server in a state, looked at once, and what replies about an attachment must show in any state. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectDocumentedForm } from '../../../src/conformance/documented-form.ts';
import { Unreached } from '../../../src/conformance/errors.ts';
import {
  answered,
  bodyOf,
  expectResponse,
  expectStatus,
  expectValue,
  type Checked,
} from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import { atPointer, jsonObject } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import type { Attached } from '../attachment.ts';
import { given } from '../given.ts';
import { serverStates, type StateName } from '../server-states.ts';
import { missing } from './observed-attach.ts';
import { attach, attachStatus, eventuallyAttached, list, listedVolumes, show } from './operations.ts';

type Pair = Pick<Attached, 'server' | 'volume'>;

export interface AttachedInState extends Pair {
  readonly reply: Exchange;
  /** Why it was not accepted or was not completed; then nothing after it was looked at. */
  readonly findings: readonly Finding[];
  readonly late: { readonly list: Exchange; readonly show: Exchange };
}

export function attachedIn(stage: Stage, state: StateName): Promise<AttachedInState> {
  return stage.shared(`attach to ${state} at ${formatMicroversion(stage.microversion)}`, async (inner) => {
    const [{ server }, volume] = await Promise.all([given(inner).inState(state), given(inner).volume()]);
    const reply = await attach(inner, server, volume);
    const refused = expectStatus(reply, attachStatus(inner));
    const findings = refused.length > 0 ? refused : await eventuallyAttached(inner, server, volume);
    const late = { list: await list(inner, server), show: await show(inner, server, volume) };
    return { server, volume, reply, findings, late };
  });
}

/** The clause on the attach reports it. */
export function notAttached({ operation }: Stage, state: StateName): Unreached {
  const { words } = serverStates[state];
  return new Unreached(
    `a volume attached to ${words}`,
    `No volume was attached to ${words}, so that ${operation.id} has nothing to show.`,
  );
}

export function expectAttachReply(stage: Stage, reply: Exchange, server: Pair['server'], volume: Pair['volume']) {
  const form = expectDocumentedForm(stage.world, reply);
  if (form.length > 0 || reply.response?.body === '') return form;
  return expectResponse(reply, attachStatus(stage), (accepted) =>
    expectIdentifiers(accepted, '/volumeAttachment', { server, volume }),
  );
}

export function expectShown(stage: Stage, reply: Exchange, attached: Pair & Partial<Attached>): readonly Finding[] {
  return expectResponse(reply, 200, (shown) => [
    ...expectDocumentedForm(stage.world, shown),
    ...expectIdentifiers(shown, '/volumeAttachment', attached),
  ]);
}

/** `shown`: the reply to showing the same attachment, which the item has to agree with. */
export function expectListed(
  stage: Stage,
  reply: Exchange,
  attached: Pair & Partial<Attached>,
  shown?: Exchange,
): readonly Finding[] {
  return expectResponse(reply, 200, (list) => {
    const findings = expectDocumentedForm(stage.world, list);
    if (findings.length > 0) return findings;
    const index = listedVolumes(list).indexOf(attached.volume.id);
    if (index < 0) return [missing(list, '/volumeAttachments', attached.volume.id)];
    const item = `/volumeAttachments/${index}`;
    const own = shown && answered(shown, 200);
    const same = own && atPointer(bodyOf(own), '/volumeAttachment');
    return [...expectIdentifiers(list, item, attached), ...(same === undefined ? [] : expectValue(list, item, same))];
  });
}

/** As they were given or shown before; a member that the microversion does not show cannot differ. */
function expectIdentifiers(reply: Checked, at: string, attached: Pair & Partial<Attached>): readonly Finding[] {
  const { server, volume, device, tag } = attached;
  const members = jsonObject(atPointer(bodyOf(reply), at));
  const expected = { serverId: server.id, volumeId: volume.id, id: volume.id, device, tag };
  const always = new Set(['serverId', 'volumeId']);
  return Object.entries(expected).flatMap(([name, value]) =>
    value === undefined || (members[name] === undefined && !always.has(name))
      ? []
      : expectValue(reply, `${at}/${name}`, value),
  );
}
