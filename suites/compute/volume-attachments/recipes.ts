/** How each operation on volume attachments is called: what has to be there, and what to send. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Recipe, Recipes, Scene } from '../../../src/conformance/recipe.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { JsonObject } from '../../../src/json.ts';
import { reachAttached, reachDetached, type Attached } from '../attachment.ts';
import { given, type Spoilable } from '../given.ts';
import { show } from './operations.ts';
import type { Untouched } from '../fixture-kinds.ts';
import type { Migrating } from '../swap.ts';

const paging = { limit: '1000', offset: '0' } as const;

export const volumeAttachmentRecipes: Recipes = {
  'compute/list-volume-attachments': reading(({ server }) => ({ server_id: server.id })),
  'compute/show-volume-attachment': reading(pathOf),
  'compute/attach-volume': {
    as: 'member',
    capabilities: [],
    accepted: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      return {
        path: { server_id: server.id },
        body: bodyWith(volume.id),
        values: {
          '/volumeAttachment/volumeId': volume.id,
          '/volumeAttachment/device': await given(stage).freeDevice(),
          '/volumeAttachment/tag': 'osc-tag',
          '/volumeAttachment/delete_on_termination': false,
        },
        query: {},
        settle: () => reachAttached(stage.world, server, volume),
      };
    },
    refused: async (stage) => {
      const untouched = await given(stage).untouched();
      return {
        ...refusal(stage, untouched, { server_id: untouched.attached.server.id }),
        body: bodyWith(untouched.free.id),
        values: { '/volumeAttachment/tag': 'osc-tag', '/volumeAttachment/delete_on_termination': false },
      };
    },
  },
  'compute/update-volume-attachment': {
    as: 'member',
    capabilities: [],
    tied: { '/volumeAttachment/volumeId': 'volume_id' },
    accepted: async (stage) => updateScene(await given(stage).attachment('keeps')),
    refused: async (stage) => {
      const untouched = await given(stage).untouched();
      return {
        ...updateScene(untouched.attached),
        // Another volume in the body than in the path would be a swap.
        intact: shows(stage, untouched.attached),
        bodyFor: ({ volume_id: volumeId = '' }) => bodyWith(volumeId),
        spoiled: untouched.spoil,
      };
    },
  },
  'compute/swap-volume': {
    as: 'admin',
    capabilities: [],
    accepted: async (stage) => swapScene(await given(stage).migrating()),
    refused: async (stage) => {
      const untouched = await given(stage).untouched();
      return {
        ...swapScene({ ...untouched.attached, replacement: untouched.free }),
        intact: shows(stage, untouched.attached),
        spoiled: untouched.spoil,
      };
    },
  },
  'compute/detach-volume': {
    as: 'member',
    capabilities: [],
    accepted: async (stage) => {
      const attached = await given(stage).attachment();
      return {
        path: pathOf(attached),
        values: {},
        query: {},
        settle: () => reachDetached(stage.world, attached.server, attached.volume),
      };
    },
    refused: async (stage) => {
      const untouched = await given(stage).untouched();
      return refusal(stage, untouched, pathOf(untouched.attached));
    },
  },
};

/** Reads look at what nothing changes, whether they are to be answered or refused. */
function reading(path: (attached: Attached) => Scene['path']): Recipe {
  const scene = async (stage: Stage): Promise<Scene> => {
    const [attached] = await given(stage).quiet();
    return { path: path(attached), values: {}, query: paging, intact: shows(stage, attached) };
  };
  return { as: 'member', reads: true, capabilities: [], accepted: scene, refused: scene };
}

function pathOf({ server, volume }: Attached): Scene['path'] {
  return { server_id: server.id, volume_id: volume.id };
}

function bodyWith(volumeId: string): JsonObject {
  return { volumeAttachment: { volumeId } };
}

function refusal(stage: Stage, { attached, spoil }: Spoilable<Untouched>, path: Scene['path']): Scene {
  return { path, values: {}, query: {}, intact: shows(stage, attached), spoiled: spoil };
}

function shows(stage: Stage, { server, volume }: Attached): () => Promise<Exchange> {
  return () => show(stage, server, volume, { purpose: 'observation' });
}

/** Every member with the value that it has, so that sending it changes nothing. */
function updateScene(attached: Attached): Scene {
  const { server, volume, device, tag } = attached;
  return {
    path: pathOf(attached),
    body: bodyWith(volume.id),
    values: {
      '/volumeAttachment/volumeId': volume.id,
      '/volumeAttachment/id': volume.id,
      '/volumeAttachment/serverId': server.id,
      '/volumeAttachment/delete_on_termination': false,
      ...(device === undefined ? {} : { '/volumeAttachment/device': device }),
      ...(tag === undefined ? {} : { '/volumeAttachment/tag': tag }),
    },
    query: {},
  };
}

/** The members of an update may come with a swap; the volume in the body is the one to attach instead. */
function swapScene({ replacement, ...attached }: Migrating): Scene {
  const scene = updateScene(attached);
  return {
    ...scene,
    body: bodyWith(replacement.id),
    values: { ...scene.values, '/volumeAttachment/volumeId': replacement.id },
  };
}
