/** `verify` on a run of the embedded cloud, and on copies of it in which something was changed afterwards. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { UsageError } from '../../cli/errors.ts';
import { openRunFolder } from '../../cli/run/run-folder.ts';
import { sealFolder } from '../../cli/run/seal-folder.ts';
import { verifyFolder } from '../../cli/verify/verify-folder.ts';
import { reporters } from '../../reporters/index.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import type { CaseEvidenceLine } from '../../src/records/evidence.ts';
import type { CaseLine, PlannedClause, RunLine } from '../../src/records/journal.ts';
import { allClauses } from '../../suites/index.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

const place = temporaryFolder();
const whole = join(place, 'whole');
const shown = 'compute/show-volume-attachment#answers-200';
const all = allClauses((await chosenContracts({})).chosen.map(({ contract }) => contract)).length;

beforeAll(async () => {
  const include = ['#answers-200', '#reply-has-volume-attachment', '#refuses-missing-token'].flatMap((word) => [
    '--include',
    `compute/show-volume-attachment${word}`,
  ]);
  const ended = await runCli(['run', ...include, '--output', whole], place);
  expect(ended.code, ended.stderr).toBe(0);
});

const verify = (folder: string, ...options: readonly string[]): Promise<Ended> =>
  runCli(['verify', folder, ...options], place);

let copies = 0;
function copyOf(folder: string): string {
  const copy = join(place, `copy-${(copies += 1)}`);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** As a forger would, who knows how manifests and reports are made. */
function sealAgain(folder: string): void {
  const record = openRunFolder(folder).read();
  try {
    for (const reporter of reporters) openRunFolder(folder).write(reporter.render(record));
  } catch (error) {
    // No report can be made of evidence that cannot be read; that of before is left.
    expect(error).toBeInstanceOf(UsageError);
  }
  sealFolder(folder, record.report);
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  expect(changed, `nothing was changed in ${file}`).not.toBe(text);
  writeFileSync(file, changed);
}

/** All cases of the run are of one operation. */
const evidenceIn = (folder: string): string => join(folder, 'evidence/compute/show-volume-attachment.ndjson');

const isCaseOf =
  (word: string) =>
  (line: string): boolean =>
    line.startsWith(`{"line":"case","id":"compute/show-volume-attachment#${word}@`);

/** Changes the exchanges of the first case of a clause. */
function editExchanges(folder: string, word: string, change: (line: string) => string): void {
  edit(evidenceIn(folder), (text) => {
    const lines = text.split('\n');
    const { exchanges } = JSON.parse(lines.find(isCaseOf(word)) ?? '{}') as CaseEvidenceLine;
    return lines.map((line, index) => (exchanges.includes(index + 1) ? change(line) : line)).join('\n');
  });
}

function caseEvidence(folder: string, word: string): CaseEvidenceLine {
  const line = readFileSync(evidenceIn(folder), 'utf8').split('\n').find(isCaseOf(word));
  return JSON.parse(line ?? '{}') as CaseEvidenceLine;
}

/** From 1 on. */
const lineOf = (folder: string, word: string): number =>
  readFileSync(evidenceIn(folder), 'utf8').split('\n').findIndex(isCaseOf(word)) + 1;

const placeOf = (folder: string, word: string): string =>
  `evidence/compute/show-volume-attachment.ndjson:${lineOf(folder, word)}`;

/** Changes the line of the first case of a clause. */
function editCaseEvidence(folder: string, word: string, change: (line: CaseEvidenceLine) => unknown): void {
  edit(evidenceIn(folder), (text) => {
    const lines = text.split('\n');
    const index = lines.findIndex(isCaseOf(word));
    lines[index] = JSON.stringify(change(JSON.parse(lines[index] ?? '{}') as CaseEvidenceLine));
    return lines.join('\n');
  });
}

test('a run as it was written holds', async () => {
  const { code, stdout } = await verify(whole);
  expect(stdout).toContain('files match the manifest.');
  expect(stdout).toContain('The run is not signed.');
  expect(stdout).toMatch(/\d+ cases have the same verdicts when they are evaluated again from their evidence\./);
  expect(stdout).toContain(`Scope: ${all - 3} of ${all} clauses excluded; 1 of 251 operations selected.`);
  expect(stdout).toContain('The run passed, exit code 0.');
  expect(code).toBe(0);
});

const byAnybody: readonly (readonly [string, (folder: string) => void, string])[] = [
  [
    'one byte of evidence changed',
    (folder) => editExchanges(folder, 'answers-200', (line) => line.replace('"status":200', '"status":201')),
    'was changed after the run: its SHA-256 differs from the manifest.',
  ],
  ['a file taken away', (folder) => rmSync(evidenceIn(folder)), 'is missing; the manifest lists it.'],
  [
    'evidence cut at the end',
    (folder) => edit(evidenceIn(folder), (text) => text.slice(0, -2)),
    'was changed after the run',
  ],
  ['a file added', (folder) => writeFileSync(join(folder, 'note.txt'), 'x'), 'note.txt was added after the run'],
  [
    'a verdict changed in the report',
    (folder) => edit(join(folder, 'report.json'), (text) => text.replace('"passed"', '"non-conformant"')),
    'report.json was changed after the run',
  ],
  [
    'the manifest changed',
    (folder) => edit(join(folder, 'manifest.json'), (text) => text.replace(/"bytes": \d+/, '"bytes": 1')),
    'The statement does not describe the manifest',
  ],
  [
    'no journal',
    (folder) => rmSync(join(folder, 'journal.ndjson')),
    'has no journal.ndjson: it is not a run folder, or its run did not complete.',
  ],
];

test.each(byAnybody)('refuses a folder with %s', async (_, change, expected) => {
  const folder = copyOf(whole);
  change(folder);
  const { code, stdout } = await verify(folder);
  expect(stdout).toContain('Refused: ');
  expect(stdout).toContain(expected);
  expect(code).toBe(1);
});

/** As `verify` tells it, without a process of its own. */
async function refusalOf(folder: string): Promise<string> {
  const { refused = 'It is not refused.' } = await verifyFolder(folder, {});
  expect(refused, 'a refusal is one sentence').not.toMatch(/\n|\.:|\.\.$| undefined/);
  return refused;
}

const journalOf = (folder: string): string => join(folder, 'journal.ndjson');

const finding = { kind: 'status', exchange: 'x1', expected: [200], seen: 500 } as const;

const waiver = {
  waives: 'compute/show-volume-attachment#refuses-missing-token',
  target: '*',
  reason: 'Known.',
  link: 'https://bugs.example/7',
  owner: 'Ada',
  expires: '2099-12-31',
  listedAt: 'waivers.yaml:1',
};

/** The lines as they stand in the file; the checked form would let nothing odd be written. */
function editHeader(folder: string, change: (header: RunLine) => unknown): void {
  edit(journalOf(folder), (text) => {
    const [header = '', ...rest] = text.split('\n');
    return [JSON.stringify(change(JSON.parse(header) as RunLine)), ...rest].join('\n');
  });
}

function editHeaderCase(folder: string, change: (one: RunLine['cases'][number]) => unknown): void {
  editHeader(folder, (header) => ({
    ...header,
    cases: header.cases.map((one) => (one.id === `${shown}@2.1` ? change(one) : one)),
  }));
}

function settleInPlan(folder: string, verdict: Verdict): void {
  editHeaderCase(folder, (one) => ({ ...one, verdict }));
  edit(journalOf(folder), (text) => withoutLine(text, `${shown}@2.1"`));
}

function elsewhere(clause: PlannedClause): PlannedClause {
  return { ...clause, source: { ...clause.source, line: clause.source.line + 1 } };
}

/** The first case of a clause. */
function editCase(folder: string, clause: string, change: (line: CaseLine) => unknown): void {
  edit(journalOf(folder), (text) => {
    const lines = text.split('\n');
    const index = lines.findIndex((line) => line.startsWith(`{"line":"case","id":"${clause}@`));
    return lines
      .map((line, place) => (place === index ? JSON.stringify(change(JSON.parse(line) as CaseLine)) : line))
      .join('\n');
  });
}

function withoutLines(text: string, has: string): string {
  return text
    .split('\n')
    .filter((line) => !(line.startsWith('{"line":"case"') && line.includes(has)))
    .join('\n');
}

function withoutLine(text: string, has: string): string {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.startsWith('{"line":"case"') && line.includes(has));
  return lines.filter((_, place) => place !== index).join('\n');
}

const byForgers: readonly (readonly [string, (folder: string) => void, string])[] = [
  [
    'a complete scope claimed for a narrow run',
    (folder) =>
      edit(join(folder, 'journal.ndjson'), (text) =>
        text.replace(/"(clauses|cases)":\{"selected":\d+,"total":(\d+)\}/g, '"$1":{"selected":$2,"total":$2}'),
      ),
    `The scope that the journal records differs from its plan: it records ${all} of ${all} clauses and `,
  ],
  [
    'a scope of three clauses alone',
    (folder) =>
      edit(join(folder, 'journal.ndjson'), (text) =>
        text.replace(/"(clauses|cases)":\{"selected":(\d+),"total":\d+\}/g, '"$1":{"selected":$2,"total":$2}'),
      ),
    'The scope that the journal records differs from its plan: it records 3 of 3 clauses and ',
  ],
  [
    'no scope',
    (folder) => edit(join(folder, 'journal.ndjson'), (text) => text.replace(/,"scope":\{.*?"outside":\d+\}/, '')),
    'The journal does not record the scope of the run.',
  ],
  [
    'another number of operations of the service',
    (folder) => edit(join(folder, 'journal.ndjson'), (text) => text.replace('"operations":251', '"operations":1')),
    'The journal counts 1 operations of compute, but the contract has 251.',
  ],
  [
    'a reply changed in the evidence',
    (folder) => editExchanges(folder, 'answers-200', (line) => line.replace('"status":200', '"status":500')),
    `The journal says that ${shown}`,
  ],
  [
    'a member taken out of a reply',
    (folder) =>
      editExchanges(folder, 'reply-has-volume-attachment', (line) =>
        line.replaceAll('{\\"volumeAttachment\\":', '{\\"other\\":'),
      ),
    'is pass, but its evidence gives fail',
  ],
  [
    'another request than the one that the clause is about',
    (folder) => editExchanges(folder, 'answers-200', (line) => line.replaceAll('"method":"GET"', '"method":"PUT"')),
    'is not in the evidence',
  ],
  [
    'the evidence of another case',
    (folder) => editCase(folder, shown, (line) => ({ ...line, evidence: placeOf(folder, 'refuses-missing-token') })),
    'is the evidence of another case, compute/show-volume-attachment#refuses-missing-token@2.1.',
  ],
  [
    'the exchanges of another case',
    (folder) => {
      const other = caseEvidence(folder, 'refuses-missing-token');
      editCaseEvidence(folder, 'answers-200', (line) => ({ ...line, exchanges: other.exchanges }));
    },
    `The journal says that ${shown}`,
  ],
  [
    'a case that refers to the line of another case',
    (folder) =>
      editCaseEvidence(folder, 'answers-200', (line) => ({ ...line, exchanges: [lineOf(folder, 'answers-200')] })),
    'is damaged: it is not the kind of line that a case refers to.',
  ],
  [
    'a case that refers to a file outside',
    (folder) =>
      editCaseEvidence(folder, 'answers-200', (line) => ({ ...line, exchanges: ['evidence/../journal.ndjson:1'] })),
    'is outside of evidence/, which contains all evidence of a run.',
  ],
  [
    'a case whose line is not there',
    (folder) =>
      editCase(folder, shown, (line) => ({ ...line, evidence: 'evidence/compute/show-volume-attachment.ndjson:9999' })),
    'is missing: the file has fewer lines',
  ],
  [
    'a result taken out of the journal',
    (folder) => edit(journalOf(folder), (text) => withoutLine(text, shown)),
    `The journal has no result for ${shown}`,
  ],
  [
    'a case that was planned and is told as not applicable',
    (folder) =>
      edit(journalOf(folder), (text) =>
        text.replace(
          /(\{"line":"case","id":"compute\/show-volume-attachment#answers-200@[^"]*","verdict":)\{"is":"pass"\}/,
          '$1{"is":"not-applicable","reason":"So it is."}',
        ),
      ),
    'is not-applicable, but its evidence gives pass',
  ],
  [
    'a clause in weaker words',
    (folder) =>
      edit(journalOf(folder), (text) =>
        text.replace('A valid request MUST be answered with 200.', 'A valid request SHOULD be answered with 200.'),
      ),
    `The journal words ${shown} differently from this package`,
  ],
  [
    'a case told as not applicable, and its evidence taken away',
    (folder) =>
      editCase(folder, shown, (line) => ({
        ...line,
        evidence: undefined,
        exchanges: 0,
        verdict: { is: 'not-applicable', reason: 'So it is.' },
      })),
    'is not-applicable, but its evidence gives error: The case has no evidence',
  ],
  [
    'a case told as waived, and its evidence taken away',
    (folder) =>
      editCase(folder, shown, (line) => ({
        ...line,
        evidence: undefined,
        exchanges: 0,
        verdict: { is: 'waived', waiver: 'We know.', findings: [finding] },
      })),
    'is waived, but its evidence gives error: The case has no evidence',
  ],
  [
    'a case that passed and has no evidence',
    (folder) => editCase(folder, shown, (line) => ({ ...line, evidence: undefined, exchanges: 0 })),
    'The case has no evidence',
  ],
  [
    'a case that was planned and is settled as not applicable in the plan',
    (folder) => settleInPlan(folder, { is: 'not-applicable', reason: 'The target is too old.' }),
    `The journal plans ${shown}@2.1 as not-applicable, but for the target that it describes the case is to be run.`,
  ],
  [
    'a case that is settled as passed in the plan',
    (folder) => settleInPlan(folder, { is: 'pass' }),
    `The journal plans ${shown}@2.1 as pass before it was run.`,
  ],
  [
    'a case that is settled as not attempted in the plan, though nobody is missing',
    (folder) => settleInPlan(folder, { is: 'not-attempted', reason: 'Nobody was there.' }),
    'as not-attempted, but for the target that it describes the case is to be run.',
  ],
  [
    'a case under the name of another clause',
    (folder) =>
      editHeaderCase(folder, (one) => ({ ...one, clause: 'compute/show-volume-attachment#refuses-missing-token' })),
    `The journal plans ${shown}@2.1 under an id that differs from its clause and microversion.`,
  ],
  [
    'a case under another operation',
    (folder) => editHeaderCase(folder, (one) => ({ ...one, operation: 'compute/attach-volume' })),
    'with an operation or identities that differ from those of its clause.',
  ],
  [
    'a case of a clause that is not listed',
    (folder) =>
      editHeader(folder, (header) => ({ ...header, clauses: header.clauses.filter(({ id }) => id !== shown) })),
    ', whose clause it does not list.',
  ],
  [
    'a clause without a case',
    (folder) => {
      editHeader(folder, (header) => ({ ...header, cases: header.cases.filter(({ clause }) => clause !== shown) }));
      edit(journalOf(folder), (text) => withoutLines(text, shown));
    },
    `The journal lists the clause ${shown}, but plans no case of it.`,
  ],
  [
    'a clause from another place of the reference',
    (folder) => editHeader(folder, (header) => ({ ...header, clauses: header.clauses.map(elsewhere) })),
    'differently from this package.',
  ],
  [
    'a sentence of the reference in other words',
    (folder) => edit(journalOf(folder), (text) => text.replace(/("outline":.*?"text":")[^"]*/, '$1Anything goes.')),
    'The outline of the reference in the journal differs',
  ],
  [
    'a waiver that covers a case of another clause',
    (folder) => editHeader(folder, (header) => ({ ...header, waivers: [{ ...waiver, cases: [`${shown}@2.1`] }] })),
    'covers cases that differ from those of its clause on this target.',
  ],
  [
    'a range of microversions that is none',
    (folder) =>
      editHeader(folder, (header) => ({
        ...header,
        target: { ...header.target, services: { compute: { endpoint: '', microversions: 'all of them' } } },
      })),
    'The journal has no valid range of microversions of the target.',
  ],
  [
    'evidence that lies outside of the folder',
    (folder) => {
      cpSync(evidenceIn(folder), join(place, 'outside.ndjson'));
      editCase(folder, shown, (line) => ({ ...line, evidence: 'evidence/../../outside.ndjson:1' }));
    },
    'is outside of evidence/, which contains all evidence of a run.',
  ],
  [
    'evidence that is damaged',
    (folder) => editCaseEvidence(folder, 'answers-200', (line) => ({ ...line, transcript: {} })),
    'is damaged: it does not contain the exchanges',
  ],
  [
    'evidence with one exchange more than was told',
    (folder) => editCase(folder, shown, (line) => ({ ...line, exchanges: line.exchanges + 1 })),
    ' differs from the journal.',
  ],
  [
    'another contract',
    (folder) => edit(journalOf(folder), (text) => text.replace(/"digest":"[0-9a-f]{4}/, '"digest":"0000')),
    'that neither this package nor the folder has',
  ],
];

test.each(byForgers)('refuses a folder that was sealed again with %s', async (_, change, expected) => {
  const folder = copyOf(whole);
  change(folder);
  sealAgain(folder);
  expect(await refusalOf(folder)).toContain(expected);
});

test('a folder in the form of earlier versions, with one file a case, is refused in one sentence that says so', () => {
  const folder = copyOf(whole);
  editCase(folder, shown, (line) => ({ ...line, evidence: 'evidence/compute/show/answers-200@2.1.json' }));
  expect(() => openRunFolder(folder).read()).toThrow(
    /^evidence\/\S+ in \S+ is not a line of an evidence file: an earlier version wrote this folder, [^\n]+\.$/,
  );
});

test('refuses a report in other words than journal and evidence make', async () => {
  const folder = copyOf(whole);
  appendFileSync(join(folder, 'report.md'), '\nAll is well.\n');
  sealFolder(folder, openRunFolder(folder).read().report);
  expect((await verify(folder)).stdout).toContain('Refused: report.md differs from the journal and the evidence.');
});

const statementOf = (folder: string): string => join(folder, 'statement.json');

test.each<readonly [string, (folder: string) => void, string]>([
  [
    'another result',
    (folder) => edit(statementOf(folder), (text) => text.replace(/"result": "\w+"/, '"result": "FAILED"')),
    'The statement differs from what journal and evidence say of the run.',
  ],
  [
    'one test more that passed',
    (folder) => edit(statementOf(folder), (text) => text.replace('"passedTests": [', '"passedTests": ["more",')),
    'The statement differs from what journal and evidence say of the run.',
  ],
  [
    'another subject, and the digest of the manifest elsewhere',
    (folder) =>
      edit(statementOf(folder), (text) =>
        text.replace(/("name": "manifest.json",\s*"digest": \{\s*"sha256": )("[0-9a-f]+")/, '$1"00", "was": $2'),
      ),
    'The statement does not describe the manifest beside it.',
  ],
])('refuses a statement with %s', async (_, change, expected) => {
  const folder = copyOf(whole);
  change(folder);
  expect(await refusalOf(folder)).toBe(expected);
});

test('refuses a statement of another version of this tool with another result', async () => {
  const folder = copyOf(whole);
  editHeader(folder, (header) => ({ ...header, tool: { ...header.tool, version: '0.0.1' } }));
  sealAgain(folder);
  expect((await verifyFolder(folder, {})).refused).toBeUndefined();
  edit(statementOf(folder), (text) => text.replace(/"result": "\w+"/, '"result": "FAILED"'));
  expect(await refusalOf(folder)).toContain('The statement differs from what journal and evidence say');
});

test('refuses evidence behind a link, whether or not the manifest lists it', async () => {
  const folder = copyOf(whole);
  const file = evidenceIn(folder);
  const outside = join(place, 'linked.ndjson');
  cpSync(file, outside);
  rmSync(file);
  symlinkSync(outside, file);
  expect(await refusalOf(folder)).toMatch(
    /^evidence\/.* is not a plain file; a run folder contains plain files only\.$/,
  );
  expect(() => openRunFolder(folder).read().evidence(`${shown}@2.1`)).toThrow(
    /is missing in .* or is not a plain file/,
  );
});

test('gives no order to the runner of a job in the name of a folder', async () => {
  const folder = copyOf(whole);
  editHeader(folder, ({ contracts, ...header }) => ({
    ...header,
    contracts: contracts.map((contract) => ({
      ...contract,
      origin: { ...contract.origin, title: 'Nova\n::error::done by the folder\u001b[2J' },
    })),
  }));
  sealAgain(folder);
  for (const more of [[], ['--json']]) {
    const { stdout } = await runCli(['verify', folder, ...more], place, { GITHUB_ACTIONS: 'true' });
    expect(stdout).toContain('done by the folder');
    expect(stdout).not.toMatch(/::error|\u001b/);
  }
});

test('states how much of all that there is was left out', async () => {
  const { held } = await verifyFolder(whole, {});
  expect(held).toContain(`Scope: ${all - 3} of ${all} clauses excluded; 1 of 251 operations selected.`);
});

test.each(['compute/list-volume*', 'compute/*-volume#answers-202'])(
  'a run of %s, which reaches operations of which no clause is chosen, holds',
  async (glob) => {
    const folder = join(place, `wide-${(copies += 1)}`);
    const ended = await runCli(['run', '--include', glob, '--microversions', 'latest', '--output', folder], place);
    expect([0, 2], ended.stderr).toContain(ended.code);
    const { refused, held } = await verifyFolder(folder, {});
    expect(refused).toBeUndefined();
    expect(held.length).toBeGreaterThan(0);
  },
);

test('a run with --reference is taken with --any-contract alone, also what nothing tests of it yet', async () => {
  const [reference, folder] = [join(place, 'reference'), join(place, 'of-another')];
  cpSync('specs/compute', reference, { recursive: true });
  edit(join(reference, 'os-volume-attachments.inc'), (text) =>
    text.replace('Normal response codes', 'The list never holds a volume twice.\n\nNormal response codes'),
  );
  const include = ['--include', 'compute/list-volume-attachments#the-list-never*', '--include', shown];
  const ended = await runCli(['run', '--reference', reference, ...include, '--output', folder], place);
  expect(ended.code, ended.stderr).toBe(2);
  expect(await refusalOf(folder)).toContain('To accept it, pass --any-contract.');
  const { refused, held } = await verifyFolder(folder, { anyContract: true });
  expect(refused).toBeUndefined();
  expect(held).toContain('The run is partial, exit code 2.');
});

test('a run that was signed is told from one that somebody else signed, or that was changed', async () => {
  const [own, strange] = [keyNamed('own'), keyNamed('strange')];
  const folder = copyOf(whole);
  const list = join(place, 'signers');
  writeFileSync(list, `vendor@example.org ${readFileSync(`${own}.pub`, 'utf8')}`);
  expect((await verify(folder, '--allowed-signers', list)).stdout).toContain('Refused: The run is not signed.');
  expect((await runCli(['sign', folder, '--key', own], place)).code).toBe(0);
  expect((await verify(folder)).stdout).toMatch(/^Signed with ED25519 key SHA256:\S+ of an unknown owner/m);
  const good = await verify(folder, '--allowed-signers', list);
  expect(good.stdout).toMatch(/^Signed by vendor@example.org with ED25519 key SHA256:/m);
  expect(good.code).toBe(0);
  const other = await verify(folder, '--allowed-signers', list, '--signer', 'other@example.org');
  expect(other.stdout).toContain('does not list for other@example.org.');
  expect((await runCli(['sign', folder, '--key', strange], place)).code).toBe(0);
  expect((await verify(folder, '--allowed-signers', list)).stdout).toContain('does not list for anyone.');
  edit(join(folder, 'statement.json'), (text) => text.replace('"WARNED"', '"PASSED"').replace('"PASSED"', '"PASSED" '));
  expect((await verify(folder)).stdout).toContain('Refused: The signature does not match the statement.');
});

function keyNamed(name: string): string {
  const file = join(place, name);
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  expect(existsSync(file), 'ssh-keygen is needed to run these tests').toBe(true);
  return file;
}

const product = ['name: Acme', 'version: "7"', 'vendor: Acme', 'contact: a@acme.example', 'reproduce: npm start', ''];

test('a bundle holds as its folder does, and the same folder makes the same bytes', async () => {
  const [description, first, second] = ['product.yaml', 'a.tar.gz', 'b.tar.gz'].map((name) => join(place, name));
  writeFileSync(description ?? '', product.join('\n'));
  for (const file of [first, second]) {
    const packed = await runCli(['bundle', whole, '--product', description ?? '', '--output', file ?? ''], place);
    expect(packed.code, packed.stdout + packed.stderr).toBe(0);
  }
  expect(readFileSync(first ?? '').equals(readFileSync(second ?? ''))).toBe(true);
  const { code, stdout } = await verify(first ?? '');
  expect(stdout).toContain('The product is Acme 7 of Acme; contact a@acme.example.');
  expect(stdout).toContain('The run passed, exit code 0.');
  expect(code).toBe(0);
});

test('a product description that lacks something, and a file that is no bundle, are refused', async () => {
  const [description, output] = [join(place, 'short.yaml'), join(place, 'c.tar.gz')];
  writeFileSync(description, product.slice(1).join('\n'));
  const { code, stderr } = await runCli(['bundle', whole, '--product', description, '--output', output], place);
  expect(stderr).toContain('short.yaml');
  expect(stderr).toContain('name');
  expect(code).toBe(3);
  expect(existsSync(output)).toBe(false);
  writeFileSync(output, 'nothing');
  expect((await verify(output)).stdout).toContain('is not a bundle');
});
