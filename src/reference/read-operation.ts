/** An operation: reads its section, and checks what the section should contain. */
import { quoted, type Report } from '../diagnostic.ts';
import type { FragmentReading } from './fragment-reading.ts';
import type { ParameterUse, ReferenceOperation } from './model.ts';
import type { OperationSection } from './operation-sections.ts';
import { readContent, type Content } from './read-content.ts';
import { withNotedCodes } from './noted-codes.ts';
import { readMethod, type MethodLine, type QueryName } from './read-method.ts';
import { rangeOfOperation } from './range-of-operation.ts';

/** Undefined, with a diagnostic, when the `rest_method` names no call. */
export function readOperation(section: OperationSection, fragment: FragmentReading): ReferenceOperation | undefined {
  const { report } = fragment;
  const content = readContent(section.content, fragment);
  const call = readMethod(section.method, report);
  reportMissingCodes(section, content, report);
  if (!call) return undefined;
  const parameters = content.parameters.map((use) => asQuery(use, call.query));
  reportPathParameters(call, parameters, report);
  const { method, path } = call;
  const { minVersion, maxVersion } = rangeOfOperation(call, section, content.notes);
  const { notes, paragraphs, samples } = content;
  const codes = withNotedCodes(content.codes, [...notes, ...paragraphs]);
  return {
    title: section.title,
    at: section.at,
    method,
    path,
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
    parameters,
    codes,
    notes,
    paragraphs,
    samples,
  };
}

/** A parameter that stands in the query string of the call is one of the query, under the name that it has there. */
function asQuery(use: ParameterUse, query: readonly QueryName[]): ParameterUse {
  const { definition, name, side } = use;
  const own = query.find((one) => one.placeholder === name) ?? query.find((one) => one.name === name);
  if (side !== 'request' || !own || (definition?.in !== 'path' && definition?.in !== 'query')) return use;
  return { ...use, name: own.name, definition: { ...definition, in: 'query' } };
}

function reportMissingCodes({ title, at }: OperationSection, { codes }: Content, report: Report): void {
  const missing = (['success', 'error'] as const).filter((kind) => !codes.some((code) => code.kind === kind));
  const [first] = missing;
  if (first === undefined) return;
  const both = missing.length === 2;
  const what = both ? 'no response codes' : first === 'error' ? 'no error response codes' : 'no normal response codes';
  const code = both ? 'no-codes' : `no-${first}-codes`;
  const severity = first === 'error' ? 'info' : 'warning';
  report({
    severity,
    code,
    at,
    message: `${quoted(title)} states ${what}`,
    expected: `${first === 'error' ? 'Error' : 'Normal'} response codes: …`,
  });
}

/** Each name in braces has a path parameter, and each path parameter stands in braces. */
function reportPathParameters({ path, pathAt }: MethodLine, uses: readonly ParameterUse[], report: Report): void {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)];
  const request = uses.filter(({ side }) => side === 'request');
  for (const match of names) {
    const name = match[1] ?? '';
    if (request.some((use) => use.name === name)) continue;
    const at = { ...pathAt, column: pathAt.column + match.index };
    const message = `the path parameter ${name} is not listed in the request`;
    report({ severity: 'warning', code: 'path-parameter-unlisted', at, message, expected: `- ${name}: reference` });
  }
  for (const use of request) {
    if (use.definition?.in !== 'path' || names.some((match) => match[1] === use.name)) continue;
    const message = `${use.name} is a path parameter, but ${path} has no {${use.name}}`;
    const expected = 'a name that stands in the path, or another place for it';
    report({ severity: 'warning', code: 'path-parameter-surplus', at: use.at, message, expected });
  }
}
