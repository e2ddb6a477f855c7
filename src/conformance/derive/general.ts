/** Places in the part of the specs that speaks of every operation alike. */
import type { Source } from '../../contract/model.ts';

export type GeneralSection =
  'Asking for a microversion' | 'Answering with a microversion' | 'Request ids' | 'Fault bodies';

export function generalSource(section: GeneralSection): Source {
  return { file: 'negotiation.inc', section, line: 1 };
}
