/**
 * Reports words of `words.json` in what people read: README, docs, help texts, messages and report templates. Each
 * line names the plain technical words to use instead.
 *
 *     node packaging/check-words.mjs
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
/** @type {Readonly<Record<string, string>>} */
const words = JSON.parse(readFileSync(join(import.meta.dirname, 'words.json'), 'utf8'));
const pattern = new RegExp(`(?<![\\w/.-])(?:${Object.keys(words).join('|')})(?![\\w/-])`, 'gi');
const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs', 'cli', 'reporters', 'runner', 'src/report'];

const found = paths.flatMap(filesIn).flatMap((file) => textsOf(file).flatMap((text) => wordsIn(file, text)));
for (const line of found) process.stderr.write(`${line}\n`);
process.exitCode = found.length === 0 ? 0 : 1;

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  const names = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(?:ts|md)$/.test(name)).map((name) => join(path, name));
}

/**
 * The lines of a document, or the string literals of a module, each with its line number.
 *
 * @param {string} file
 * @returns {{ text: string, line: number }[]}
 */
function textsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.ts')) return text.split('\n').map((line, index) => ({ text: line, line: index + 1 }));
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  /** @type {{ text: string, line: number }[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    // A text without a space is an id or a key.
    if ((ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) && node.text.trim().includes(' ')) {
      texts.push({ text: node.text, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * @param {string} file
 * @param {{ text: string, line: number }} part
 * @returns {string[]}
 */
function wordsIn(file, { text, line }) {
  const prose = text.replaceAll(/`[^`]*`/g, '');
  return Array.from(prose.matchAll(pattern), ([word]) => {
    return `${file}:${line}: "${word}": write ${words[word.toLowerCase()] ?? 'another word'}`;
  });
}
