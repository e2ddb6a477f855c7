/**
 * Regenerates every committed file that is made of others, in the order in which they depend on each other; what changed
 * is then reviewed like code. Options, such as `--accept GLOB --because REASON`, go to `clauses --write`.
 *
 *     npm run accept -- [--without-proof] [--accept GLOB --because REASON]
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const options = process.argv.slice(2);
const withoutProof = options.includes('--without-proof');
const main = ['node', 'dist/cli/main.js'];

/** @type {readonly (readonly [what: string, command: readonly string[]])[]} */
const steps = [
  ['compiled modules', ['npm', 'run', '--silent', 'build']],
  ['schemas/', [...main, 'schemas']],
  ...(withoutProof ? [] : [/** @type {const} */ (['suites/refutation.txt (minutes)', [...main, 'refute', '--write']])]),
  [
    'suites/CLAUSES.md, the lock of clause ids, the figures in README.md',
    [...main, 'clauses', '--write', ...options.filter((option) => option !== '--without-proof')],
  ],
  ['packed contract', ['npm', 'run', '--silent', 'build']],
  ['tests/golden', ['npx', 'vitest', 'run', '--update', 'tests/reporters', 'tests/conformance/derive.test.ts']],
  ['formatting', ['npx', 'prettier', '--write', '--log-level', 'warn', '.']],
  ['check', [...main, 'clauses', '--check']],
];

for (const [what, [program = '', ...words]] of steps) {
  process.stderr.write(`${what} ...\n`);
  const { status } = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) continue;
  process.stderr.write(
    `Failed: ${program} ${words.join(' ')}\nRun it alone to see why; what is after it was not regenerated.\n`,
  );
  process.exit(status ?? 1);
}
process.stderr.write('Everything is regenerated. Review it: git diff\n');
