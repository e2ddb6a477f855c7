/** Ids outside the ledger: those that the run generated, and those of other resources that the target showed. */
import { isUuidLike, spellingOf, uuidsIn, windowsOf } from './id-spelling.ts';
import type { Ledger } from './ledger.ts';

export interface IdMemory {
  /** Records an id that the harness generated at random, so that it identifies nothing. */
  readonly draw: (id: string) => void;
  readonly isDrawn: (id: string) => boolean;
  /** Records the ids in a response; those that the run does not own may not be named from now on. */
  readonly see: (response: string, request: { readonly url: string; readonly body?: string }) => void;
  /** Whether every UUID in the text is in the ledger or generated, and the target has shown nothing with this id. */
  readonly isHarmless: (text: string) => boolean;
}

const idMembers = /"(?:id|uuid|server_?id|volume_?id|instance_uuid)"\s*:\s*"([^"\\]{1,100})"/gi;

/** Memory limit: after this many ids from a target no malformed id is sent any more. */
const mostSeen = 200_000;

export function createIdMemory(ledger: Ledger): IdMemory {
  const drawn = new Set<string>();
  const seen = new Set<string>();
  return {
    draw: (id) => void drawn.add(spellingOf(id)),
    isDrawn: (id) => drawn.has(spellingOf(id)),
    see: (response, request) => {
      const asked = `${request.url} ${request.body ?? ''}`.toLowerCase();
      for (const [, id = ''] of response.matchAll(idMembers)) {
        // An id that only repeats the request shows nothing; UUIDs have to be generated anyway.
        if (seen.size >= mostSeen || isUuidLike(id) || ledger.knows(id) || asked.includes(id.toLowerCase())) continue;
        seen.add(id.toLowerCase());
      }
    },
    isHarmless: (text) =>
      seen.size < mostSeen &&
      !seen.has(text.trim().toLowerCase()) &&
      // A generated id with one or two extra digits: any part that is read as an id is the generated one.
      uuidsIn(text).every((id) => windowsOf(id).some((part) => drawn.has(part)) || ledger.knows(id)),
  };
}
