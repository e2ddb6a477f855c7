/** The declared changes of the compute service: what each request refers to and creates. */
import { changesOf } from '../../src/clauses/derive-recipe.ts';
import type { DeclaredChange, Reference } from '../../src/resources/declared-change.ts';
import { volume } from '../block-storage/volume.ts';
import { otherMethodsOf } from './rules/other-methods.ts';
import { server } from './resource-types/server.ts';
import { serverGroup } from './resource-types/server-group.ts';
import { serverActionOperations } from './server-actions/operations.ts';
import { singleServerOperations } from './servers/operations.ts';
import { serverGroupOperations } from './server-groups/operations.ts';
import { serverMetadataOperations } from './server-metadata/operations.ts';
import { serverTagOperations } from './server-tags/operations.ts';
import { volumeAttachmentOperations } from './volume-attachments/operations.ts';

const aFlavor: Reference = { to: { type: 'flavor' }, or: 'fixture' };

export const computeChanges: readonly DeclaredChange[] = [
  {
    call: 'POST /servers',
    operations: ['compute/create-server'],
    creates: { type: server.type, name: 'body /server/name', id: '/server/id' },
    refers: {
      'body /server/flavorRef': aFlavor,
      'body /server/imageRef': { to: { type: 'image' }, or: 'fixture' },
      'body /server/networks/*/uuid': { to: { type: 'network' }, or: 'fixture' },
      'body /server/block_device_mapping_v2/*/uuid': { to: volume },
      'body /os:scheduler_hints/group': { to: serverGroup },
    },
    values: [
      'body /server/name',
      'body /server/availability_zone',
      'body /server/metadata/*',
      // `none` or `auto`.
      'body /server/networks',
      'body /server/block_device_mapping_v2/*/boot_index',
      'body /server/block_device_mapping_v2/*/source_type',
      'body /server/block_device_mapping_v2/*/destination_type',
      'body /server/block_device_mapping_v2/*/delete_on_termination',
    ],
  },
  ...changesOf(singleServerOperations),
  ...changesOf(serverActionOperations),
  ...changesOf(volumeAttachmentOperations),
  ...changesOf(serverGroupOperations),
  ...changesOf(serverTagOperations),
  ...changesOf(serverMetadataOperations),
  ...otherMethodsOf(volumeAttachmentOperations),
  ...otherMethodsOf(serverGroupOperations),
];
