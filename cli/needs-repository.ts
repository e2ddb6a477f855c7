/** What only a clone of the repository has: the lock of clause ids, their index and the table of kills. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.ts';
import { packageRoot } from './package-root.ts';

/** `what`: the beginning of a sentence. @throws UsageError in an installed package */
export function needsRepository(what: string): void {
  if (existsSync(join(packageRoot, 'suites/clauses.lock.json'))) return;
  throw new UsageError(`${what} hold the repository to account; a package as installed is without their files.`);
}
