/** Status files: for each code the texts of its reasons, `default` among them. */
import type { Report } from '../diagnostic.ts';
import { asMap, asText } from '../yaml-fields.ts';
import { parseYaml, type YamlEntry } from '../yaml.ts';

export interface StatusFile {
  readonly file: string;
  /** Reasons by code, texts by reason. */
  readonly reasons: ReadonlyMap<number, ReadonlyMap<string, string>>;
}

export function readStatusFile(text: string, file: string, report: Report): StatusFile {
  const { root, diagnostics } = parseYaml(text, file);
  diagnostics.forEach(report);
  const entries = root ? (asMap(root, 'the status codes', report)?.entries ?? []) : [];
  return { file, reasons: new Map(entries.flatMap((entry) => readEntry(entry, report))) };
}

function readEntry({ key, at, value }: YamlEntry, report: Report): readonly [number, ReadonlyMap<string, string>][] {
  const status = Number(key);
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    const message = `${key} is not a status code`;
    report({ severity: 'error', code: 'status-out-of-range', at, message, expected: 'a code from 100 to 599' });
    return [];
  }
  const reasons = asMap(value, `the reasons of ${key}`, report);
  if (!reasons) return [];
  const texts = reasons.entries.map((reason): [string, string] => {
    return [reason.key, asText(reason.value, reason.key, report)?.trim() ?? ''];
  });
  if (!reasons.entries.some((reason) => reason.key === 'default')) {
    const message = `the status code ${key} has no default reason`;
    report({ severity: 'warning', code: 'missing-default', at, message, expected: 'the key default' });
  }
  return [[status, new Map(texts)]];
}
