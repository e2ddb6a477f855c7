/** Where the evidence of a case stands: file and line in the run folder. */

/** Where a journal finds the evidence of a case: `evidence/compute/attach-volume.ndjson:17`, as `grep -n` writes it. */
export interface EvidencePlace {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

export function formatPlace({ file, line }: EvidencePlace): string {
  return `${file}:${line}`;
}

export function parsePlace(text: string): EvidencePlace | undefined {
  const [, file, line] = /^(.+\.ndjson):([1-9]\d{0,14})$/s.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Device names of Windows, with any extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;
const longestName = 100;

/** The evidence file for the id of a case or an operation. Operations may share a file: every case line has its id. */
export function evidenceFileOf(id: string): string {
  const [operation = ''] = id.split('#');
  return `evidence/${operation.split('/').map(safeName).join('/')}.ndjson`;
}

/** Lower-case letters, digits, dashes, and dots inside: every file system and artifact store accepts these. */
function safeName(part: string): string {
  const plain = part
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .slice(0, longestName)
    .replace(/^\.+|\.+$/g, '-')
    .replace(reserved, '$&-');
  return plain === '' ? '-' : plain;
}
