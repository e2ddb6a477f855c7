/** The JSON Schema files of the records, `src/records/NAME.schema.json`. */
import type { Declaration } from './declaration.ts';
import { publishedDocument } from './document.ts';
import { evidenceLine } from './evidence.ts';
import { journalLine } from './journal.ts';
import { report } from './report.ts';

interface SchemaFile {
  readonly name: string;
  readonly title: string;
  readonly declaration: Declaration<unknown>;
}

const files: readonly SchemaFile[] = [
  { name: 'evidence-line', title: 'One line of an evidence file of a conformance run', declaration: evidenceLine },
  {
    name: 'journal-line',
    title: 'One line of the journal of a conformance run, journal.ndjson',
    declaration: journalLine,
  },
  { name: 'report', title: 'The record of a conformance run, report.json', declaration: report },
];

/** By file name. */
export function recordSchemas(): ReadonlyMap<string, unknown> {
  return new Map(
    files.map(({ name, title, declaration }) => [
      `${name}.schema.json`,
      publishedDocument({ id: name, title }, declaration),
    ]),
  );
}
