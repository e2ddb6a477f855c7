/** Which modules of `src/` name a service or a resource in their code; suites declare both, and `src/` knows neither. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Keystone is part of signing in to any cloud, not a service under test. */
const name =
  /compute(?!d)|nova|cinder|glance|neutron|block.?storage|servers?(?![a-z])|volume|flavor|attachment|keypair/i;

/** Names, texts and patterns in the code, without comments and the paths of imports. */
export function namesIn(text: string): readonly string[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const own = ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node);
    if (own && name.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function modulesNamingServices(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && namesIn(readFileSync(join(root, path), 'utf8')).length > 0)
    .sort();
}

/** Each with its reason; a module that names none any more has to leave the list. */
export const exceptions: Readonly<Record<string, readonly string[]>> = {
  'an example in a message or in a published schema': [
    'src/assembly/read-change.ts',
    'src/assembly/read-errata.ts',
    'src/planning/waivers/read-waivers.ts',
    'src/records/coverage.ts',
    'src/records/outline.ts',
    'src/records/verdict.ts',
    'src/reference/read-method.ts',
  ],
  'a word of another format: OpenAPI, a status name of a reference, a command of a CI system': [
    'src/openapi/document.ts',
    'src/reference/status-names.ts',
    'src/report/printable.ts',
  ],
  'lists show what a resource is attached to; to be an optional facet of a resource type': [
    'src/records/run-facts.ts',
    'src/report/describe-inventory.ts',
    'src/resources/id-memory.ts',
    'src/resources/inventory.ts',
    'src/resources/listing.ts',
  ],
  'names and versions of services in catalogues; to be declared by the services': [
    'src/target/service-types.ts',
    'src/target/unfit-identity.ts',
    'src/target/versioned-endpoint.ts',
  ],
  'names of states, timeouts and headers of one service; to be declared by its suite': [
    'src/clauses/define-operation.ts',
    'src/clauses/derive/headers.ts',
    'src/execution/timeouts.ts',
    'src/mutation/derived/make.ts',
  ],
};
