/**
 * Regenerates every generated file that is committed, in the order of their dependencies; review the changes like code.
 * Options such as `--accept GLOB --because REASON` are passed to `clauses --write`.
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
  ['src/records/*.schema.json', ['node', 'packaging/write-record-schemas.mjs']],
  ['schemas/', [...main, 'schemas']],
  ...(withoutProof
    ? []
    : [
        /** @type {const} */ ([
          'suites/<service>/<resource>/mutation.txt (up to minutes)',
          [...main, 'mutation-test', '--write'],
        ]),
      ]),
  [
    'suites/CLAUSES.md, the lock of clause ids, the figures in README.md',
    [...main, 'clauses', '--write', ...options.filter((option) => option !== '--without-proof')],
  ],
  ['packed contract', ['npm', 'run', '--silent', 'build']],
  [
    'tests/golden',
    ['npx', 'vitest', 'run', '--update', 'tests/reporters', 'tests/report', 'tests/clauses/derive.test.ts'],
  ],
  ['formatting', ['npx', 'prettier', '--write', '--log-level', 'warn', '.']],
  ['check', [...main, 'clauses', '--check']],
];

for (const [what, [program = '', ...words]] of steps) {
  process.stderr.write(`${what} ...\n`);
  const { status } = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) continue;
  process.stderr.write(
    `Failed: ${program} ${words.join(' ')}\nRun this command alone to see why. Later steps were skipped.\n`,
  );
  process.exit(status ?? 1);
}
process.stderr.write('All files are regenerated. Review the changes: git diff\n');
