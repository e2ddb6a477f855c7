/**
 * Faults of attaching, written from the reference without knowledge of the clauses.
 */

import { range } from '../../../../../src/microversion.ts';
import { reserve } from '../../../block-storage/attaching.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Fault } from '../../../faults/fault.ts';
import { type SimRequest, textMember } from '../../../kernel/http.ts';
import {
  asksFor,
  mappingOf,
  changeAttachments,
  serverOf,
  tampering,
  wantedOf,
  without,
} from './from-the-reference-tools.ts';

const attach = tampering('attach-volume');

export const referenceAttachFaults: readonly Fault[] = [
  attach('flag-lost-beside-tag', 'An attach with a tag does not store its delete_on_termination.', (next) => {
    return async (request, cloud) => {
      const wanted = wantedOf(request);
      const affected =
        wanted.delete_on_termination === true && hasTag(request) && asksFor(range('2.79-'), request, cloud);
      if (!affected) return next(request, cloud);
      const response = await next(without(request, 'delete_on_termination'), cloud);
      return changeAttachments(response, (all) => all.map((one) => ({ ...one, delete_on_termination: true })));
    };
  }),
  attach('background-loses-tag', 'From 2.101 on the tag does not reach the compute host.', (next) => {
    return (request, cloud) => {
      const affected = hasTag(request) && !isOffloaded(request, cloud) && asksFor(range('2.101-'), request, cloud);
      return next(affected ? without(request, 'tag') : request, cloud);
    };
  }),
  attach(
    'offloaded-drops-tag',
    'An attach with a tag to a shelved-offloaded server is accepted without the tag.',
    (next) => {
      return (request, cloud) => {
        const affected = hasTag(request) && isOffloaded(request, cloud) && asksFor(range('2.49-'), request, cloud);
        return next(affected ? without(request, 'tag') : request, cloud);
      };
    },
  ),
  attach(
    'reply-guesses-device',
    'The response to an attach without a device has /dev/vdb, whatever the actual device.',
    (next) => {
      return async (request, cloud) => {
        const response = await next(request, cloud);
        if (typeof wantedOf(request).device === 'string') return response;
        return changeAttachments(response, (all) => all.map((one) => ({ ...one, device: '/dev/vdb' })));
      };
    },
  ),
  attach('attach-takes-foreign-volume', 'The volume of another project can be attached.', (next) => {
    return (request, cloud) => {
      const blockStorage = { ...cloud.behaviour.blockStorage, sees: () => true };
      return next(request, cloud.under({ ...cloud.behaviour, blockStorage }));
    };
  }),
  attach('refused-attach-reserves', 'An attach refused with a conflict leaves the volume reserved.', (next) => {
    return async (request, cloud) => {
      const response = await next(request, cloud);
      if (response.status === 409) reserveDespiteRefusal(request, cloud);
      return response;
    };
  }),
  attach('old-attach-deletes', 'A volume attached before 2.79 is deleted with its server.', (next) => {
    return async (request, cloud) => {
      const response = await next(request, cloud);
      const mapping = mappingOf(request, cloud, textMember(wantedOf(request), 'volumeId'));
      if (mapping && response.status === 200 && asksFor(range('2.1-2.78'), request, cloud)) {
        mapping.deleteOnTermination = true;
      }
      return response;
    };
  }),
];

/** Whether the request has a tag that the service accepts. */
function hasTag(request: SimRequest): boolean {
  return /^[^,/]{1,60}$/u.test(textMember(wantedOf(request), 'tag') ?? '');
}

function isOffloaded(request: SimRequest, cloud: Cloud): boolean {
  return serverOf(request, cloud)?.vmState === 'shelved_offloaded';
}

function reserveDespiteRefusal(request: SimRequest, cloud: Cloud): void {
  const server = serverOf(request, cloud);
  const volume = cloud.blockStorage.volumes.get(textMember(wantedOf(request), 'volumeId')?.toLowerCase() ?? '');
  if (server && volume?.status === 'available' && volume.projectId === server.projectId) {
    reserve(cloud, volume, server.id);
  }
}
