/** Every command that a document shows: lines of shell blocks, and calls named in running text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsIn } from './command-lines.ts';

export const root: string = join(import.meta.dirname, '../..');

export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  'targets/openstack-aio/README.md',
  'targets/results/README.md',
  'schemas/compute/COVERAGE.md',
  ...['suite.mjs', 'reporter.mjs', 'target.yaml'].map((name) => `examples/acme/${name}`),
];

export interface PageCommand {
  readonly page: string;
  /** As a shell takes it, in one line. */
  readonly line: string;
}

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** In the order of the page, each once. */
export function commandsOf(page: string, verbs: readonly string[]): readonly PageCommand[] {
  const text = textOf(page);
  const lines = page.endsWith('.md') ? [...blockLines(text), ...spans(text, verbs)] : commentLines(text);
  const told = new Map(lines.map((line) => [keyOf(line), line.replace(/\s+#.*$/, '')]));
  return [...told.values()].map((line) => ({ page, line }));
}

const programs = /^(npm|npx|node|openstack-conformance|targets\/openstack-aio\/aio|cat|git|podman|ssh-keygen|printf) /;

/** Those of fenced blocks for a shell, and of indented ones that begin with a program. */
function blockLines(text: string): readonly string[] {
  const fenced = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const indented = [...withoutFences(text).matchAll(/(?<=\n\n)((?: {4}.*\n)+)/g)].map(([, block = '']) => block);
  const shell = indented.filter((block) => programs.test(block.trimStart()));
  return [...fenced, ...shell].flatMap((block) =>
    block
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
}

const withoutFences = (text: string): string => text.replaceAll(/ *```[\s\S]*?```/g, '');

/** In running text a verb may stand without the name of the program; a verb alone is no command. */
function spans(text: string, verbs: readonly string[]): readonly string[] {
  return [...withoutFences(text).matchAll(/`([^`]+)`/g)]
    .map(([, span = '']) => span.replaceAll(/\s+/g, ' '))
    .flatMap((span) => {
      const [first = '', ...rest] = span.split(' ');
      const isCall = rest.some((word) => /^[-A-Z./]/.test(word));
      if (verbs.includes(first)) return isCall ? [`npx openstack-conformance ${span}`] : [];
      return programs.test(span) && (isCall || first !== 'openstack-conformance') ? [span] : [];
    });
}

function commentLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => /^(?: \*|#) +(npx openstack-conformance .*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined);
}

/** A call is the same with and without the name of the program. */
function keyOf(line: string): string {
  return (
    callsIn(line)
      .map((call) => call.join(' '))
      .join() || line.replace(/\s+#.*$/, '')
  );
}
