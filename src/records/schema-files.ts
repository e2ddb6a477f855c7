/** The JSON Schema files of the records, `src/records/NAME.schema.json`. */
import type { Declaration } from './declaration.ts';
import { publishedDocument } from './document.ts';
import { clauseCheck } from './clause-check.ts';
import { clauses } from './clauses.ts';
import { coverage } from './coverage.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { evidenceLine } from './evidence.ts';
import { journalLine } from './journal.ts';
import { generated } from './generated.ts';
import { ledgerEntry } from './ledger.ts';
import { lint, lintCodes } from './lint.ts';
import { manifest } from './manifest.ts';
import { mutationTest } from './mutation-test.ts';
import { plan } from './plan.ts';
import { referenceDiff } from './reference-diff.ts';
import { referenceImport } from './reference-import.ts';
import { report } from './report.ts';
import { running } from './running.ts';
import { statement } from './statement.ts';
import { verification } from './verification.ts';

interface SchemaFile {
  readonly name: string;
  readonly title: string;
  readonly declaration: Declaration<unknown>;
}

const files: readonly SchemaFile[] = [
  {
    name: 'clause-check',
    title: 'Whether the clauses cover the specs, as clauses --check --json prints it',
    declaration: clauseCheck,
  },
  { name: 'clauses', title: 'The list of clauses, as clauses --json prints it', declaration: clauses },
  {
    name: 'coverage',
    title: 'What a run decided, as clauses --coverage --json prints it',
    declaration: coverage,
  },
  { name: 'diff', title: 'The difference of two conformance runs, as diff --json prints it', declaration: diff },
  { name: 'doctor', title: 'The result of doctor for a target, as doctor --json prints it', declaration: doctor },
  {
    name: 'ledger-line',
    title: 'One line of the ledger of a conformance run, ledger.ndjson',
    declaration: ledgerEntry,
  },
  { name: 'generated', title: 'The files of one service, as schemas --json prints it', declaration: generated },
  { name: 'lint', title: 'Mistakes in a reference, as reference lint --json prints them', declaration: lint },
  { name: 'lint-codes', title: 'All codes, as reference lint --codes --json prints them', declaration: lintCodes },
  { name: 'manifest', title: 'The files of a run folder with their hashes, manifest.json', declaration: manifest },
  {
    name: 'mutation-test',
    title: 'The result of a mutation test, as mutation-test --json prints it',
    declaration: mutationTest,
  },
  { name: 'plan', title: 'The result of plan, as plan --json prints it', declaration: plan },
  { name: 'evidence-line', title: 'One line of an evidence file of a conformance run', declaration: evidenceLine },
  {
    name: 'journal-line',
    title: 'One line of the journal of a conformance run, journal.ndjson',
    declaration: journalLine,
  },
  {
    name: 'reference-diff',
    title: 'The differences of two references, as reference diff --json prints them',
    declaration: referenceDiff,
  },
  {
    name: 'reference-import',
    title: 'The result of an import, as reference import --json prints it',
    declaration: referenceImport,
  },
  { name: 'running', title: 'The heartbeat of an active run, running.json', declaration: running },
  { name: 'report', title: 'The record of a conformance run, report.json', declaration: report },
  { name: 'statement', title: 'The in-toto statement about a run, statement.json', declaration: statement },
  { name: 'verification', title: 'The result of verify, as verify --json prints it', declaration: verification },
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
