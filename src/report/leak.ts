/** What a run left behind, with the command that removes it: what the target calls it is made harmless first. */
import type { Owned } from '../conformance/ledger.ts';
import type { ResourceKind } from '../conformance/resource.ts';
import type { Leak } from './record.ts';
import { printable } from './printable.ts';
import { shellWord } from './shell-word.ts';

export function leakOf({ type, id, name }: Owned, kinds: readonly ResourceKind[]): Leak {
  const kind = kinds.find((one) => one.type === type);
  return { type, id, name, command: kind?.command(wordsOf(id)) ?? '' };
}

/** What begins with a hyphen would be taken for an option. */
function wordsOf(id: string): string {
  return id.startsWith('-') ? `-- ${shellWord(id)}` : shellWord(id);
}

/** A leak as one line. */
export function leftBehind({ type, id, command }: Leak): string {
  return `Left behind: ${type} ${printable(id)}; remove it by: ${command}`;
}
