/**
 * Loads a module of the operator's: a suite or a reporter.
 *
 * What it imports from this package has to come from this very copy: two copies would not know each other's servers,
 * volumes and errors.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** `option`: the one that named it, for the sentence. @throws UsageError */
export async function importModule(option: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file);
  if (!existsSync(path)) throw new UsageError(`${option} ${file}: there is no such file.`);
  const other = otherCopy(path);
  if (other !== undefined)
    throw new UsageError(
      `${option} ${file} takes openstack-conformance from ${other}, and this is ${packageRoot}; run the one beside it.`,
    );
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be loaded: ${wordLoading(error)}`);
  }
}

/** Where the package comes from for a module, when that is elsewhere; undefined when it finds none. */
function otherCopy(path: string): string | undefined {
  try {
    const found = createRequire(path).resolve('openstack-conformance');
    return relative(packageRoot, found).startsWith('..') ? found : undefined;
  } catch {
    return undefined;
  }
}

/** One line. */
function wordLoading(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [line = ''] = text.split('\n');
  const isOurs = line.includes("Cannot find package 'openstack-conformance'");
  return isOurs ? `${line}; install it there: npm install openstack-conformance.` : line;
}
