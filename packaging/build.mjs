/**
 * Builds `dist/` from the sources, unless the last build was from the same sources and nobody has changed its modules since,
 * so that `npm start`, `npm test` and `npx` in a checkout do not wait for it again.
 *
 *     node packaging/build.mjs [--force]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** The files that the steps below read. */
const inputs = [
  ...['api', 'cli', 'packaging', 'reporters', 'runner', 'schemas', 'src', 'suites', 'targets'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.types.json'],
];
const steps = ['build:modules', 'build:parsers', 'build:page', 'build:types', 'build:contract'];
const marker = 'dist/.inputs';

const wanted = digestOf(inputs.filter((path) => existsSync(path)).flatMap(filesIn));
const [builtFrom, built] = existsSync(marker) ? readFileSync(marker, 'utf8').split('\n') : [];
const isUntouched = built === digestOf(modules());
if (builtFrom !== wanted || !isUntouched || process.argv.includes('--force')) build();

function build() {
  process.stderr.write('Building dist/ (about 20 s, once for each change of the sources) ...\n');
  // A failed build leaves no marker.
  rmSync(marker, { force: true });
  // The compiler writes only what its sources have changed: a module that was edited would stay.
  if (isUntouched) removeStale();
  else rmSync('dist', { recursive: true, force: true });
  for (const step of steps) {
    const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
  writeFileSync(marker, `${wanted}\n${digestOf(modules())}`);
}

/** What the compiler has written. */
function modules() {
  const folders = inputs.map((name) => join('dist', name)).filter((path) => existsSync(path));
  return folders.flatMap(filesIn).filter((file) => file.endsWith('.js'));
}

/** Removes modules whose source was removed or renamed; they would be packed. The steps write anew what has no source. */
function removeStale() {
  const folders = inputs.map((name) => join('dist', name)).filter((path) => existsSync(path));
  for (const file of folders.flatMap(filesIn)) {
    const source = /^dist[\\/](.+?)(?:\.d\.ts|\.js)$/.exec(file)?.[1];
    if (source !== undefined && !existsSync(`${source}.ts`)) rmSync(file);
  }
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {readonly string[]} files */
function digestOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files].sort()) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
