/** One status code as written, held against what HTTP knows. */
import type { Position, Report } from '../diagnostic.ts';
import type { StatusCode } from './model.ts';
import { codesNamed, nameLike } from './status-names.ts';

export interface CodeItem {
  readonly kind: 'success' | 'error';
  readonly digits: string;
  readonly name?: string;
  readonly at: Position;
}

/** Undefined, with a diagnostic, when the digits are no status code. */
export function checkedCode({ kind, digits, name, at }: CodeItem, report: Report): StatusCode | undefined {
  const status = Number(digits);
  if (digits.length !== 3 || status < 100 || status > 599) {
    const message = `${digits} is not a status code; it is left out`;
    report({ severity: 'error', code: 'status-out-of-range', at, message, expected: 'three digits from 100 to 599' });
    return undefined;
  }
  if (kind === 'error' ? status < 400 : status >= 400) reportKind(kind, status, at, report);
  if (name !== undefined) checkName(name, status, at, report);
  return { kind, status, ...(name !== undefined && { name }), at };
}

function reportKind(kind: 'success' | 'error', status: number, at: Position, report: Report): void {
  const message = `${status} stands among the ${kind === 'error' ? 'error' : 'normal'} response codes`;
  const expected = kind === 'error' ? 'a code from 400 to 599' : 'a code from 100 to 399';
  report({ severity: 'warning', code: 'status-kind', at, message, expected });
}

function checkName(name: string, status: number, at: Position, report: Report): void {
  const codes = codesNamed(name);
  if (codes.includes(status)) return;
  if (codes.length > 0) {
    const message = `${name} is the name of ${codes.join(' and ')}, not of ${status}; the number counts`;
    report({
      severity: 'warning',
      code: 'status-name-mismatch',
      at,
      message,
      expected: `${name}(${codes.join(' or ')})`,
    });
    return;
  }
  const meant = nameLike(name);
  const expected = meant === undefined ? 'a name such as badRequest or itemNotFound' : `${meant}(${status})`;
  const message = `${name} is not a name that is known for a status code; the number counts`;
  report({ severity: 'warning', code: 'unknown-status-name', at, message, expected });
}
