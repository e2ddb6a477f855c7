/** Loads extension suites: the modules that `--suite` names. */
import type { Suite } from '../../src/clauses/extension-suite.ts';
import { UsageError } from '../errors.ts';
import { importModule } from './import-module.ts';
import { readSuite } from './read-suite.ts';

/** @throws UsageError */
export async function loadSuites(files: readonly string[]): Promise<readonly Suite[]> {
  const suites: Suite[] = [];
  for (const file of files) {
    const suite = await loadSuite(file);
    if (suites.some(({ name }) => name === suite.name))
      throw new UsageError(
        `--suite ${file} names its suite ${suite.name}, which is the name of another suite. Rename one of them.`,
      );
    suites.push(suite);
  }
  return suites;
}

async function loadSuite(file: string): Promise<Suite> {
  const read = readSuite((await importModule('--suite', file)).default);
  if ('error' in read) throw new UsageError(`--suite ${file} ${read.error}.`);
  return read.suite;
}
