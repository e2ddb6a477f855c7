/**
 * Joins the modules of the page's script into one classic script, in which each module is a function's scope.
 *
 * Reads what the TypeScript compiler and the minifiers of our libraries write, not everything that JavaScript allows; what
 * it cannot read is an error, and so shows in the first test.
 */
export interface LoadedModule {
  /** Unique: where it was found. */
  readonly id: string;
  readonly text: string;
}

/** Finds a module by the specifier of an import; `from` is missing for the entry. */
export type Load = (specifier: string, from?: string) => LoadedModule;

export function joinModules(entry: string, load: Load): string {
  const order = new Map<string, string>();
  const visit = (found: LoadedModule): string => {
    const known = order.get(found.id);
    if (known !== undefined) return known;
    const imports = new Map<string, string>();
    for (const specifier of specifiersIn(found.text)) {
      imports.set(specifier, visit(load(specifier, found.id)));
    }
    const name = `m${order.size}`;
    order.set(found.id, name);
    parts.push(`const ${name} = (() => {\n${scopeOf(found, imports)}\n})();`);
    return name;
  };
  const parts: string[] = [];
  visit(load(entry));
  return `(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`;
}

const importStatement = /^import (?:(\w+)|\{([^}]*)\}) from ['"]([^'"]+)['"];?$/gm;
const exportedDeclaration = /^export (const|let|function|async function|class) (\w+)/gm;
const exportList = /export\s*\{([^}]*)\};?\s*$/gm;
const sourceMap = /^\/\/# sourceMappingURL=.*$/gm;

function specifiersIn(text: string): readonly string[] {
  return Array.from(text.matchAll(importStatement), ([, , , specifier = '']) => specifier);
}

function scopeOf({ id, text }: LoadedModule, imports: ReadonlyMap<string, string>): string {
  const exported: string[] = [];
  const body = text
    .replace(sourceMap, '')
    .replace(importStatement, (_, whole: string | undefined, names: string | undefined, specifier: string) => {
      const source = imports.get(specifier) ?? '';
      return whole === undefined
        ? `const {${renamed(names ?? '')}} = ${source};`
        : `const ${whole} = ${source}.default;`;
    })
    .replace(exportedDeclaration, (_, keyword: string, name: string) => {
      exported.push(name);
      return `${keyword} ${name}`;
    })
    .replace(exportList, (_, names: string) => {
      exported.push(...names.split(',').flatMap(exportedName));
      return '';
    })
    .replace(/\bexport default /, () => {
      exported.push('default: exportedByDefault');
      return 'const exportedByDefault = ';
    });
  if (/^\s*(?:import|export)\b/m.test(body)) throw new Error(`The module ${id} cannot be joined into the page`);
  return `${body.trim()}\nreturn { ${exported.join(', ')} };`;
}

/** `a as b` of an import becomes `a: b`. */
function renamed(names: string): string {
  return names.replace(/(\w+) as (\w+)/g, '$1: $2');
}

/** `a as b` of an export becomes `b: a`. */
function exportedName(entry: string): readonly string[] {
  const [name = '', alias] = entry.trim().split(/\s+as\s+/);
  if (name === '') return [];
  return [alias === undefined ? name : `${alias}: ${name}`];
}
