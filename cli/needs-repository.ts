/**
 * Refuses what needs files of the repository: the lock of clause ids, their index, the kill table, facts and schemas.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.ts';
import { packageRoot } from './package-root.ts';

export const isRepository: boolean = existsSync(join(packageRoot, 'suites/clauses.lock.json'));

/** `what`: the subject of the sentence, in the plural. @throws UsageError in an installed package */
export function needsRepository(what: string): void {
  if (isRepository) return;
  throw new UsageError(`${what} need a clone of the repository: an installed package does not contain the sources.`);
}
