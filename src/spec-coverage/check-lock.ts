/** Checks ids against the lock: each is there with its statement, and no locked id was removed. */
import type { Clause } from '../clauses/clause.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Lock } from './lock.ts';
import type { Places } from './places.ts';

const review = 'the same id and statement, or a review and `clauses --write --accept ID --because REASON`';

export function checkLock(
  { clauses: locked, retired }: Lock,
  clauses: readonly Clause[],
  { lock }: Places,
): readonly Diagnostic[] {
  const now = new Map<string, string>(clauses.map(({ id, statement }) => [id, statement]));
  const error = (code: string, message: string, expected: string): Diagnostic => ({
    severity: 'error',
    code,
    at: { file: lock, line: 1, column: 1 },
    message,
    expected,
  });
  const kept = Object.entries(locked).flatMap(([id, statement]) => {
    const present = now.get(id);
    if (present === undefined) return [error('vanished-clause', `the clause ${id} was removed`, review)];
    if (present === statement) return [];
    return [error('changed-statement', `${id} said "${statement}" and now says "${present}"`, review)];
  });
  const added = [...now.keys()].flatMap((id) => {
    if (Object.hasOwn(retired, id))
      return [error('retired-id', `${id} was retired: ${retired[id] ?? ''}`, 'another id')];
    return Object.hasOwn(locked, id) ? [] : [error('unlocked-clause', `the clause ${id} is new`, '`clauses --write`')];
  });
  return [...kept, ...added];
}
