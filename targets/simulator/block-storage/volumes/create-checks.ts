/**
 * Why the volume service refuses to create a volume.
 */

import { textMember } from '../../kernel/http.ts';
import { badRequest, Refusal } from '../../kernel/refusal.ts';
import type { Of } from '../call.ts';

type Creating = Of<unknown>;

export function invalidSize({ wanted }: Creating): Refusal | undefined {
  const size = sizeIn(wanted);
  return Number.isInteger(size) && size >= 1
    ? undefined
    : badRequest('The server could not comply with the request since it is either malformed or otherwise incorrect.');
}

export function tooSmallForImage({ call: { cloud }, wanted }: Creating): Refusal | undefined {
  const size = sizeIn(wanted);
  const { minDisk = 0 } = cloud.image.images.get(textMember(wanted, 'imageRef') ?? '') ?? {};
  return size < minDisk
    ? badRequest(`A volume of ${size} GB is smaller than the ${minDisk} GB that the image needs.`)
    : undefined;
}

export function tooSmallForType({ call: { cloud }, wanted }: Creating): Refusal | undefined {
  const size = sizeIn(wanted);
  const { leastVolume } = cloud.settings.offer;
  return size < leastVolume
    ? badRequest(`A volume of this type has ${leastVolume} GB at least, and not ${size} GB.`)
    : undefined;
}

export function unknownZone({ call: { cloud }, wanted }: Creating): Refusal | undefined {
  const zone = textMember(wanted, 'availability_zone');
  return zone === undefined || cloud.settings.offer.zones.volumes.includes(zone)
    ? undefined
    : badRequest(`Availability zone '${zone}' is invalid.`);
}

export function overQuota({ call: { cloud, caller } }: Creating): Refusal | undefined {
  const limit = cloud.settings.quotas.volumes;
  const own = [...cloud.blockStorage.volumes.values()].filter(({ projectId }) => projectId === caller.projectId);
  if (limit < 0 || own.length + 1 <= limit) return undefined;
  const message = `VolumeLimitExceeded: Maximum number of volumes allowed (${limit}) exceeded for quota 'volumes'.`;
  return new Refusal(413, message, { 'Retry-After': '0' });
}

export function unknownImage({ call: { cloud }, wanted }: Creating): Refusal | undefined {
  const id = textMember(wanted, 'imageRef');
  return id === undefined || cloud.image.images.has(id)
    ? undefined
    : badRequest('Invalid image identifier or unable to access requested image.');
}

function sizeIn(wanted: Creating['wanted']): number {
  return Number(wanted.size ?? Number.NaN);
}
