/**
 * The lock: every clause id that was ever committed, with its statement, so that no id is removed or changes its
 * meaning unnoticed. Retired ids stay, with their reason, and are never given to another clause.
 */
import type { Clause } from '../clauses/clause.ts';
import { matchesGlob } from '../planning/selection.ts';
import { isJsonObject, parseJson, type Json } from '../json.ts';

export interface Lock {
  /** Statements by id. */
  readonly clauses: Readonly<Record<string, string>>;
  /** Reasons by id. */
  readonly retired: Readonly<Record<string, string>>;
}

export const emptyLock: Lock = { clauses: {}, retired: {} };

/** Undefined when the text is not a lock. */
export function readLock(text: string): Lock | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  const { clauses, retired } = value;
  return isTexts(clauses) && isTexts(retired) ? { clauses, retired } : undefined;
}

export function writeLock({ clauses, retired }: Lock): string {
  return `${JSON.stringify({ clauses: sorted(clauses), retired: sorted(retired) }, null, 2)}\n`;
}

/** What the reviewer of the change accepts. */
export interface Accepted {
  /** Of clause ids. */
  readonly glob: string;
  readonly because: string;
}

/** Adds new clauses; removes and rewords locked ones only where that was accepted. */
export function updateLock(lock: Lock, clauses: readonly Clause[], accepted: Accepted | undefined): Lock {
  const now = new Map<string, string>(clauses.map(({ id, statement }) => [id, statement]));
  const isAccepted = (id: string): boolean => accepted !== undefined && matchesGlob(accepted.glob, id);
  const kept = Object.entries(lock.clauses).flatMap(([id, statement]) => {
    const present = now.get(id);
    if (present === undefined) return isAccepted(id) ? [] : [[id, statement] as const];
    return [[id, isAccepted(id) ? present : statement] as const];
  });
  const removed = Object.keys(lock.clauses).filter((id) => !now.has(id) && isAccepted(id));
  const added = [...now].filter(([id]) => !Object.hasOwn(lock.clauses, id) && !Object.hasOwn(lock.retired, id));
  return {
    clauses: Object.fromEntries([...kept, ...added]),
    retired: { ...lock.retired, ...Object.fromEntries(removed.map((id) => [id, accepted?.because ?? ''])) },
  };
}

function isTexts(value: Json | undefined): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function sorted(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
