/**
 * Faults of updating and detaching, written from the reference without knowledge of the clauses.
 */

import { range } from '../../../../../src/microversion.ts';
import { release } from '../../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../../block-storage/deletion.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Mapping } from '../../state.ts';
import { letterOf } from '../devices.ts';
import type { Fault } from '../../../faults/fault.ts';
import { member, type SimRequest, textMember } from '../../../kernel/http.ts';
import { operations } from './defect.ts';
import { asksFor, mappingOf, redirected, serverOf, tampering, wantedOf, without } from './from-the-reference-tools.ts';

const update = tampering('update-volume-attachment');
const detach = tampering('detach-volume');

const updateFaults: readonly Fault[] = [
  update('flag-on-newest', 'An update stores the flag on the newest attachment of the server.', (next) => {
    return async (request, cloud) => {
      const mapping = mappingOf(request, cloud);
      const former = mapping?.deleteOnTermination;
      const response = await next(request, cloud);
      if (!mapping || former === undefined || response.status !== 202) return response;
      const stored = mapping.deleteOnTermination;
      mapping.deleteOnTermination = former;
      if (member(wantedOf(request), 'delete_on_termination') !== undefined) storeOnNewest(request, cloud, stored);
      return response;
    };
  }),
  update('update-resets-flag', 'An update without delete_on_termination sets it to false.', (next) => {
    return async (request, cloud) => {
      const response = await next(request, cloud);
      const mapping = mappingOf(request, cloud);
      const hasNoFlag = member(wantedOf(request), 'delete_on_termination') === undefined;
      if (mapping && hasNoFlag && response.status === 202 && isUpdate(request, cloud))
        mapping.deleteOnTermination = false;
      return response;
    };
  }),
  update('update-renames-device', 'An update can change the name of the disk.', (next) => {
    return async (request, cloud) => {
      const device = textMember(wantedOf(request), 'device');
      if (device === undefined || letterOf(device) === undefined || !isUpdate(request, cloud))
        return next(request, cloud);
      const response = await next(without(request, 'device'), cloud);
      const mapping = mappingOf(request, cloud);
      if (mapping && response.status === 202) mapping.device = device;
      return response;
    };
  }),
  update('refused-update-saves-flag', 'An update that is refused for another member still stores its flag.', (next) => {
    return async (request, cloud) => {
      const response = await next(request, cloud);
      const mapping = mappingOf(request, cloud);
      const flag = member(wantedOf(request), 'delete_on_termination');
      const refused = response.status === 400 && response.body.includes('is not mutable');
      if (mapping && refused && typeof flag === 'boolean') mapping.deleteOnTermination = flag;
      return response;
    };
  }),
];

const detachFaults: readonly Fault[] = [
  detach('detach-takes-newest', 'A detach detaches the volume attached last instead of the named one.', (next) => {
    return (request, cloud) => {
      const last = dataDisks(request, cloud).at(-1)?.volumeId ?? null;
      const named = mappingOf(request, cloud);
      const affected = last !== null && named !== undefined && named.bootIndex !== 0;
      return next(affected ? redirected(request, 'volume_id', last) : request, cloud);
    };
  }),
  detach(
    'detach-everywhere',
    'A detach of a multiattach volume from one server detaches it from all servers.',
    (next) => {
      return async (request, cloud) => {
        const response = await next(request, cloud);
        if (response.status === 202) releaseEverywhere((request.params.volume_id ?? '').toLowerCase(), cloud);
        return response;
      };
    },
  ),
  detach('detach-deletes-volume', 'A detached volume is deleted if its delete_on_termination is true.', (next) => {
    return async (request, cloud) => {
      const isDeletedWithServer = mappingOf(request, cloud)?.deleteOnTermination === true;
      const response = await next(request, cloud);
      if (isDeletedWithServer && response.status === 202) deleteOnceAvailable(request, cloud);
      return response;
    };
  }),
];

export const referenceChangeFaults: readonly Fault[] = [...updateFaults, ...detachFaults];

/** Whether a PUT updates the attachment itself rather than swapping its volume. */
function isUpdate(request: SimRequest, cloud: Cloud): boolean {
  return wantedOf(request).volumeId === request.params.volume_id && asksFor(range('2.85-'), request, cloud);
}

/** The attached volumes of the server except its root disk, oldest first. */
function dataDisks(request: SimRequest, cloud: Cloud): readonly Mapping[] {
  const mappings = serverOf(request, cloud)?.mappings ?? [];
  return mappings.filter(({ volumeId, bootIndex }) => volumeId !== null && bootIndex !== 0);
}

function storeOnNewest(request: SimRequest, cloud: Cloud, flag: boolean): void {
  const mapping = serverOf(request, cloud)?.mappings.findLast(({ volumeId }) => volumeId !== null);
  if (mapping) mapping.deleteOnTermination = flag;
}

/** Ends the volume's other attachments right after the requested one. */
function releaseEverywhere(volumeId: string, cloud: Cloud): void {
  cloud.schedule.after(delaysOf(cloud).disconnect ?? 0, () => {
    for (const { mappings } of cloud.compute.servers.values()) {
      const index = mappings.findIndex((one) => one.volumeId === volumeId);
      const [mapping] = index < 0 ? [] : mappings.splice(index, 1);
      release(cloud, mapping?.attachmentId ?? '');
    }
  });
}

function deleteOnceAvailable({ params }: SimRequest, cloud: Cloud): void {
  const { disconnect = 0, forget = 0 } = delaysOf(cloud);
  const volume = cloud.blockStorage.volumes.get((params.volume_id ?? '').toLowerCase());
  cloud.schedule.after(disconnect + forget, () => {
    if (volume?.status === 'available') deleteVolumeSoon(cloud, volume);
  });
}

function delaysOf({ behaviour }: Cloud): Readonly<Record<string, number>> {
  return behaviour.compute.endpoints[operations.detach]?.delays ?? {};
}
