/** What holds every change of this project runs on each Node that the package says it runs on. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy: { readonly matrix: { readonly node: readonly number[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

const { check } = (parse(textOf('.github/workflows/check.yml')) as Workflow).jobs;

test('the matrix has the major versions of "engines"', () => {
  const { engines } = JSON.parse(textOf('package.json')) as { readonly engines: { readonly node: string } };
  const majors = [...engines.node.matchAll(/(?:\^|>=)(\d+)/g)].map(([, major]) => Number(major));
  expect(majors.length).toBeGreaterThan(0);
  expect(check?.strategy.matrix.node).toEqual(majors);
});

test('what it runs is there and can be run', () => {
  const commands = check?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(commands).toEqual(['.ci/run']);
  expect(statSync(join(root, '.ci/run')).mode & 0o111).not.toBe(0);
});
