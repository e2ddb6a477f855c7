/**
 * Makes the compiled modules smaller, in each build: without indentation. Lines keep their numbers, and
 * what stands in template literals stays as it is.
 *
 *     node packaging/tighten.mjs dist
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';

const [folder = 'dist'] = process.argv.slice(2);
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.js')) continue;
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  if (!/^ {4}/m.test(text)) continue;
  const tight = tighten(text);
  if (tight !== text) writeFileSync(file, tight);
}

/** @param {string} text */
function tighten(text) {
  const kept = templatesIn(text);
  return text.replace(/^(?: {4})+/gm, (spaces, /** @type {number} */ at) => {
    const isKept = kept.some(([from, to]) => from < at && at < to);
    return isKept ? spaces : '';
  });
}

/**
 * From and to of each piece of text in a template literal.
 *
 * @param {string} text
 */
function templatesIn(text) {
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.ESNext);
  /** @type {[number, number][]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTemplateLiteralToken(node)) found.push([node.getStart(source), node.getEnd()]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
