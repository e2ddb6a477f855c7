/** Evidence that was read or written once and is wanted again: most reporters ask for all of it, one after the other. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import { evidenceIn } from './evidence-file.ts';

export interface EvidenceAtHand {
  /** By the name of its file. @throws UsageError when there is none to be read */
  readonly exchangesIn: (file: string) => readonly Exchange[];
  /** As it stands in the file now. */
  readonly wrote: (file: string, text: string) => void;
}

/** In exchanges; what is more is read again from its file. */
const most = 20_000;

export function evidenceAtHand(folder: string): EvidenceAtHand {
  const known = new Map<string, readonly Exchange[]>();
  const readFrom = evidenceIn(folder);
  let room = most;
  const keep = (file: string, { exchanges }: Evidence): readonly Exchange[] => {
    room += (known.get(file)?.length ?? 0) - exchanges.length;
    known.delete(file);
    if (room >= 0) known.set(file, exchanges);
    else room += exchanges.length;
    return exchanges;
  };
  return {
    exchangesIn: (file) => known.get(file) ?? keep(file, readFrom(file)),
    wrote: (file, text) => void keep(file, JSON.parse(text) as Evidence),
  };
}
