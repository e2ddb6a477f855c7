/** Does a value read from a journal have the form of a census line? */
import type { CensusChange, RollCount, ThingState } from '../conformance/census.ts';
import { list, number, oneOf, optional, shape, text, type Guard } from './guards.ts';
import type { CensusLine } from './journal.ts';

const counted = shape<Extract<RollCount, { readonly count: number }>>({ identity: text, type: text, count: number });
const failed = shape<Extract<RollCount, { readonly failed: string }>>({ identity: text, type: text, failed: text });
const lists = list((value) => counted(value) || failed(value));

const state = shape<ThingState>({ name: text, status: text, attachments: list(text) });
const change = shape<CensusChange>({ type: text, id: text, before: optional(state), after: optional(state) });

const about = { line: oneOf('census'), run: text, lists } satisfies Readonly<Record<string, Guard>>;
const isBefore = shape<Extract<CensusLine, { readonly when: 'before' }>>({ ...about, when: oneOf('before') });
const isAfter = shape<Extract<CensusLine, { readonly when: 'after' }>>({
  ...about,
  when: oneOf('after'),
  changes: list(change),
  more: number,
});

export function isCensusLine(value: unknown): value is CensusLine {
  return isBefore(value) || isAfter(value);
}
