/** Reads the evidence of a case from a run folder, which may be one that somebody else made. */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import type { Transcript } from '../../src/conformance/transcript.ts';
import { parseJson } from '../../src/json.ts';
import { isCaseEvidenceLine, isExchangeLine, isSharedLine } from '../../src/report/evidence-guard.ts';
import { formatPlace, parsePlace, type EvidencePlace, type LineReference } from '../../src/report/evidence-line.ts';
import { printable } from '../../src/report/printable.ts';
import { UsageError } from '../errors.ts';
import { lineFiles } from './line-files.ts';

const inside = 'evidence';

/** `place`: as the journal names it. @throws UsageError in one sentence when there is no evidence of the case to be read */
export type ReadEvidence = (caseId: string, place: string) => Evidence;

/** Each file is read when something in it is asked for; what was read stays at hand, up to a limit. */
export function evidenceIn(folder: string): ReadEvidence {
  const isInside = insideOf(folder);
  const lines = lineFiles((file) => contentOf(folder, file, isInside));
  const known = new Map<string, Exchange | Transcript>();

  const refuse = (place: EvidencePlace, why: string): never => {
    throw new UsageError(`${printable(formatPlace(place))} in ${folder} ${why}`);
  };
  const valueAt = (place: EvidencePlace): unknown => {
    refuseOutside(place.file);
    const text = lines.lineAt(place.file, place.line);
    if (text === 'no file') {
      throw new UsageError(
        `${printable(place.file)} is missing in ${folder} or is no plain file; take over the whole folder.`,
      );
    }
    if (text === 'no line') return refuse(place, 'is missing: the file has fewer lines; take over the whole folder.');
    return parseJson(text.line);
  };
  const referred = <T extends Exchange | Transcript>(
    from: EvidencePlace,
    reference: LineReference,
    read: (value: unknown) => T | undefined,
  ): T => {
    const place = typeof reference === 'number' ? { ...from, line: reference } : parsePlace(reference);
    if (!place) return refuse(from, 'is damaged: it refers to a line that cannot be one.');
    const key = formatPlace(place);
    const found = known.get(key) ?? read(valueAt(place));
    if (!found) return refuse(place, 'is damaged: it is not what a case refers to there.');
    if (known.size >= mostKnown) known.clear();
    known.set(key, found);
    return found as T;
  };
  return (caseId, text) => {
    const place = placeOf(folder, text);
    const value = valueAt(place);
    if (!isCaseEvidenceLine(value))
      return refuse(place, 'is damaged: it does not hold exchanges and what the check was given.');
    if (value.id !== caseId) return refuse(place, `is the evidence of another case, ${printable(value.id)}.`);
    const shared = Object.entries(value.transcript.shared).map(
      ([key, reference]) => [key, referred(place, reference, transcriptOf)] as const,
    );
    return {
      exchanges: value.exchanges.map((reference) => referred(place, reference, exchangeOf)),
      transcript: { ...value.transcript, shared: Object.fromEntries(shared) },
    };
  };
}

/** Parsed lines that are kept at hand; most reporters ask for all of them, one after the other. */
const mostKnown = 40_000;

/** @throws UsageError */
function placeOf(folder: string, text: string): EvidencePlace {
  const place = parsePlace(text);
  if (place) return place;
  refuseOutside(text);
  throw new UsageError(
    `${printable(text)} in ${folder} is no line of an evidence file: an earlier version wrote this folder, with one file a case; run again, or read it with that version.`,
  );
}

/** Before anything is made of a record. @throws UsageError when the folder was written in the form of earlier versions */
export function refuseEarlierForm(folder: string, places: Iterable<string | undefined>): void {
  for (const place of places) if (place !== undefined) placeOf(folder, place);
}

function exchangeOf(value: unknown): Exchange | undefined {
  if (!isExchangeLine(value)) return undefined;
  const { line, ...exchange } = value;
  return line === 'exchange' ? exchange : undefined;
}

function transcriptOf(value: unknown): Transcript | undefined {
  return isSharedLine(value) ? value.transcript : undefined;
}

/** A journal may name any place. @throws UsageError */
function refuseOutside(file: string): void {
  if (isPlaceInside(file)) return;
  throw new UsageError(`${printable(file)} lies outside of evidence/, where nothing of a run is kept.`);
}

/** Parts that lead elsewhere on any system are none. */
function isPlaceInside(file: string): boolean {
  const [first, ...rest] = file.split('/');
  return (
    first === inside &&
    rest.length > 0 &&
    !file.includes('\0') &&
    rest.every((part) => !['', '.', '..'].includes(part) && !part.includes('\\'))
  );
}

/** Undefined when there is no plain file at that place; a link leads out of the folder and is none. */
function contentOf(folder: string, file: string, isInside: (place: string) => boolean): Buffer | undefined {
  try {
    const place = join(folder, file);
    if (!lstatSync(place).isFile()) return undefined;
    return isInside(dirname(place)) ? readFileSync(place) : undefined;
  } catch {
    return undefined;
  }
}

/** Do the folders that lead to a place stay inside, links followed? Each is looked at once. */
function insideOf(folder: string): (place: string) => boolean {
  const known = new Map<string, boolean>();
  return (place) => {
    const seen = known.get(place);
    if (seen !== undefined) return seen;
    const is = `${realpathSync(place)}${sep}`.startsWith(realpathSync(folder) + sep + inside + sep);
    known.set(place, is);
    return is;
  };
}
