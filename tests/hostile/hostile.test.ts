/**
 * Hostile and broken targets: every run against one ends by itself, in verdicts or in one sentence, within bounds of
 * memory, and says nothing that a terminal or a CI runner would obey.
 *
 * `npm run hostile` meets all of them and writes the table.
 */
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, test } from 'vitest';
import type { Misbehaviour } from './misbehaviour.ts';
import { misbehaviours } from './rows/index.ts';
import { runAgainst, type HostileRun } from './run-against.ts';
import { writeTable } from './table.ts';

const mostMegabytes = 700;
const mostMs = 240_000;
const wanted = (process.env.HOSTILE ?? '').split(',').filter((id) => id !== '');
/** All of them take many minutes: with the other tests, one of so many is met. */
const oneOf = process.env.HOSTILE === undefined ? 12 : 1;
const rows = misbehaviours.filter(({ id }, place) => (wanted.length === 0 ? place % oneOf === 0 : wanted.includes(id)));
/** What came to what it has to. */
const held = new Map<Misbehaviour, HostileRun>();

test('every way has a name of its own', () => {
  expect(new Set(misbehaviours.map(({ id }) => id)).size).toBe(misbehaviours.length);
});

describe.concurrent('a run ends in good order against a target that', () => {
  test.each(rows)(
    '$does ($id)',
    async (row) => {
      const run = await runAgainst(row);
      const output = run.stdout + run.stderr;
      expect(run.signal, output).toBeNull();
      expect(row.expected.codes, output).toContain(run.code);
      expect(output).toMatch(row.expected.says ?? /./);
      expect(output).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
      expect(output).not.toMatch(/[^\P{C}\n]/u);
      expect(output).not.toMatch(/^\s*(::[a-z]|##\[|##vso)/m);
      expect(run.peakMegabytes).toBeLessThan(mostMegabytes);
      if (run.code === 3) expect(run.stderr.trim().split('\n')).toHaveLength(1);
      else expect(row.expected.ended ?? ['completed'], output).toContain(run.report?.run.ended);
      expectHarmless(run);
      const kinds = run.cases.map(({ verdict }) => verdict.is);
      if (row.expected.cases) expect(row.expected.cases, output).toEqual(expect.arrayContaining(kinds));
      held.set(row, run);
    },
    mostMs,
  );
});

/** Reports are parsed as they should be, and no markup of the target is markup of theirs. */
function expectHarmless({ files }: HostileRun): void {
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith('.xml')) new SaxesParser().write(text).close();
    if (/\.(md|html|svg)$/.test(path)) {
      expect(path.endsWith('.md') ? outsideCode(text) : text, path).not.toMatch(/<(script>alert|img src=x)/);
    }
    if (path.endsWith('.json') || path.endsWith('.sarif'))
      expect(() => JSON.parse(text) as unknown, path).not.toThrow();
  }
}

/** Markdown without its code blocks and code spans, where a tag is text (CommonMark 0.31, 4.5 and 6.1). */
function outsideCode(markdown: string): string {
  const blocks = /^(`{3,})[^`\n]*\n(?:[^]*?\n)?\1`*[ \t]*$/gm;
  const spans = /(?<!`)(`+)(?!`)(?:(?!\n\n)[^])*?(?<!`)\1(?!`)/g;
  return markdown.replace(blocks, '').replace(spans, '');
}

afterAll(() => {
  if (process.env.HOSTILE !== undefined) writeTable(misbehaviours, held);
});
