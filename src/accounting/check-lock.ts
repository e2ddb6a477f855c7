/** Holds ids to account: each is in the lock with its statement, and none that was there is gone. */
import type { Clause } from '../conformance/clause.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Lock } from './lock.ts';
import type { Places } from './places.ts';

const review = 'the id that it had, or a review and `clauses --write --accept ID --because REASON`';

export function checkLock(
  { clauses: locked, retired }: Lock,
  clauses: readonly Clause[],
  { lock }: Places,
): readonly Diagnostic[] {
  const now = new Map<string, string>(clauses.map(({ id, statement }) => [id, statement]));
  const fault = (code: string, message: string, expected: string): Diagnostic => ({
    severity: 'error',
    code,
    at: { file: lock, line: 1, column: 1 },
    message,
    expected,
  });
  const kept = Object.entries(locked).flatMap(([id, statement]) => {
    const present = now.get(id);
    if (present === undefined) return [fault('vanished-clause', `the clause ${id} is gone`, review)];
    if (present === statement) return [];
    return [fault('changed-statement', `${id} said "${statement}" and says "${present}" now`, review)];
  });
  const added = [...now.keys()].flatMap((id) => {
    if (Object.hasOwn(retired, id))
      return [fault('retired-id', `${id} was retired: ${retired[id] ?? ''}`, 'another id')];
    return Object.hasOwn(locked, id) ? [] : [fault('unlocked-clause', `the clause ${id} is new`, '`clauses --write`')];
  });
  return [...kept, ...added];
}
