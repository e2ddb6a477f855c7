/** Resources and values for requests on volume attachments, from the fixtures of the service. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { RejectedCall, Resources } from '../../../src/clauses/define-operation.ts';
import type { Json } from '../../../src/json.ts';
import type { Attached } from '../fixtures/attachment.ts';
import type { RejectionTarget, ServerInState } from '../fixtures/fixture-kinds.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { observeAttachment } from '../observe-attachments.ts';
import type { StateName } from '../fixtures/server-states.ts';
import { attachmentsUnchanged } from './unchanged.ts';

/** Members of a request, by pointer. */
export const [volumeId, device, tag, flag] = ['volumeId', 'device', 'tag', 'delete_on_termination'].map(
  (name) => `/volumeAttachment/${name}`,
) as [string, string, string, string];

/** Upper and lower case, a blank and a digit, all of which the service must store. */
export const ownTag = 'Osc Written-1';

/** Reads use the read-only fixture, for requests that must be accepted and that must be refused. */
export async function readOnly(ctx: CheckContext): Promise<RejectedCall> {
  const [own] = await fixtures(ctx).readOnly();
  return {
    resources: ofAttachment(own),
    shown: () => observeAttachment(ctx, own.server, own.volume),
    unchanged: () => Promise.resolve([]),
    makeDirty: () => undefined,
  };
}

/** An attachment and an available volume of the same server, which other cases use later. */
export async function rejectionTarget(
  ctx: CheckContext,
  members: (own: Attached) => Readonly<Record<string, Json>>,
  resources: (target: RejectionTarget) => Resources,
): Promise<RejectedCall> {
  const target = await fixtures(ctx).rejectionTarget();
  const { attached: own, makeDirty } = target;
  return {
    resources: resources(target),
    members: members(own),
    shown: () => observeAttachment(ctx, own.server, own.volume),
    unchanged: () => attachmentsUnchanged(ctx, target),
    makeDirty,
  };
}

export function inState(ctx: CheckContext, state: string): Promise<ServerInState> {
  return fixtures(ctx).inState(state as StateName);
}

export function ofAttachment({ server: own, volume: its }: Attached): Resources {
  return { server: own, volume: its };
}

/** The current value of every member, so that an update with them changes nothing. */
export function currentMembers(own: Attached): Readonly<Record<string, Json>> {
  return {
    [volumeId]: own.volume.id,
    '/volumeAttachment/id': own.volume.id,
    '/volumeAttachment/serverId': own.server.id,
    [flag]: false,
    ...(own.device === undefined ? {} : { [device]: own.device }),
    ...(own.tag === undefined ? {} : { [tag]: own.tag }),
  };
}
