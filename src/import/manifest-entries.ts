/** Adds operations to the text of a manifest without changing the rest, comments included. */
import { sectionName } from '../assembly/operation-places.ts';
import type { NewEntry } from '../records/reference-import.ts';

/** Appends to the list of operations. */
export function withEntries(text: string, entries: readonly NewEntry[]): string {
  if (entries.length === 0) return text;
  const lines = text
    .trimEnd()
    .replace(/^operations: *\{ *\} *$/m, 'operations:')
    .split('\n');
  const start = lines.findIndex((line) => line === 'operations:');
  const next = lines.findIndex((line, index) => index > start && /^[^\s#]/.test(line));
  const end = start < 0 || next < 0 ? lines.length : next;
  const heading = start < 0 ? ['operations:'] : [];
  return `${[...lines.slice(0, end), ...heading, ...entries.map(entryLine), ...lines.slice(end)].join('\n')}\n`;
}

/** Sets revision and date of the texts, where given. */
export function withOrigin(text: string, { revision, date }: { revision?: string; date?: string }): string {
  const revised = revision === undefined ? text : text.replace(/^( +revision: ).*$/m, `$1${scalar(revision)}`);
  return date === undefined ? revised : revised.replace(/^( +date: ).*$/m, `$1${scalar(date)}`);
}

function entryLine({ id, file, section, call }: NewEntry): string {
  const callText = call === undefined ? '' : `, call: ${scalar(call)}`;
  return `  ${id}: { file: ${scalar(file)}, section: ${scalar(sectionName(section))}${callText} }`;
}

/** Unquoted where YAML reads it as the same text. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z\d](?:[\w ().\/-]*[\w).])?$/.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}
