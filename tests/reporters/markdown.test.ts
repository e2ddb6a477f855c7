import { expect, it } from 'vitest';
import { markdownReporter } from '../../reporters/markdown.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { hostile } from './hostile.ts';

const lacks = (name: string): Verdict => ({
  is: 'fail',
  findings: [{ kind: 'header', exchange: 'x1', name, expected: 'a value', seen: null }],
});

function page(record = fixedRecord): string {
  return markdownReporter.render(record)[0]?.text ?? '';
}

/** The text outside code blocks and code spans, where Markdown has markup. */
function outsideCode(text: string): string {
  return text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
}

it('lets no text from the target become markup', () => {
  for (const text of Object.values(hostile)) {
    const { header, ...journal } = fixedJournal;
    const record = recordOf({
      ...journal,
      header: {
        ...header,
        target: { ...header.target, name: text, services: { compute: { endpoint: text, microversions: text } } },
      },
    });
    const prose = outsideCode(page(record));
    expect(prose).not.toMatch(/<script|<b>|javascript:|@everyone|alert\(/);
    expect(prose).not.toMatch(/\p{Cf}|[^\P{Cc}\n]/u);
  }
});

it('closes every code block that it opens', () => {
  const fences = page().match(/^`{3,}(?:text)?$/gm) ?? [];
  expect(fences.length).toBeGreaterThan(10);
  for (let index = 0; index < fences.length; index += 2) {
    expect(fences[index]).toBe(`${fences[index + 1]}text`);
  }
});

it('has at most fifty findings of a kind, and says how many more there are', () => {
  const { header, results, ...journal } = fixedJournal;
  const failed = results.find(({ verdict }) => verdict.is === 'fail');
  const clause = header.clauses[0];
  const planned = header.cases[0];
  if (!failed || !clause || !planned) throw new Error('the fixed run has clauses, cases and a failure');
  const ids = Array.from({ length: 60 }, (_, index) => `compute/detach-volume#c${index}`);
  const many = recordOf({
    ...journal,
    header: {
      ...header,
      clauses: ids.map((id) => ({ ...clause, id })),
      cases: ids.map((id) => ({ ...planned, id: `${id}@2.1`, clause: id })),
    },
    results: ids.map((id, index) => ({ ...failed, id: `${id}@2.1`, verdict: lacks(`x-${'a'.repeat(index + 1)}`) })),
  });
  expect(page(many).match(/^### /gm)).toHaveLength(50);
  expect(page(many)).toContain('10 more findings are in `report.json`.');
});

it('shows one finding once, however many clauses it breaks', () => {
  const { header, results, ...journal } = fixedJournal;
  const [clause, planned, failed] = [header.clauses[0], header.cases[0], results[0]];
  if (!failed || !clause || !planned) throw new Error('the fixed run has clauses, cases and results');
  const ids = Array.from({ length: 53 }, (_, index) => `compute/detach-volume#c${index}`);
  const broken = recordOf({
    ...journal,
    header: {
      ...header,
      clauses: ids.map((id) => ({ ...clause, id })),
      cases: ids.map((id) => ({ ...planned, id: `${id}@2.1`, clause: id })),
    },
    results: ids.map((id) => ({ ...failed, id: `${id}@2.1`, verdict: lacks('x-openstack-request-id') })),
  });
  expect(page(broken).match(/^### /gm)).toHaveLength(1);
  expect(page(broken)).toContain('and 52 more clauses of 1 operation');
});
