/** What a run knows of ids besides its ledger: those that it drew, and those that the target showed of other things. */
import { isUuidLike, spellingOf, uuidsIn, windowsOf } from './id-spelling.ts';
import type { Ledger } from './ledger.ts';

export interface IdMemory {
  /** Notes an id that the harness drew at random, so that nothing has it. */
  readonly draw: (id: string) => void;
  readonly isDrawn: (id: string) => boolean;
  /** Notes the ids in a response; those of what is not the run's own may not be named from now on. */
  readonly see: (response: string, request: { readonly url: string; readonly body?: string }) => void;
  /** Every UUID in the text is in the ledger or drawn, and the target has shown nothing with this id. */
  readonly isHarmless: (text: string) => boolean;
}

const idMembers = /"(?:id|uuid|server_?id|volume_?id|instance_uuid)"\s*:\s*"([^"\\]{1,100})"/gi;

/** A target that shows more ids than this has filled the memory, and no odd id is sent any more. */
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
        // What only repeats the question shows nothing; a UUID has to be drawn anyway.
        if (seen.size >= mostSeen || isUuidLike(id) || ledger.knows(id) || asked.includes(id.toLowerCase())) continue;
        seen.add(id.toLowerCase());
      }
    },
    isHarmless: (text) =>
      seen.size < mostSeen &&
      !seen.has(text.trim().toLowerCase()) &&
      // A drawn id with a digit too many is none, and whatever part of it is read is not another's.
      uuidsIn(text).every((id) => windowsOf(id).some((part) => drawn.has(part)) || ledger.knows(id)),
  };
}
