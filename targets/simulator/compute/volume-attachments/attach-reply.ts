/**
 * The content of the response to an attach, most of which repeats the request.
 */

import type { Json } from '../../kernel/http.ts';

export interface AttachReply {
  /** As spelled in the path. */
  readonly serverId: string;
  /** As spelled in the body. */
  readonly volumeId: string;
  readonly device: string | null;
  readonly mappingId: string;
  readonly tag: string | null;
  /** As sent in the body, possibly as text. */
  readonly deleteOnTermination: Json;
}
