/** The modules of the product and what each imports, read from the sources with the TypeScript parser. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** A path from the top of the repository, or the name of a package. */
  readonly to: string;
  readonly local: boolean;
  /** Erased when the program runs. */
  readonly typeOnly: boolean;
}

export interface Module {
  /** From the top of the repository: `src/json.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** What it reaches for without an import: `fetch`, `process`, `Date.now`, `new Date()`, `Math.random`. */
  readonly ambient: readonly string[];
}

const root = join(import.meta.dirname, '../..');

export const productFolders = ['api', 'bench', 'src', 'cli', 'runner', 'suites', 'reporters', 'targets'] as const;

export function readModules(): readonly Module[] {
  return productFolders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts'))
      .sort()
      .map((path) => readModule(path, readFileSync(join(root, path), 'utf8'))),
  );
}

export function readModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const imports: Import[] = [];
  const ambient = new Set<string>();
  const visit = (node: ts.Node): void => {
    const found = importOf(path, node);
    if (found) imports.push(found);
    const reached = ambientOf(node);
    if (reached !== undefined) ambient.add(reached);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { path, lines: text.split('\n').length - 1, imports, ambient: [...ambient].sort() };
}

function importOf(path: string, node: ts.Node): Import | undefined {
  const specifier = specifierOf(node);
  if (specifier === undefined) return undefined;
  const local = specifier.startsWith('.');
  const to = local ? posix.join(posix.dirname(path), specifier) : specifier;
  return { to, local, typeOnly: isTypeOnly(node) };
}

function specifierOf(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text;
  }
  const [first] = ts.isCallExpression(node) && isImportCall(node) ? node.arguments : [];
  return first && ts.isStringLiteral(first) ? first.text : undefined;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) {
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
    return node.isTypeOnly || (named !== undefined && named.length > 0 && named.every((one) => one.isTypeOnly));
  }
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((one) => one.isTypeOnly);
}

function ambientOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'fetch') return 'fetch';
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const text = node.getText();
  if (text === 'Date.now' || text === 'Math.random') return text;
  return node.expression.getText() === 'process' ? 'process' : undefined;
}
