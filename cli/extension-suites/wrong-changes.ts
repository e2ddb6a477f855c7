/** Validates the changes that a suite declares for the ownership guard; the suite may be JavaScript. */
import { joinChanges, type Changes } from '../../src/resources/declared-change.ts';
import { isObject } from '../../src/json.ts';
import { declaredChanges } from '../../suites/changes.ts';

const form = "{ call: 'DELETE /flavors/{flavor_id}', refers: { 'path flavor_id': { to: { type: 'flavor' } } } }";

/** What is wrong with them as a predicate; undefined when nothing is. */
export function wrongChanges(
  changes: unknown,
  resourceTypes: readonly { readonly changes: Changes }[] = [],
): string | undefined {
  if (!isObject(changes)) return 'has changes that are not an object by service type';
  for (const [service, list] of Object.entries(changes)) {
    const isWhole = Array.isArray(list) && list.every(isChange);
    if (!isWhole) return `has changes of ${service} that are not a list of ${form}`;
  }
  try {
    joinChanges(declaredChanges, changes as Changes, ...resourceTypes.map((type) => type.changes));
    return undefined;
  } catch (error) {
    return `has invalid changes: ${(error as Error).message.replace(/\.$/, '')}`;
  }
}

function isChange(change: unknown): boolean {
  if (!isObject(change)) return false;
  const { call, refers, values = [], action, creates } = change;
  return (
    typeof call === 'string' &&
    /^[A-Z]+ \/\S+$/.test(call) &&
    isObject(refers) &&
    Object.entries(refers).every(([place, to]) => isPlace(place) && isReference(to)) &&
    Array.isArray(values) &&
    values.every(isPlace) &&
    (action === undefined || typeof action === 'string') &&
    (creates === undefined || isCreation(creates))
  );
}

function isCreation(creates: unknown): boolean {
  if (!isObject(creates) || typeof creates.type !== 'string' || !isPlace(creates.name)) return false;
  return typeof creates.id === 'string' && creates.id.startsWith('/');
}

function isPlace(place: unknown): boolean {
  return typeof place === 'string' && /^(?:(?:path|query) \S+|body \/\S+)$/.test(place);
}

function isReference(reference: unknown): boolean {
  if (!isObject(reference) || !isObject(reference.to) || typeof reference.to.type !== 'string') return false;
  const { ids } = reference.to;
  const isForm = ids === undefined || ids === 'uuid';
  return isForm && [undefined, 'fixture', 'project', 'anything'].includes(reference.or as undefined);
}
