/** The words for changes between two runs, apart from their declaration so that a comparison can load them alone. */

/**
 * Of a case or a clause, most severe first; a clause has the most severe change of its cases.
 *
 * - `regressed`: it passed and no longer does, a warning or a waived failure became a failure, or it was decided and no
 *   longer is
 * - `changed`: it fails with another finding, is waived now, or was undecided in the earlier run
 * - `fixed`: it failed and passes now, or a failure became a warning
 * - `added`, `removed`: tried in only one of the runs
 * - `reworded`: the statement of the clause differs, so its cases cannot be compared
 * - `unchanged`: the same, or tried in neither run
 */
export const changes = ['regressed', 'changed', 'fixed', 'added', 'removed', 'reworded', 'unchanged'] as const;
