/**
 * Removes the declarations that the public API does not import: each build writes one for every module of the program.
 *
 *     node packaging/drop-unreached.mjs dist api/index.d.ts
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';

const [folder = 'dist', entry = 'api/index.d.ts'] = process.argv.slice(2);

/** @type {Set<string>} */
const reached = new Set();
reach(join(folder, entry));
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.d.ts') && !reached.has(join(folder, name))) rmSync(join(folder, name));
}

/** @param {string} file */
function reach(file) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*["'](\.[^"']+)["']/g)) {
    const next = join(dirname(file), specifier.replace(/\.(?:ts|js)$/, '.d.ts'));
    if (!existsSync(next)) throw new Error(`${relative(folder, file)} imports ${specifier}, which has no declaration.`);
    reach(next);
  }
}
