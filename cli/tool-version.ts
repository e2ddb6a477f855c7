/** The version of the package, for `--version` and the record. */
import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.ts';

export const toolVersion: string = (
  JSON.parse(readFileSync(`${packageRoot}/package.json`, 'utf8')) as { version: string }
).version;
