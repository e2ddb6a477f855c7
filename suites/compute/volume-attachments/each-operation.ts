/** One request of each operation, for the clauses on all operations: roles, isolation, refusal order. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { CallOptions, CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { fixtures, type Reusable } from '../fixtures.ts';
import { rootsOf } from '../server.ts';
import type { Server } from '../server.ts';
import type { RejectionTarget } from '../fixture-kinds.ts';
import {
  attach,
  control,
  detach,
  expectRefused,
  list,
  listedVolumes,
  observeVolume,
  show,
  swap,
  update,
} from './operations.ts';

export type OperationName = 'list' | 'show' | 'attach' | 'update' | 'swap' | 'detach';

/** In the order of the contract. */
export const operationNames = [
  'list',
  'show',
  'attach',
  'update',
  'swap',
  'detach',
] as const satisfies readonly OperationName[];

export interface OperationCall {
  readonly id: `compute/${string}`;
  /** The beginning of a statement: `A detach`. */
  readonly words: string;
  readonly call: (ctx: CheckContext, on: CallResources, options?: Omit<CallOptions, 'path'>) => Promise<Exchange>;
}

/** The resources that a request names. */
export interface CallResources {
  readonly server: Pick<Server, 'id'>;
  /** The volume of the attachment. */
  readonly volume: Pick<Volume, 'id'>;
  /** The volume to attach, or to replace the attached one. */
  readonly free: Pick<Volume, 'id'>;
}

/** Except for list and show, each request changes something when it is accepted. */
export const operationCalls: Readonly<Record<OperationName, OperationCall>> = {
  list: {
    id: 'compute/list-volume-attachments',
    words: 'A list',
    call: (ctx, { server }, options) => list(ctx, server, options),
  },
  show: {
    id: 'compute/show-volume-attachment',
    words: 'A show',
    call: (ctx, { server, volume }, options) => show(ctx, server, volume, options),
  },
  attach: {
    id: 'compute/attach-volume',
    words: 'An attach',
    call: (ctx, { server, free }, options) => attach(ctx, server, free, {}, options),
  },
  update: {
    id: 'compute/update-volume-attachment',
    words: 'An update',
    call: (ctx, { server, volume }, options) => update(ctx, server, volume, { delete_on_termination: true }, options),
  },
  swap: {
    id: 'compute/swap-volume',
    words: 'A swap',
    call: (ctx, { server, volume, free }, options) => swap(ctx, server, volume, free, options),
  },
  detach: {
    id: 'compute/detach-volume',
    words: 'A detach',
    call: (ctx, { server, volume }, options) => detach(ctx, server, volume, options),
  },
};

type RefusalCode = 400 | 403 | 404 | 409;

function resourcesOf({ attached, free }: RejectionTarget): CallResources {
  return { server: attached.server, volume: attached.volume, free };
}

type Send = (resources: CallResources) => Promise<Exchange>;

/** Sends a request that must be refused with this status. */
export async function refused(ctx: CheckContext, status: RefusalCode, send: Send): Promise<readonly Finding[]> {
  const target = await fixtures(ctx).rejectionTarget();
  const findings = expectRefused(await send(resourcesOf(target)), status);
  if (findings.length > 0) target.makeDirty();
  return findings;
}

/** The same, and checks that the member sees no change. */
export async function refusedUnchanged(
  ctx: CheckContext,
  status: RefusalCode,
  send: Send,
): Promise<readonly Finding[]> {
  const target = await fixtures(ctx).rejectionTarget();
  const reply = await send(resourcesOf(target));
  const findings = [...expectRefused(reply, status), ...(await changes(ctx, target))];
  if (findings.length > 0) target.makeDirty();
  return findings;
}

async function changes(ctx: CheckContext, { attached, free }: Reusable<RejectionTarget>): Promise<readonly Finding[]> {
  const listed = await list(ctx, attached.server, { microversion: 'none', purpose: 'observation' });
  const volumes = listedVolumes(control(listed, 'listing the attachments of the server'));
  const pointer = '/volumeAttachments';
  const expected = [attached.volume.id, ...rootsOf(attached.server)];
  const differs: Finding = {
    kind: 'value',
    exchange: listed.id,
    pointer,
    expected,
    seen: volumes,
  };
  const [attachedVolume, freeVolume] = [await observeVolume(ctx, attached.volume), await observeVolume(ctx, free)];
  return [
    ...([...volumes].sort().join() === expected.sort().join() ? [] : [differs]),
    ...expectResponse(attachedVolume, 200, (shown) => expectValue(shown, '/volume/status', 'in-use')),
    ...expectResponse(freeVolume, 200, (shown) => expectValue(shown, '/volume/status', 'available')),
  ];
}

/** A resource that does not exist. */
export function nonexistent(ctx: CheckContext): { readonly id: string } {
  return { id: ctx.uuid() };
}

/** The attachment and the available volume of the rejection target. */
export async function rejectionResources(ctx: CheckContext): Promise<CallResources> {
  return resourcesOf(await fixtures(ctx).rejectionTarget());
}
