/**
 * What the answer to an attach tells: mostly the request again.
 */

import type { Json } from '../../http.ts';

export interface AttachReply {
  /** As the path spells it. */
  readonly serverId: string;
  /** As the body spells it. */
  readonly volumeId: string;
  readonly device: string | null;
  readonly mappingId: string;
  readonly tag: string | null;
  /** As the body gives it, text included. */
  readonly deleteOnTermination: Json;
}
