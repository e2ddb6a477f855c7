/**
 * The status codes that a statement requires, as in `… MUST be answered with 400 or 404.`; not those that it forbids.
 */
export function requiredStatuses(statement: string): readonly number[] {
  return [...statement.matchAll(/(?<!NOT be )\banswered with ((?:\d{3}(?:, | or )?)+)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/\d{3}/g)].map(([status]) => Number(status)),
  );
}
