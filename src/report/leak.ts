/** A resource that a run left behind, with the command that removes it. Names from the target are escaped. */
import type { Owned } from '../resources/ledger.ts';
import type { ResourceKind } from '../resources/resource-type.ts';
import type { Leak } from './record.ts';
import { printable } from './printable.ts';
import { shellWord } from './shell-word.ts';

export function leakOf({ type, id, name }: Owned, kinds: readonly ResourceKind[]): Leak {
  const kind = kinds.find((one) => one.type === type);
  return { type, id, name, command: kind?.command(wordsOf(id)) ?? '' };
}

/** An id that begins with a hyphen would be parsed as an option. */
function wordsOf(id: string): string {
  return id.startsWith('-') ? `-- ${shellWord(id)}` : shellWord(id);
}

/** A leak as one line. */
export function leftBehind({ type, id, command }: Leak): string {
  return `Left behind: ${type} ${printable(id)}; remove it with: ${command}`;
}
