/**
 * The compiled modules that decide the results of a mutation test, and what each imports when it runs.
 *
 * They are read from `dist/`, because that is what runs: a changed comment or type changes nothing there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A path from the top of the package without its ending: `suites/compute/rules/odd-ids`. */
export type ModuleName = string;

export interface Modules {
  /** The text that a digest covers; for a registry, without the lists that it joins. */
  readonly textOf: (name: ModuleName) => string;
  /** These modules and all that they import, directly or not. */
  readonly closure: (roots: Iterable<ModuleName>) => ReadonlySet<ModuleName>;
}

export interface ModuleOptions {
  /** The folder of the compiled modules. */
  readonly folder: string;
  /** Modules that only join lists of others: the lists are no part of what importing them means. */
  readonly isRegistry?: (name: ModuleName) => boolean;
  /** Modules that no closure goes into. */
  readonly opaque?: readonly ModuleName[];
}

interface Module {
  readonly text: string;
  readonly imports: readonly ModuleName[];
}

export function readModules({ folder, isRegistry = () => false, opaque = [] }: ModuleOptions): Modules {
  const known = new Map<ModuleName, Module>();
  const moduleOf = (name: ModuleName): Module => {
    const found = known.get(name) ?? readModule(folder, name, isRegistry(name));
    known.set(name, found);
    return found;
  };
  return {
    textOf: (name) => moduleOf(name).text,
    closure: (roots) => {
      const reached = new Set<ModuleName>();
      const open = [...roots];
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        if (reached.has(name) || opaque.includes(name)) continue;
        reached.add(name);
        open.push(...moduleOf(name).imports);
      }
      return reached;
    },
  };
}

/** A name with another ending than that of a module, such as `.json`, is the file itself. */
function readModule(folder: string, name: ModuleName, isList: boolean): Module {
  const file = join(folder, /\.\w+$/.test(name) ? name : `${name}.js`);
  const whole = readFileSync(file, 'utf8');
  const text = isList ? withoutLists(whole) : whole;
  return { text, imports: importsIn(text).flatMap((specifier) => moduleAt(folder, name, specifier) ?? []) };
}

/** Finds more than there is where a text looks like an import; such a file does not exist. */
export function importsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])(\.[^'"\n]+)\1/g)].map(([, , specifier = '']) => specifier);
}

function moduleAt(folder: string, from: ModuleName, specifier: string): ModuleName | undefined {
  const path = normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
  return existsSync(join(folder, path)) ? path.replace(/\.js$/, '') : undefined;
}

/**
 * Removes imports of names that are only spread into the list of a registry, with or without a function around them,
 * and the spreads.
 *
 * Such a spread stands alone on a line of the list, or is the whole list. Any other use of a name keeps its import.
 */
export function withoutLists(whole: string): string {
  const text = whole.replace(
    inlineList,
    (_, start: string, items: string) => `${start}\n    ${items.replaceAll(', ', ',\n    ')},\n];`,
  );
  const imported = new Set([...text.matchAll(importStatement)].flatMap(([, names = '']) => namesIn(names)));
  const removable = new Set([...imported].filter((name) => isOnlySpread(name, text)));
  return text
    .replace(importStatement, (statement, names: string) => {
      return namesIn(names).every((name) => removable.has(name)) ? '' : statement;
    })
    .replace(listSpread, (spread, name: string) => (removable.has(name) ? '' : spread));
}

const importStatement = /^import \{([^}]*)\} from (['"])\.[^'"\n]+\2;?\n/gm;

/** A list that consists of spreads on one line. */
const inlineList = /^(export const \w+ = \[)(\.\.\.\w+(?:, \.\.\.\w+)*)\];$/gm;

const listSpread = /^ {4}\.\.\.(?:\w+\()?(\w+)\)?,\n/gm;

function namesIn(names: string): readonly string[] {
  return names.split(',').flatMap((one) => (one.split(' as ').at(-1) ?? '').trim() || []);
}

function isOnlySpread(name: string, text: string): boolean {
  const uses = text.replace(importStatement, '').match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length ?? 0;
  const spreads = [...text.matchAll(listSpread)].filter(([, one]) => one === name).length;
  return spreads > 0 && uses === spreads;
}
