/** Checks that a value read from a journal has the form of an inventory line. */
import type { InventoryChange, ResourceListCount, ThingState } from '../resources/inventory.ts';
import { list, number, oneOf, optional, shape, text, type Guard } from './guards.ts';
import type { InventoryLine } from './journal.ts';

const counted = shape<Extract<ResourceListCount, { readonly count: number }>>({
  identity: text,
  type: text,
  count: number,
});
const failed = shape<Extract<ResourceListCount, { readonly failed: string }>>({
  identity: text,
  type: text,
  failed: text,
});
const lists = list((value) => counted(value) || failed(value));

const state = shape<ThingState>({ name: text, status: text, attachments: list(text) });
const change = shape<InventoryChange>({ type: text, id: text, before: optional(state), after: optional(state) });

const about = { line: oneOf('inventory'), run: text, lists } satisfies Readonly<Record<string, Guard>>;
const isBefore = shape<Extract<InventoryLine, { readonly when: 'before' }>>({ ...about, when: oneOf('before') });
const isAfter = shape<Extract<InventoryLine, { readonly when: 'after' }>>({
  ...about,
  when: oneOf('after'),
  changes: list(change),
  more: number,
});

export function isInventoryLine(value: unknown): value is InventoryLine {
  return isBefore(value) || isAfter(value);
}
