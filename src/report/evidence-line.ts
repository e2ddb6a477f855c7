/**
 * The lines of an evidence file. `evidence/SERVICE/OPERATION.ndjson` has the evidence of all cases of an operation and
 * is appended during the run. What several cases share (an exchange, the recorded input of a shared call) is one line,
 * to which the cases refer.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Transcript } from '../execution/transcript.ts';

export type EvidenceLine = ExchangeLine | SharedLine | CaseEvidenceLine;

export type ExchangeLine = { readonly line: 'exchange' } & Exchange;

/** The recorded input of a call that cases share. */
export interface SharedLine {
  readonly line: 'shared';
  readonly transcript: Transcript;
}

export interface CaseEvidenceLine {
  readonly line: 'case';
  /** Id of the case. */
  readonly id: string;
  readonly exchanges: readonly LineReference[];
  readonly transcript: Omit<Transcript, 'shared'> & { readonly shared: Readonly<Record<string, LineReference>> };
}

/** The number of a line in the same file, or a place in another one. */
export type LineReference = number | string;

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
