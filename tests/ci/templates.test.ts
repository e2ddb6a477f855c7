/** The templates for CI systems can be read, and their commands are ones that this tool takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { completionScripts } from '../../cli/completion/scripts.ts';
import { wordsOf } from '../../cli/completion/words.ts';
import { allVerbs } from '../../cli/verbs/index.ts';
import { callsIn, refusalOf, unknownWord } from '../docs/command-lines.ts';

const verbs = await allVerbs();

const root = join(import.meta.dirname, '../..');
const files = ['action.yml', ...readdirSync(join(root, 'ci')).map((name) => `ci/${name}`)];
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

test.each(files.filter((file) => /\.ya?ml$/.test(file)))('%s is YAML', (file) => {
  expect(parse(textOf(file))).toBeTruthy();
});

const calls = files.flatMap((file) => callsIn(textOf(file)).map((call) => ({ file, call, line: call.join(' ') })));

test('every template but the container file calls the tool', () => {
  const calling = new Set(calls.map(({ file }) => file));
  expect(files.filter((file) => !calling.has(file))).toEqual(['ci/Containerfile', 'ci/zuul.yaml']);
});

test.each(calls)('$file: $line', ({ call }) => {
  // Values that are unknown before the job runs count as one word.
  const [verb = '', ...rest] = call
    .map((word) => word.replace(/['")]+$/, ''))
    .filter((word) => word !== '' && !word.startsWith('${words') && word !== unknownWord);
  expect(refusalOf(verbs, [verb, ...rest])).toBeUndefined();
});

test('the options of the Zuul job exist', () => {
  const [{ job }] = parse(textOf('ci/zuul.yaml')) as [{ job: { vars: { conformance_arguments: string } } }];
  expect(refusalOf(verbs, ['run', ...job.vars.conformance_arguments.split(' ')])).toBeUndefined();
});

test.each(Object.keys(completionScripts))('the completion of %s has every verb and every option', (shell) => {
  const script = verbs
    .flatMap((verb) => completionScripts[shell]?.('osc', wordsOf(verb, [verb.name()])) ?? [])
    .join('\n');
  const words = verbs.flatMap((verb) => verb.options.map(({ long }) => long?.slice(2) ?? ''));
  expect(words.filter((word) => !script.includes(word))).toEqual([]);
});
