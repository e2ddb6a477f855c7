/** Clauses on resources that are not found: those of another project, and deleted or detached ones. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { removeResource } from '../../../src/resources/resource-type.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import {
  createForeignVolume,
  reachVolumeStatus,
  volume as volumeKind,
  type Volume,
} from '../../block-storage/volume.ts';
import { attach as prepareAttachment, detach as detachInPreparation } from '../attachment.ts';
import { fixtures } from '../fixtures.ts';
import type { Server } from '../server.ts';
import {
  operationCalls,
  operationNames,
  refused,
  refusedUnchanged,
  type OperationCall,
  type OperationName,
} from './each-operation.ts';
import { attach, control, detach, eventuallyDetached, expectRefused, observeServer } from './operations.ts';
import { whatIsFound } from './quotes.ts';

/** Without swap, which checks the role before it looks up the server. */
const memberOperations = ['list', 'show', 'attach', 'update', 'detach'] as const satisfies readonly OperationName[];

const foreignVolumeQuote = whatIsFound(
  'A volume of another project is answered with 404, like one that does not exist.',
);

export const isolationClauses: readonly WrittenClause[] = [
  ...operationNames.map(foreignServer),
  foreignVolumeToAttach(),
  ...(['show', 'update', 'detach'] as const).map(foreignVolume),
  ...memberOperations.map(deletedServer),
  ...(['show', 'attach', 'update', 'detach'] as const).map(deletedVolume),
  ...(['show', 'update', 'detach'] as const).map(detachedVolume),
  ...memberOperations.map(oddServerId),
];

function foreignServer(name: OperationName): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#hides-servers-of-other-projects`,
    statement: `${operation.words} for a server of another project MUST be answered with 404.`,
    quotes: [whatIsFound('A server of another project is answered with 404, like one that does not exist.')],
    identities: ['other'],
    killedBy: [`compute:${name}-reaches-foreign-servers`],
    check: async (ctx) => {
      // The volume must belong to the caller; otherwise the 404 is for the volume.
      const own = name === 'attach' ? { free: await volumeOfOther(ctx, 'to attach to a foreign server') } : {};
      return refusedUnchanged(ctx, 404, (resources) => operation.call(ctx, { ...resources, ...own }, { as: 'other' }));
    },
  };
}

function foreignVolumeToAttach(): WrittenClause {
  return {
    id: 'compute/attach-volume#hides-volumes-of-other-projects',
    statement: 'An attach of a volume of another project MUST be answered with 404.',
    quotes: [foreignVolumeQuote],
    identities: ['other'],
    killedBy: ['compute:attach-reaches-foreign-volumes'],
    check: async (ctx) => {
      const foreign = await volumeOfOther(ctx);
      const findings = await refusedUnchanged(ctx, 404, ({ server }) => attach(ctx, server, foreign));
      const seen = await observeAsOther(ctx, foreign);
      return [...findings, ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'available'))];
    },
  };
}

function foreignVolume(name: 'show' | 'update' | 'detach'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#hides-volumes-of-other-projects`,
    statement: `${operation.words} of a volume of another project MUST be answered with 404.`,
    quotes: [foreignVolumeQuote],
    identities: ['other'],
    killedBy: [`compute:${name}-reaches-foreign-volumes`],
    check: async (ctx) => {
      const foreign = await volumeOfOther(ctx);
      return refusedUnchanged(ctx, 404, (resources) => operation.call(ctx, { ...resources, volume: foreign }));
    },
  };
}

function deletedServer(name: (typeof memberOperations)[number]): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#forgets-deleted-servers`,
    statement: `${operation.words} for a server that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound('A server that was deleted is answered with 404.')],
    killedBy: [`compute:${name}-remembers-deleted-servers`],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).deleted();
      return refused(ctx, 404, (resources) => operation.call(ctx, { ...resources, server, volume }));
    },
  };
}

function deletedVolume(name: 'show' | 'attach' | 'update' | 'detach'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#forgets-deleted-volumes`,
    statement: `${operation.words} of a volume that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound('A volume that was deleted is answered with 404.')],
    killedBy: [`compute:${name}-remembers-deleted-volumes`],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      const volume = await createDeletedVolume(ctx, server);
      return refusedForVolume(ctx, operation, server, volume);
    },
  };
}

function detachedVolume(name: 'show' | 'update' | 'detach'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#forgets-detached-volumes`,
    statement: `${operation.words} of an attachment whose volume was detached MUST be answered with 404.`,
    quotes: [whatIsFound('An attachment whose volume was detached is answered with 404.')],
    cases: 'once',
    killedBy: [`compute:${name}-remembers-detached-volumes`],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      await detachAndWait(ctx, server, volume);
      return refusedForVolume(ctx, operation, server, volume);
    },
  };
}

/** The request is refused because of the volume: the server exists. */
async function refusedForVolume(
  ctx: CheckContext,
  operation: OperationCall,
  server: Server,
  volume: Volume,
): Promise<readonly Finding[]> {
  const findings = expectRefused(await operation.call(ctx, { server, volume, free: volume }), 404);
  control(await observeServer(ctx, server), 'the server');
  return findings;
}

/** Detaches a volume and waits for the list and for its status, but not for show, which is under test. */
async function detachAndWait(ctx: CheckContext, server: Server, volume: Volume): Promise<void> {
  control(await detach(ctx, server, volume, { purpose: 'preparation' }), 'detaching a volume', 202);
  const [finding] = await eventuallyDetached(ctx, server, volume);
  if (finding) throw new Unreached('volume detached', 'A detached volume stays in the list of attachments.');
  await ctx.fixture(() => reachVolumeStatus(ctx.run, volume.id, 'available'));
}

function oddServerId(name: (typeof memberOperations)[number]): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#refuses-odd-server-ids`,
    statement: `${operation.words} for a server id that is not a UUID MUST be answered with 404.`,
    quotes: [whatIsFound('A server id that is not a UUID is answered with 404.')],
    cases: 'once',
    killedBy: [`compute:${name}-stumbles-over-odd-server-ids`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const id of ['osc', '1', 'ffffffff-ffff-ffff-ffff']) {
        findings.push(
          ...(await refused(ctx, 404, (resources) => operation.call(ctx, { ...resources, server: { id } }))),
        );
      }
      return findings;
    },
  };
}

function volumeOfOther(ctx: CheckContext, purpose = 'to ask for'): Promise<Volume> {
  return ctx.shared(`a volume of another project ${purpose}`, ({ run, fixture }) =>
    fixture(() => createForeignVolume(run)),
  );
}

function observeAsOther(ctx: CheckContext, { id }: Volume): Promise<Exchange> {
  const path = `/volumes/${id}`;
  return ctx.send({ service: 'block-storage', method: 'GET', path, as: 'other', purpose: 'observation' });
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
