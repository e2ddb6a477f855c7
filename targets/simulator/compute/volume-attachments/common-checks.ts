/**
 * Checks that several endpoints of attachments share.
 */

import { notFound, type Refusal } from '../../kernel/refusal.ts';
import { isOpen } from '../../kernel/endpoint.ts';
import { wrongVmState } from '../lookup.ts';
import type { Of, OnServer } from '../on-server.ts';
import { isShelved } from './states.ts';
import { type OfMapping, type OfVolume, volumeIdOf } from './subject.ts';

/** Shelved servers are supported from a microversion on. */
export function tooEarlyForShelved(method: string): (subject: Of<OnServer>) => Refusal | undefined {
  return ({ call, rules, found: { server } }) =>
    server && isShelved(server) && !isOpen(rules, 'shelved', call.at) ? wrongVmState(server, method) : undefined;
}

export function unknownVolume(subject: Of<OfVolume>): Refusal | undefined {
  return subject.found.volume ? undefined : notFound(`Volume ${volumeIdOf(subject)} could not be found.`);
}

export function notAttached(subject: Of<OfMapping>): Refusal | undefined {
  return subject.found.attachment ? undefined : notAttachedTo(subject);
}

export function notAttachedTo(subject: Of<unknown>): Refusal {
  const { server_id: server = '' } = subject.call.params;
  return notFound(`Instance ${server} is not attached to volume ${volumeIdOf(subject)}`);
}
