/** An operation: its section read, and what the section should hold checked. */
import { quoted, type Report } from '../diagnostic.ts';
import type { FragmentReading } from './fragment-reading.ts';
import type { ParameterUse, ReferenceOperation } from './model.ts';
import type { OperationSection } from './operation-sections.ts';
import { readContent, type Content } from './read-content.ts';
import { readMethod, type MethodLine } from './read-method.ts';

/** Undefined, with a diagnostic, when the `rest_method` names no call. */
export function readOperation(section: OperationSection, fragment: FragmentReading): ReferenceOperation | undefined {
  const { report } = fragment;
  const content = readContent(section.content, fragment);
  const call = readMethod(section.method, report);
  reportMissingCodes(section, content, report);
  if (!call) return undefined;
  reportPathParameters(call, content.parameters, report);
  const { method, path, minVersion, maxVersion } = call;
  const { parameters, codes, notes, paragraphs, samples } = content;
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
