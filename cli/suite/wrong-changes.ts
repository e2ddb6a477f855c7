/** Are the changes that a suite declares such as the guard can read? Its authors may write JavaScript. */
import { joinChanges, type Changes } from '../../src/conformance/declared-change.ts';
import { isObject } from '../../src/report/guards.ts';
import { declaredChanges } from '../../suites/changes.ts';

const form = "{ call: 'DELETE /flavors/{flavor_id}', refers: { 'path flavor_id': { to: { type: 'flavor' } } } }";

/** What is wrong with them: the end of a sentence; undefined when nothing is. */
export function wrongChanges(changes: unknown): string | undefined {
  if (!isObject(changes)) return 'has changes that are no object by service type';
  for (const [service, list] of Object.entries(changes)) {
    const isWhole = Array.isArray(list) && list.every(isChange);
    if (!isWhole) return `has changes of ${service} that are no list of ${form}`;
  }
  try {
    joinChanges(declaredChanges, changes as Changes);
    return undefined;
  } catch (error) {
    return `has changes that cannot be: ${(error as Error).message.replace(/\.$/, '')}`;
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
    (creates === undefined || (isObject(creates) && typeof creates.type === 'string' && isPlace(creates.name)))
  );
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
