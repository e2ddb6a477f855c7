/**
 * Loads a module of the user: a suite or a reporter.
 *
 * What it imports from this package must come from this copy: two copies do not share resource types and error classes.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** `option`: the option that named it, for messages. @throws UsageError */
export async function importModule(option: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file);
  if (!existsSync(path)) throw new UsageError(`${option} ${file}: there is no such file.`);
  const other = otherCopy(path);
  if (other !== undefined)
    throw new UsageError(
      `${option} ${file} imports openstack-conformance from ${other}, but this is ${packageRoot}. Run the copy that it imports.`,
    );
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be loaded: ${describeLoading(error)}`);
  }
}

/** The other copy of this package that a module would import; undefined when there is none. */
function otherCopy(path: string): string | undefined {
  try {
    const found = createRequire(path).resolve('openstack-conformance');
    return relative(packageRoot, found).startsWith('..') ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The first line of the error. */
function describeLoading(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [line = ''] = text.split('\n');
  const isOurs = line.includes("Cannot find package 'openstack-conformance'");
  return isOurs ? `${line}. Install it there: npm install openstack-conformance.` : line;
}
