/** Resources that were deleted, and volumes that were detached, are answered like nonexistent ones. */
import { Unreached } from '../../../src/execution/errors.ts';
import { removeResource } from '../../../src/resources/resource-type.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  outermostOf,
  pathResources,
  type DeclaredOperation,
  type Resources,
} from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { reachVolumeStatus, volume as volumeKind, type Volume } from '../../block-storage/volume.ts';
import { attach as prepareAttachment, detach as detachInPreparation } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Server } from '../resource-types/server.ts';
import { eventuallyDetached } from '../observe-attachments.ts';
import { control, expectRefused, observeServer, refused } from './refusal.ts';
import { whatIsFound } from './sections.ts';

/** An operation of administrators checks the role of the caller before anything is found or not. */
export function removedResources(operation: DeclaredOperation): readonly WrittenClause[] {
  if (operation.caller !== 'member') return [];
  const { server, volume } = operation.resources;
  const outermost = outermostOf(operation);
  return [
    ...(outermost && operation.removed ? [deletedOutermost(operation, outermost, operation.removed)] : []),
    ...(server && volume ? [deletedVolume(operation)] : []),
    ...(server && volume && namesAttachment(operation) ? [detachedVolume(operation)] : []),
  ];
}

/** The volume in the path is that of an attachment. */
function namesAttachment(operation: DeclaredOperation): boolean {
  return pathResources(operation).includes('volume');
}

function deletedOutermost(
  operation: DeclaredOperation,
  { name, use, noun }: NonNullable<ReturnType<typeof outermostOf>>,
  removed: NonNullable<DeclaredOperation['removed']>,
): WrittenClause {
  const { type } = use.to;
  return {
    id: `${operation.id}#forgets-deleted-${type}s`,
    statement: `${operation.noun} for a ${noun} that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound(`A ${noun} that was deleted is answered with 404.`)],
    killedBy: [`${operation.id}:keep-deleted:${name}`],
    check: async (ctx) => {
      const deleted = await removed(ctx);
      return refused(ctx, operation, 404, { on: (resources) => ({ ...resources, ...deleted }) });
    },
  };
}

function deletedVolume(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#forgets-deleted-volumes`,
    statement: `${operation.noun} of a volume that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound('A volume that was deleted is answered with 404.')],
    killedBy: [`${operation.id}:keep-deleted:volume`],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      const volume = await createDeletedVolume(ctx, server);
      return refusedForVolume(ctx, operation, { server, volume });
    },
  };
}

function detachedVolume(operation: DeclaredOperation): WrittenClause {
  return {
    id: `${operation.id}#forgets-detached-volumes`,
    statement: `${operation.noun} of an attachment whose volume was detached MUST be answered with 404.`,
    quotes: [whatIsFound('An attachment whose volume was detached is answered with 404.')],
    cases: 'once',
    killedBy: [`${operation.id}:keep-deleted:attachment`],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      await detachAndWait(ctx, server, volume);
      return refusedForVolume(ctx, operation, { server, volume });
    },
  };
}

/** The request is refused because of the volume: the server exists. */
async function refusedForVolume(
  ctx: CheckContext,
  operation: DeclaredOperation,
  resources: Resources & { readonly server: Server },
): Promise<readonly Finding[]> {
  const members = operation.marks && { members: operation.marks };
  const findings = expectRefused(await operation.send(ctx, resources, { ...members }), 404);
  control(await observeServer(ctx, resources.server), 'the server');
  return findings;
}

/** Detaches a volume and waits for the list and for its status, but not for show, which may be under test. */
async function detachAndWait(ctx: CheckContext, server: Server, volume: Volume): Promise<void> {
  const path = { server_id: server.id, volume_id: volume.id };
  const response = await ctx.call('compute/detach-volume', { path, purpose: 'preparation' });
  control(response, 'detaching a volume', 202);
  const [finding] = await eventuallyDetached(ctx, server, volume);
  if (finding) throw new Unreached('volume detached', 'A detached volume stays in the list of attachments.');
  await ctx.fixture(() => reachVolumeStatus(ctx.run, volume.id, 'available'));
}

/** A deleted volume that was attached to the server; the case must keep its lease of the server meanwhile. */
function createDeletedVolume(ctx: CheckContext, server: Server): Promise<Volume> {
  return ctx.shared(`a volume that was deleted, once of server ${server.id}`, async (inner) => {
    const { run, fixture } = inner;
    const volume = await fixtures(inner).disposableVolume();
    await fixture(async () => {
      await prepareAttachment(run, server, volume);
      await detachInPreparation(run, server, volume);
      await removeResource(run, volumeKind, volume.id);
    });
    return volume;
  });
}
