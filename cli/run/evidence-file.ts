/** Reads the evidence of a case from a run folder, which may come from another party. */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import type { Transcript } from '../../src/execution/transcript.ts';
import { parseJson } from '../../src/json.ts';
import { parserOf } from '../../src/records/parser.ts';
import { formatPlace, parsePlace, type EvidencePlace } from '../../src/report/evidence-line.ts';
import type { LineReference } from '../../src/records/evidence.ts';
import { printable } from '../../src/report/printable.ts';
import { UsageError } from '../errors.ts';
import { lineFiles } from './line-files.ts';

const evidenceFolder = 'evidence';

const parseCaseEvidenceLine = parserOf('caseEvidenceLine');
const parseExchangeLine = parserOf('exchangeLine');
const parseSharedLine = parserOf('sharedLine');

/** `place`: the position from the journal. @throws UsageError when there is no readable evidence of the case */
export type ReadEvidence = (caseId: string, place: string) => Evidence;

/** Reads each file on demand, and caches what was read up to a limit. */
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
        `${printable(place.file)} is missing in ${folder} or is not a plain file. Copy the whole folder.`,
      );
    }
    if (text === 'no line') return refuse(place, 'is missing: the file has fewer lines. Copy the whole folder.');
    return parseJson(text.line);
  };
  const referred = <T extends Exchange | Transcript>(
    from: EvidencePlace,
    reference: LineReference,
    read: (value: unknown) => T | undefined,
  ): T => {
    const place = typeof reference === 'number' ? { ...from, line: reference } : parsePlace(reference);
    if (!place) return refuse(from, 'is damaged: it refers to an invalid line.');
    const key = formatPlace(place);
    const found = known.get(key) ?? read(valueAt(place));
    if (!found) return refuse(place, 'is damaged: it is not the kind of line that a case refers to.');
    if (known.size >= cacheSize) known.clear();
    known.set(key, found);
    return found as T;
  };
  return (caseId, text) => {
    const place = placeOf(folder, text);
    const parsed = parseCaseEvidenceLine(valueAt(place));
    if (parsed.is === 'invalid') {
      const { pointer, expected } = parsed;
      return refuse(
        place,
        `is damaged: it does not contain the exchanges and the inputs of the check; expected at "${printable(pointer)}": ${expected}.`,
      );
    }
    const { value } = parsed;
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

/** Maximum number of parsed lines in the cache; most reporters read all of them in order. */
const cacheSize = 40_000;

/** @throws UsageError */
function placeOf(folder: string, text: string): EvidencePlace {
  const place = parsePlace(text);
  if (place) return place;
  refuseOutside(text);
  throw new UsageError(
    `${printable(text)} in ${folder} is not a line of an evidence file: an earlier version wrote this folder, with one file per case. Run again, or read it with that version.`,
  );
}

/** @throws UsageError when the folder has the format of an earlier version */
export function refuseEarlierForm(folder: string, places: Iterable<string | undefined>): void {
  for (const place of places) if (place !== undefined) placeOf(folder, place);
}

function exchangeOf(value: unknown): Exchange | undefined {
  const parsed = parseExchangeLine(value);
  if (parsed.is === 'invalid') return undefined;
  const { line, ...exchange } = parsed.value;
  return line === 'exchange' ? exchange : undefined;
}

function transcriptOf(value: unknown): Transcript | undefined {
  const parsed = parseSharedLine(value);
  return parsed.is === 'valid' ? parsed.value.transcript : undefined;
}

/** A journal may name any path. @throws UsageError */
function refuseOutside(file: string): void {
  if (isPathInside(file)) return;
  throw new UsageError(`${printable(file)} is outside of evidence/, which contains all evidence of a run.`);
}

/** Rejects parts that lead out of the folder on any system. */
function isPathInside(file: string): boolean {
  const [first, ...rest] = file.split('/');
  return (
    first === evidenceFolder &&
    rest.length > 0 &&
    !file.includes('\0') &&
    rest.every((part) => !['', '.', '..'].includes(part) && !part.includes('\\'))
  );
}

/** Undefined unless there is a plain file at that path; a link may lead out of the folder and is not followed. */
function contentOf(folder: string, file: string, isInside: (path: string) => boolean): Buffer | undefined {
  try {
    const path = join(folder, file);
    if (!lstatSync(path).isFile()) return undefined;
    return isInside(dirname(path)) ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a check that a folder, with links resolved, is inside the evidence folder; the result is cached. */
function insideOf(folder: string): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const is = `${realpathSync(path)}${sep}`.startsWith(realpathSync(folder) + sep + evidenceFolder + sep);
    known.set(path, is);
    return is;
  };
}
