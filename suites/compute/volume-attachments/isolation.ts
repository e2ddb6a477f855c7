/** What is not found: things of another project, and things that are gone. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectValue } from '../../../src/conformance/matchers.ts';
import { Unreached } from '../../../src/conformance/errors.ts';
import { removeResource } from '../../../src/conformance/resource.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import {
  createForeignVolume,
  reachVolumeStatus,
  volume as volumeKind,
  type Volume,
} from '../../block-storage/volume.ts';
import { attach as prepareAttachment, detach as detachInPreparation } from '../attachment.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { acts, everyAct, refused, refusedUntouched, type Act, type ActName } from './each-operation.ts';
import { attach, control, detach, eventuallyDetached, expectRefused, lookAtServer } from './operations.ts';
import { whatIsFound } from './quotes.ts';

/** A swap asks who calls before it asks for the server's project. */
const memberActs = ['list', 'show', 'attach', 'update', 'detach'] as const satisfies readonly ActName[];

const foreignVolumeQuote = whatIsFound(
  'A volume of another project is answered with 404, like one that does not exist.',
);

export const isolationClauses: readonly WrittenClause[] = [
  ...everyAct.map(foreignServer),
  foreignVolumeToAttach(),
  ...(['show', 'update', 'detach'] as const).map(foreignVolume),
  ...memberActs.map(deletedServer),
  ...(['show', 'attach', 'update', 'detach'] as const).map(deletedVolume),
  ...(['show', 'update', 'detach'] as const).map(detachedVolume),
  ...memberActs.map(oddServerId),
];

function foreignServer(name: ActName): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#hides-servers-of-other-projects`,
    statement: `${act.words} for a server of another project MUST be answered with 404.`,
    quotes: [whatIsFound('A server of another project is answered with 404, like one that does not exist.')],
    identities: ['other'],
    refutedBy: [`compute:${name}-reaches-foreign-servers`],
    check: async (stage) => {
      // A volume to attach has to be there for the caller, or it is the volume that is not found.
      const own = name === 'attach' ? { free: await volumeOfOther(stage, 'to attach to a foreign server') } : {};
      return refusedUntouched(stage, 404, (place) => act.call(stage, { ...place, ...own }, { as: 'other' }));
    },
  };
}

function foreignVolumeToAttach(): WrittenClause {
  return {
    id: 'compute/attach-volume#hides-volumes-of-other-projects',
    statement: 'An attach of a volume of another project MUST be answered with 404.',
    quotes: [foreignVolumeQuote],
    identities: ['other'],
    refutedBy: ['compute:attach-reaches-foreign-volumes'],
    check: async (stage) => {
      const foreign = await volumeOfOther(stage);
      const findings = await refusedUntouched(stage, 404, ({ server }) => attach(stage, server, foreign));
      const seen = await lookAsOther(stage, foreign);
      return [...findings, ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'available'))];
    },
  };
}

function foreignVolume(name: 'show' | 'update' | 'detach'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#hides-volumes-of-other-projects`,
    statement: `${act.words} of a volume of another project MUST be answered with 404.`,
    quotes: [foreignVolumeQuote],
    identities: ['other'],
    refutedBy: [`compute:${name}-reaches-foreign-volumes`],
    check: async (stage) => {
      const foreign = await volumeOfOther(stage);
      return refusedUntouched(stage, 404, (place) => act.call(stage, { ...place, volume: foreign }));
    },
  };
}

function deletedServer(name: (typeof memberActs)[number]): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#forgets-deleted-servers`,
    statement: `${act.words} for a server that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound('A server that was deleted is answered with 404.')],
    refutedBy: [`compute:${name}-remembers-deleted-servers`],
    check: async (stage) => {
      const { server, volume } = await given(stage).gone();
      return refused(stage, 404, (place) => act.call(stage, { ...place, server, volume }));
    },
  };
}

function deletedVolume(name: 'show' | 'attach' | 'update' | 'detach'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#forgets-deleted-volumes`,
    statement: `${act.words} of a volume that was deleted MUST be answered with 404.`,
    quotes: [whatIsFound('A volume that was deleted is answered with 404.')],
    refutedBy: [`compute:${name}-remembers-deleted-volumes`],
    check: async (stage) => {
      const server = await given(stage).server();
      const volume = await volumeThatWas(stage, server);
      return refusedFor(stage, act, server, volume);
    },
  };
}

function detachedVolume(name: 'show' | 'update' | 'detach'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#forgets-detached-volumes`,
    statement: `${act.words} of an attachment whose volume was detached MUST be answered with 404.`,
    quotes: [whatIsFound('An attachment whose volume was detached is answered with 404.')],
    cases: 'once',
    refutedBy: [`compute:${name}-remembers-detached-volumes`],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      await takeAway(stage, server, volume);
      return refusedFor(stage, act, server, volume);
    },
  };
}

/** Refused for the volume's sake: the server is there. */
async function refusedFor(stage: Stage, act: Act, server: Server, volume: Volume): Promise<readonly Finding[]> {
  const findings = expectRefused(await act.call(stage, { server, volume, free: volume }), 404);
  control(await lookAtServer(stage, server), 'the server');
  return findings;
}

/** Detaches and waits for the list and for the volume: whether a show forgets it too is what is asked. */
async function takeAway(stage: Stage, server: Server, volume: Volume): Promise<void> {
  control(await detach(stage, server, volume, { purpose: 'preparation' }), 'detaching a volume', 202);
  const [left] = await eventuallyDetached(stage, server, volume);
  if (left) throw new Unreached('a volume that is detached', 'A detached volume stays in the list of attachments.');
  await stage.prop(() => reachVolumeStatus(stage.world, volume.id, 'available'));
}

function oddServerId(name: (typeof memberActs)[number]): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#refuses-odd-server-ids`,
    statement: `${act.words} for a server id that is not a UUID MUST be answered with 404.`,
    quotes: [whatIsFound('A server id that is not a UUID is answered with 404.')],
    cases: 'once',
    refutedBy: [`compute:${name}-stumbles-over-odd-server-ids`],
    check: async (stage) => {
      const findings: Finding[] = [];
      for (const id of ['osc', '1', 'ffffffff-ffff-ffff-ffff']) {
        findings.push(...(await refused(stage, 404, (place) => act.call(stage, { ...place, server: { id } }))));
      }
      return findings;
    },
  };
}

function volumeOfOther(stage: Stage, purpose = 'to ask for'): Promise<Volume> {
  return stage.shared(`a volume of another project ${purpose}`, ({ world, prop }) =>
    prop(() => createForeignVolume(world)),
  );
}

function lookAsOther(stage: Stage, { id }: Volume): Promise<Exchange> {
  const path = `/volumes/${id}`;
  return stage.send({ service: 'block-storage', method: 'GET', path, as: 'other', purpose: 'observation' });
}

/** Once attached to the server; the server is to be held meanwhile. */
function volumeThatWas(stage: Stage, server: Server): Promise<Volume> {
  return stage.shared(`a volume that was deleted, once of server ${server.id}`, async (inner) => {
    const { world, prop } = inner;
    const volume = await given(inner).volumeToLose();
    await prop(async () => {
      await prepareAttachment(world, server, volume);
      await detachInPreparation(world, server, volume);
      await removeResource(world, volumeKind, volume.id);
    });
    return volume;
  });
}
