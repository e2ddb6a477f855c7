/**
 * The flag `delete_on_termination`, which may be sent as text.
 */

import type { Json } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';

const yes = ['True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'] as const;
const no = ['False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'] as const;

export const flagValues: readonly Json[] = [true, ...yes, false, ...no];

/** The value that an attach stores. */
export function storedFlag({ cloud }: ComputeCall, given: Json | undefined): boolean {
  const { quirks } = cloud.behaviour.compute.attachments;
  if (given === undefined) return false;
  return quirks.flagTextMeansTrue && typeof given === 'string' ? given !== '' : parseFlag(given);
}

/** The value that the flag or its text means. */
export function parseFlag(given: Json): boolean {
  return given === true || yes.some((one) => one === given);
}
