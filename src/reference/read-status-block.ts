/** `rest_status_code`: response codes as a list, with reasons from a status file. */
import { quoted, type Report } from '../diagnostic.ts';
import type { Directive } from './block.ts';
import { checkedCode } from './checked-code.ts';
import type { FragmentReading } from './fragment-reading.ts';
import type { StatusCode } from './model.ts';
import { readList, type ListItem } from './read-list.ts';
import type { StatusFile } from './read-status-file.ts';
import { lineFrom } from './source-lines.ts';

export function readStatusBlock(directive: Directive, fragment: FragmentReading): readonly StatusCode[] {
  const { report } = fragment;
  const [word = '', file = ''] = directive.argument?.text.split(/\s+/) ?? [];
  const kind = word === 'success' || word === 'error' ? word : undefined;
  if (!kind || !directive.argument) {
    const message = `${quoted(word)} says neither success nor error; the codes below are left out`;
    const expected = '.. rest_status_code:: success status.yaml';
    report({ severity: 'error', code: 'status-block-kind', at: directive.at, message, expected });
    return [];
  }
  const at = lineFrom(directive.argument, word.length).at;
  const statuses = file === '' ? undefined : fragment.statuses(file, at);
  if (file === '') {
    const message = 'this rest_status_code names no status file, so its reasons are not known';
    report({ severity: 'warning', code: 'empty-argument', at, message, expected: 'status.yaml after the kind' });
  }
  return readList(directive.content, report).flatMap((item) => codeOf(kind, item, statuses, report) ?? []);
}

function codeOf(
  kind: 'success' | 'error',
  { name, value, at }: ListItem,
  statuses: StatusFile | undefined,
  report: Report,
): StatusCode | undefined {
  if (!/^\d+$/.test(name)) {
    const message = `${quoted(name)} is not a status code; it is left out`;
    report({ severity: 'error', code: 'unreadable-code', at, message, expected: '- code or - code: reason' });
    return undefined;
  }
  const code = checkedCode({ kind, digits: name, at }, report);
  if (!code) return undefined;
  const reason = statuses && reasonOf(code, value, statuses, report);
  return reason === undefined ? code : { ...code, reason };
}

/** An unknown reason gives the default text, as it does where the reference is built. */
function reasonOf({ status, at }: StatusCode, key: string | undefined, { file, reasons }: StatusFile, report: Report) {
  const texts = reasons.get(status);
  if (!texts) {
    const message = `${status} is not in ${file}`;
    report({ severity: 'warning', code: 'undefined-status', at, message, expected: 'a code of the status file' });
    return undefined;
  }
  if (key === undefined || texts.has(key)) return texts.get(key ?? 'default');
  const message = `${status} has no reason ${key} in ${file}; the default counts`;
  report({ severity: 'warning', code: 'unknown-reason', at, message, expected: [...texts.keys()].join(' or ') });
  return texts.get('default');
}
