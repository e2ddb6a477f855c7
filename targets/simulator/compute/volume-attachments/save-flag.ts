/**
 * Stores the flag that an update sends.
 */

import { parseFlag } from './flag.ts';
import type { Attachment } from './subject.ts';

export function saveFlag({ wanted, found: { attachment: mapping } }: Attachment): void {
  const given = wanted.delete_on_termination;
  if (mapping && given !== undefined) mapping.deleteOnTermination = parseFlag(given);
}
