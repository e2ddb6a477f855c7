/**
 * Suggests ids for operations that have none yet, based on their titles.
 *
 * Text in parentheses is left out (the name of an action, DEPRECATED), unless titles differ only there; for equal
 * titles the name of the fragment is added.
 */
import { kebab } from '../contract/clause-names.ts';
import type { OperationId } from '../contract/model.ts';

export interface Titled {
  readonly title: string;
  /** The fragment: `os-hypervisors.inc`. */
  readonly source: string;
}

/** In the given order; unique, and none is in `taken`. */
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
