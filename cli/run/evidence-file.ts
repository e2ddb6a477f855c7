/** Reads the evidence of a case from a run folder, which may be one that somebody else made. */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Evidence } from '../../src/conformance/reevaluate.ts';
import { parseJson } from '../../src/json.ts';
import { isEvidence } from '../../src/report/evidence-guard.ts';
import { printable } from '../../src/report/printable.ts';
import { UsageError } from '../errors.ts';

const inside = 'evidence';

/** `file`: as the journal names it. @throws UsageError in one sentence when there is no evidence to be read */
export function readEvidence(folder: string, file: string): Evidence {
  return evidenceIn(folder)(file);
}

/** The same for many files of one folder. */
export function evidenceIn(folder: string): (file: string) => Evidence {
  const isInside = insideOf(folder);
  return (file) => {
    const name = printable(file);
    refuseOutside(file);
    const content = contentOf(folder, file, isInside);
    if (content === undefined) {
      throw new UsageError(`${name} is missing in ${folder} or is no plain file; take over the whole folder.`);
    }
    const value: unknown = parseJson(content);
    if (isEvidence(value)) return value;
    throw new UsageError(`${name} in ${folder} is damaged: it does not hold exchanges and what the check was given.`);
  };
}

/** A journal may name any place, and so may the name of its run. @throws UsageError */
export function refuseOutside(file: string): void {
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
function contentOf(folder: string, file: string, isInside: (place: string) => boolean): string | undefined {
  try {
    const place = join(folder, file);
    if (!lstatSync(place).isFile()) return undefined;
    return isInside(dirname(place)) ? readFileSync(place, 'utf8') : undefined;
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
