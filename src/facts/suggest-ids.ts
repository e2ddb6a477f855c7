/**
 * Ids for operations that have none yet, made from their titles.
 *
 * What stands in parentheses is left out (the name of an action, DEPRECATED), unless titles differ in nothing else;
 * where the titles are the same the fragment tells them apart.
 */
import { kebab } from '../contract/clause-names.ts';
import type { OperationId } from '../contract/model.ts';

export interface Titled {
  readonly title: string;
  /** The fragment: `os-hypervisors.inc`. */
  readonly source: string;
}

/** In the order given; none is in `taken`, and none stands twice. */
export function suggestIds(
  service: string,
  operations: readonly Titled[],
  taken: ReadonlySet<string>,
): readonly OperationId[] {
  const used = new Set(taken);
  const forms = operations.map(({ title, source }) => {
    const file = kebab(source.slice(source.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
    return [short(title), long(title), `${long(title)}-in-${file}`];
  });
  return forms.map((own) => {
    const fitting = own.find((words, form) => {
      const alone = forms.filter((other) => other[form] === words).length === 1;
      return words !== '' && alone && !used.has(`${service}/${words}`);
    });
    const id = firstFree(`${service}/${fitting ?? own.at(-1) ?? 'untitled'}`, used);
    used.add(id);
    return id;
  });
}

function short(title: string): string {
  return cut(title.replace(/\([^)]*\)/g, ' '));
}

function long(title: string): string {
  return cut(title.replace(/\(?\bDEPRECATED\b\)?/g, ' '));
}

const MOST_WORDS = 8;

function cut(text: string): string {
  return kebab(text).split('-').slice(0, MOST_WORDS).join('-');
}

function firstFree(id: OperationId, taken: ReadonlySet<string>): OperationId {
  let next = id;
  for (let count = 2; taken.has(next); count++) next = `${id}-${count}`;
  return next;
}
