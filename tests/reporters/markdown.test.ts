import { expect, it } from 'vitest';
import { markdownReporter } from '../../reporters/markdown.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { hostile } from './hostile.ts';

function page(record = fixedRecord): string {
  return markdownReporter.render(record)[0]?.text ?? '';
}

/** What stands outside code blocks and code spans, where a reader of Markdown looks for markup. */
function outsideCode(text: string): string {
  return text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
}

it('lets no text from the target become markup', () => {
  for (const text of Object.values(hostile)) {
    const { header, ...journal } = fixedJournal;
    const record = recordOf({
      ...journal,
      header: { ...header, target: { ...header.target, name: text, microversions: text } },
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

it('tells at most fifty clauses of a kind, and says how many more there are', () => {
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
    results: ids.map((id) => ({ ...failed, id: `${id}@2.1` })),
  });
  expect(page(many).match(/^### /gm)).toHaveLength(50);
  expect(page(many)).toContain('10 more clauses are told in `report.json`.');
});
