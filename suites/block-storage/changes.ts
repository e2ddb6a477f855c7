/** The declared changes of the block storage service: what each request refers to and creates. */
import type { DeclaredChange, Place } from '../../src/resources/declared-change.ts';
import { volume } from './volume.ts';

const aVolume = { 'path volume_id': { to: volume } } as const;

/** A volume action, identified by the only member of its body. */
function action(name: string, ...values: readonly Place[]): DeclaredChange {
  return { call: 'POST /volumes/{volume_id}/action', action: name, refers: aVolume, values };
}

export const blockStorageChanges: readonly DeclaredChange[] = [
  {
    call: 'POST /volumes',
    creates: { type: volume.type, name: 'body /volume/name', id: '/volume/id' },
    refers: {
      'body /volume/volume_type': { to: { type: 'volume type' }, or: 'fixture' },
      'body /volume/imageRef': { to: { type: 'image' }, or: 'fixture' },
    },
    values: ['body /volume/name', 'body /volume/size', 'body /volume/availability_zone'],
  },
  { call: 'DELETE /volumes/{volume_id}', refers: aVolume },
  action('os-detach'),
  action('os-force_delete'),
  action(
    'os-reset_status',
    'body /os-reset_status/status',
    'body /os-reset_status/attach_status',
    'body /os-reset_status/migration_status',
  ),
  action('os-roll_detaching'),
  action('os-unreserve'),
];
