/** Validates the suite that a module exports: it may be JavaScript, which no compiler has checked. */
import { identities } from '../../src/clauses/identity.ts';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import { parseMicroversion, parseRange } from '../../src/microversion.ts';
import { isObject } from '../../src/json.ts';
import { wrongResourceTypes } from './wrong-resource-types.ts';
import { wrongChanges } from './wrong-changes.ts';

/** The ids of our own clauses begin with these service types. */
const reserved: ReadonlySet<string> = new Set([
  'compute',
  'block-storage',
  'identity',
  'image',
  'network',
  'placement',
]);

/** The suite, or what is wrong with it as a predicate: `has neither clauses nor recipes`. */
export function readSuite(value: unknown): { readonly suite: Suite } | { readonly error: string } {
  if (!isObject(value)) return { error: 'does not export a suite; write export default { name, clauses, recipes }' };
  const { name, clauses = [], recipes = {}, changes = {}, resourceTypes = [] } = value;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name))
    return { error: `names its suite ${shown(name)}; use lower-case letters, digits and dashes` };
  if (reserved.has(name))
    return { error: `names its suite ${name}, which is reserved for our own clauses; choose another name` };
  if (!Array.isArray(clauses)) return { error: 'has clauses that are not a list' };
  if (!isObject(recipes)) return { error: 'has recipes that are not an object by operation' };
  if (clauses.length + Object.keys(recipes).length === 0) return { error: 'has neither clauses nor recipes' };
  const wrong =
    firstWrong(name, clauses) ??
    wrongRecipe(recipes) ??
    wrongResourceTypes(resourceTypes) ??
    wrongChanges(changes, resourceTypes as NonNullable<Suite['resourceTypes']>);
  return wrong === undefined ? { suite: value as unknown as Suite } : { error: wrong };
}

function firstWrong(name: string, clauses: readonly unknown[]): string | undefined {
  const seen = new Set<unknown>();
  for (const [index, clause] of clauses.entries()) {
    if (!isObject(clause)) return `has a value that is not a clause at position ${index + 1}`;
    const { id } = clause;
    if (typeof id !== 'string' || !isOwnId(name, id))
      return `has a clause ${shown(id)}; write ${name}/, an operation and a name, as in ${name}/compute/attach-volume#keeps-the-label`;
    if (seen.has(id)) return `has the clause ${id} twice`;
    seen.add(id);
    const wrong = wrongField(clause);
    if (wrong !== undefined) return `has a clause ${id} ${wrong}`;
  }
  return undefined;
}

function isOwnId(name: string, id: string): boolean {
  return id.startsWith(`${name}/`) && /^[a-z-]+\/[a-z-]+#[a-z0-9-]+$/.test(id.slice(name.length + 1));
}

/** What is wrong, to follow `has a clause ID `. */
function wrongField(clause: Readonly<Record<string, unknown>>): string | undefined {
  const { statement, source, check, range, cases, identities: needed = [], capabilities = [], since } = clause;
  if (typeof statement !== 'string' || !/\S (MUST|SHOULD|MAY)( NOT)? \S/.test(statement))
    return 'whose statement is not a sentence with MUST, SHOULD or MAY';
  if (typeof check !== 'function') return 'without a check; write check: async (ctx) => []';
  if (!isSource(source)) return "without a source; write source: { file: 'PROMISES.md', section: 'Labels', line: 12 }";
  if (range !== undefined && (typeof range !== 'string' || !parseRange(range)))
    return `with the range ${shown(range)}; write a range such as 2.70-2.100`;
  if (cases !== undefined && !isListOf([cases], ['boundaries', 'ends', 'once']))
    return `with the cases ${shown(cases)}; write boundaries, ends or once`;
  if (!isListOf(needed, identities)) return `with unknown identities; use ${identities.join(', ')}`;
  if (!isListOf(capabilities)) return 'with capabilities that are not a list of names';
  if (
    since !== undefined &&
    (!isObject(since) || !parseMicroversion(String(since.maximum)) || typeof since.because !== 'string')
  )
    return "with a since that is not { maximum: '2.65', because: 'a sentence' }";
  return undefined;
}

function wrongRecipe(recipes: Readonly<Record<string, unknown>>): string | undefined {
  const [id] =
    Object.entries(recipes).find(([, recipe]) => {
      if (!isObject(recipe)) return true;
      const { as, capabilities, accepted, refused } = recipe;
      const isWhole = isListOf([as], identities) && isListOf(capabilities);
      return !isWhole || typeof accepted !== 'function' || typeof refused !== 'function';
    }) ?? [];
  return id && `has a recipe of ${id} that is not { as, capabilities, accepted, refused }`;
}

function isSource(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { file, section, line } = value;
  return typeof file === 'string' && file !== '' && typeof section === 'string' && Number.isInteger(line);
}

function isListOf(value: unknown, known?: readonly string[]): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && (known?.includes(one) ?? true));
}

function shown(value: unknown): string {
  return value === undefined ? 'without a name' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
}
