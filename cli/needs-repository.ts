/** What only a clone of the repository has: the lock of clause ids, their index, the table of kills, facts and schemas. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.ts';
import { packageRoot } from './package-root.ts';

export const isRepository: boolean = existsSync(join(packageRoot, 'suites/clauses.lock.json'));

/** `what`: the beginning of a sentence, of several things. @throws UsageError in an installed package */
export function needsRepository(what: string): void {
  if (isRepository) return;
  throw new UsageError(`${what} need a clone of the repository; a package as installed is without its sources.`);
}
