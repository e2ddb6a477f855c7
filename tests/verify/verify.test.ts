/** `verify` on a run of the embedded cloud, and on copies of it in which something was changed afterwards. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { openRunFolder } from '../../cli/run/run-folder.ts';
import { sealFolder } from '../../cli/run/seal-folder.ts';
import { reporters } from '../../reporters/index.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const place = temporaryFolder();
const whole = join(place, 'whole');
const shown = 'compute/show-volume-attachment#answers-200';

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
  for (const reporter of reporters) openRunFolder(folder).write(reporter.render(record));
  sealFolder(folder, record.report);
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  expect(changed, `nothing was changed in ${file}`).not.toBe(text);
  writeFileSync(file, changed);
}

/** The first file of evidence of a clause. */
function evidenceIn(folder: string, word: string): string {
  const inside = join(folder, 'evidence/compute/show-volume-attachment');
  return join(inside, readdirSync(inside).find((name) => name.startsWith(`${word}@`)) ?? 'none');
}

test('a run as it was written holds', async () => {
  const { code, stdout } = await verify(whole);
  expect(stdout).toContain('files are as the manifest lists them.');
  expect(stdout).toContain('The run is not signed.');
  expect(stdout).toMatch(/\d+ cases come to the same verdicts when they are judged again from their evidence\./);
  expect(stdout).toContain('The run is conformant, exit code 0.');
  expect(code).toBe(0);
});

const byAnybody: readonly (readonly [string, (folder: string) => void, string])[] = [
  [
    'one byte of evidence changed',
    (folder) => edit(evidenceIn(folder, 'answers-200'), (text) => text.replace('"status": 200', '"status": 201')),
    'was changed after the run: its SHA-256 is not that of the manifest.',
  ],
  ['a file taken away', (folder) => rmSync(evidenceIn(folder, 'answers-200')), 'is missing; the manifest lists it.'],
  [
    'two files of evidence swapped',
    (folder) => {
      const [one, other] = [evidenceIn(folder, 'answers-200'), evidenceIn(folder, 'refuses-missing-token')];
      const [a, b] = [readFileSync(one), readFileSync(other)];
      writeFileSync(one, b);
      writeFileSync(other, a);
    },
    'was changed after the run',
  ],
  ['a file added', (folder) => writeFileSync(join(folder, 'note.txt'), 'x'), 'note.txt was added after the run'],
  [
    'a verdict changed in the report',
    (folder) => edit(join(folder, 'report.json'), (text) => text.replace('"conformant"', '"non-conformant"')),
    'report.json was changed after the run',
  ],
  [
    'the manifest changed',
    (folder) => edit(join(folder, 'manifest.json'), (text) => text.replace(/"bytes": \d+/, '"bytes": 1')),
    'The statement is about another manifest',
  ],
  [
    'no journal',
    (folder) => rmSync(join(folder, 'journal.ndjson')),
    'has no journal.ndjson: it holds no run, or one that never came to its end.',
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

const journalOf = (folder: string): string => join(folder, 'journal.ndjson');

function withoutLine(text: string, has: string): string {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.startsWith('{"line":"case"') && line.includes(has));
  return lines.filter((_, place) => place !== index).join('\n');
}

const byForgers: readonly (readonly [string, (folder: string) => void, string])[] = [
  [
    'a reply changed in the evidence',
    (folder) => edit(evidenceIn(folder, 'answers-200'), (text) => text.replace('"status": 200', '"status": 500')),
    `The journal says that ${shown}`,
  ],
  [
    'a member taken out of a reply',
    (folder) =>
      edit(evidenceIn(folder, 'reply-has-volume-attachment'), (text) =>
        text.replaceAll('{\\"volumeAttachment\\":', '{\\"other\\":'),
      ),
    'is pass, and its evidence says fail',
  ],
  [
    'another request than the one that the clause is about',
    (folder) =>
      edit(evidenceIn(folder, 'answers-200'), (text) => text.replaceAll('"method": "GET"', '"method": "PUT"')),
    'stands in no evidence',
  ],
  [
    'the evidence of another case',
    (folder) => cpSync(evidenceIn(folder, 'refuses-missing-token'), evidenceIn(folder, 'answers-200')),
    `The journal says that ${shown}`,
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
    'is not-applicable, and its evidence says pass',
  ],
  [
    'a clause in weaker words',
    (folder) =>
      edit(journalOf(folder), (text) =>
        text.replace('A valid request MUST be answered with 200.', 'A valid request SHOULD be answered with 200.'),
      ),
    `The journal states ${shown} in other words`,
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
  const { code, stdout } = await verify(folder);
  expect(stdout).toContain(expected);
  expect(code).toBe(1);
});

test('refuses a report in other words than journal and evidence make', async () => {
  const folder = copyOf(whole);
  appendFileSync(join(folder, 'report.md'), '\nAll is well.\n');
  sealFolder(folder, openRunFolder(folder).read().report);
  expect((await verify(folder)).stdout).toContain(
    'Refused: report.md does not say what the journal and the evidence say.',
  );
});

test('a run that was signed is told from one that somebody else signed, or that was changed', async () => {
  const [own, strange] = [keyNamed('own'), keyNamed('strange')];
  const folder = copyOf(whole);
  const list = join(place, 'signers');
  writeFileSync(list, `vendor@example.org ${readFileSync(`${own}.pub`, 'utf8')}`);
  expect((await verify(folder, '--allowed-signers', list)).stdout).toContain('Refused: The run is not signed.');
  expect((await runCli(['sign', folder, '--key', own], place)).code).toBe(0);
  expect((await verify(folder)).stdout).toMatch(/^Signed with ED25519 key SHA256:\S+; whose it is, nobody has said/m);
  const good = await verify(folder, '--allowed-signers', list);
  expect(good.stdout).toMatch(/^Signed by vendor@example.org with ED25519 key SHA256:/m);
  expect(good.code).toBe(0);
  const other = await verify(folder, '--allowed-signers', list, '--signer', 'other@example.org');
  expect(other.stdout).toContain('does not have for other@example.org.');
  expect((await runCli(['sign', folder, '--key', strange], place)).code).toBe(0);
  expect((await verify(folder, '--allowed-signers', list)).stdout).toContain('does not have for anybody.');
  edit(join(folder, 'statement.json'), (text) => text.replace('"WARNED"', '"PASSED"').replace('"PASSED"', '"PASSED" '));
  expect((await verify(folder)).stdout).toContain('Refused: The signature is not one of the statement.');
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
  expect(stdout).toContain('The run is conformant, exit code 0.');
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
  expect((await verify(output)).stdout).toContain('is no bundle');
});
