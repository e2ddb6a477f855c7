/** `rest_method`: HTTP method, path and the microversions of the call. */
import { quoted, type Position, type Report } from '../diagnostic.ts';
import type { Microversion } from '../microversion.ts';
import type { Directive } from './block.ts';
import { readVersion, reportUpsideDown } from './read-version.ts';
import { lineFrom, type SourceLine } from './source-lines.ts';

export interface MethodLine {
  readonly method: string;
  readonly path: string;
  /** Where the path begins. */
  readonly pathAt: Position;
  /** The names of the query string that stands behind the path, each with the placeholder of its value. */
  readonly query: readonly QueryName[];
  readonly minVersion?: Microversion;
  readonly maxVersion?: Microversion;
}

export interface QueryName {
  readonly name: string;
  /** `method_name` of `method={method_name}`; missing for a fixed value. */
  readonly placeholder?: string;
}

/** Stands where a reference leaves the method to whoever calls. */
const ANY_METHOD = 'METHOD';

const METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'COPY',
  'TRACE',
  'CONNECT',
  ANY_METHOD,
];
const VERSION = /^:?(min_version|max_version):\s*/;
const EXPECTED = 'METHOD /path, such as GET /servers/{server_id}';

/** Undefined, with a diagnostic, when no call can be made of it. */
export function readMethod(directive: Directive, report: Report): MethodLine | undefined {
  const { argument, options, content } = directive;
  const line = argument ?? content.find(({ text }) => !VERSION.test(text));
  if (!line) {
    reportMethod('method-without-path', directive.at, 'this rest_method says neither method nor path', report);
    return undefined;
  }
  const call = readCall(line, report);
  const lines = [...options, ...content];
  const minVersion = versionOption('min_version', lines, report);
  const maxVersion = versionOption('max_version', lines, report);
  if (minVersion && maxVersion) reportUpsideDown(minVersion, maxVersion, line.at, report);
  if (!call) return undefined;
  return { ...call, ...(minVersion && { minVersion }), ...(maxVersion && { maxVersion }) };
}

function readCall(line: SourceLine, report: Report): MethodLine | undefined {
  const [word = ''] = line.text.split(/\s/, 1);
  const path = lineFrom(line, word.length);
  const method = word.toUpperCase();
  if (!METHODS.includes(method)) {
    reportMethod('unknown-method', line.at, `${quoted(word)} is not an HTTP method`, report);
    return undefined;
  }
  if (path.text === '') {
    reportMethod('method-without-path', line.at, `there is no path after ${word}`, report);
    return undefined;
  }
  if (method !== word) {
    const message = `the method ${quoted(word)} is not in capitals`;
    report({ severity: 'warning', code: 'method-case', at: line.at, message, expected: method });
  }
  if (!isPath(path, report)) return undefined;
  if (method === ANY_METHOD) {
    const message = 'METHOD stands for any HTTP method, so it is not known which to call';
    report({ severity: 'info', code: 'any-method', at: line.at, message, expected: 'one of the methods' });
  }
  const [plain = '', query] = path.text.split('?', 2);
  return { method, path: plain, pathAt: path.at, query: query === undefined ? [] : query.split('&').map(queryName) };
}

function queryName(text: string): QueryName {
  const [name = '', value = ''] = text.split('=', 2);
  const placeholder = /^\{([^{}]*)\}$/.exec(value)?.[1];
  return { name, ...(placeholder !== undefined && { placeholder }) };
}

function isPath({ text, at }: SourceLine, report: Report): boolean {
  const mistake = braceMistake(text);
  if (mistake !== undefined) {
    const message = `the braces of ${quoted(text)} do not pair`;
    const where = { ...at, column: at.column + mistake };
    report({ severity: 'error', code: 'unclosed-brace', at: where, message, expected: 'each name as {name}' });
    return false;
  }
  const blank = text.search(/\s/);
  if (blank >= 0) {
    const message = `a blank stands inside the path ${quoted(text)}`;
    const where = { ...at, column: at.column + blank };
    report({ severity: 'warning', code: 'blank-in-path', at: where, message, expected: 'the path alone on the line' });
  } else if (!text.startsWith('/')) {
    const message = `the path ${quoted(text)} does not begin with a slash`;
    report({ severity: 'warning', code: 'path-without-slash', at, message, expected: `/${text}` });
  }
  return true;
}

/** The offset of the first brace that is not part of a pair. */
function braceMistake(path: string): number | undefined {
  let open: number | undefined;
  for (let offset = 0; offset < path.length; offset++) {
    const character = path.charAt(offset);
    if (character === '{') {
      if (open !== undefined) return open;
      open = offset;
    } else if (character === '}') {
      if (open === undefined) return offset;
      open = undefined;
    }
  }
  return open;
}

function versionOption(name: string, lines: readonly SourceLine[], report: Report): Microversion | undefined {
  const line = lines.find(({ text }) => VERSION.exec(text)?.[1] === name);
  if (!line) return undefined;
  const value = lineFrom(line, VERSION.exec(line.text)?.[0].length ?? 0);
  return readVersion(name, value.text, value.at, report);
}

function reportMethod(code: string, at: Position, message: string, report: Report): void {
  report({ severity: 'error', code, at, message: `${message}; the operation is left out`, expected: EXPECTED });
}
