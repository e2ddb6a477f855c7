/**
 * The lines of an evidence file: `evidence/SERVICE/OPERATION.ndjson` has the evidence of all cases of an operation, appended
 * as the run goes. What several cases share (an exchange, the recorded input of a shared call) is one line; cases refer to it.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Transcript } from '../conformance/transcript.ts';

export type EvidenceLine = ExchangeLine | SharedLine | CaseEvidenceLine;

export type ExchangeLine = { readonly line: 'exchange' } & Exchange;

/** The recorded input of a call that cases share. */
export interface SharedLine {
  readonly line: 'shared';
  readonly transcript: Transcript;
}

export interface CaseEvidenceLine {
  readonly line: 'case';
  /** Of the case. */
  readonly id: string;
  readonly exchanges: readonly LineReference[];
  readonly transcript: Omit<Transcript, 'shared'> & { readonly shared: Readonly<Record<string, LineReference>> };
}

/** The number of a line in the same file, or a place in another one. */
export type LineReference = number | string;

/** `evidence/compute/attach-volume.ndjson:17`, as `grep -n` writes it: what a journal says of the evidence of a case. */
export interface EvidencePlace {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
}

export function formatPlace({ file, line }: EvidencePlace): string {
  return `${file}:${line}`;
}

export function parsePlace(text: string): EvidencePlace | undefined {
  const [, file, line] = /^(.+\.ndjson):([1-9]\d{0,14})$/s.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Device names of Windows, with whatever ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;
const longestName = 100;

/** By the id of a case or an operation. Operations may share a file: every line says whose it is. */
export function evidenceFileOf(id: string): string {
  const [operation = ''] = id.split('#');
  return `evidence/${operation.split('/').map(safeName).join('/')}.ndjson`;
}

/** Lower-case letters, digits, dashes, and dots inside: every file system and every store of artifacts accepts these. */
function safeName(part: string): string {
  const plain = part
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .slice(0, longestName)
    .replace(/^\.+|\.+$/g, '-')
    .replace(reserved, '$&-');
  return plain === '' ? '-' : plain;
}
