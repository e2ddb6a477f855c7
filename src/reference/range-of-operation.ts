/**
 * The microversions of an operation, which references state in several places: options of `rest_method`, a bare
 * `versionadded` below it, its title, or a title above.
 */
import { previousMicroversion, parseMicroversion, type Microversion } from '../microversion.ts';
import { rangeInTitle } from './heading-context.ts';
import type { Note } from './model.ts';
import type { OperationSection } from './operation-sections.ts';
import type { MethodLine } from './read-method.ts';

/** Either end may be missing. */
export interface StatedRange {
  readonly minVersion?: Microversion;
  readonly maxVersion?: Microversion;
}

/** The nearest statement counts, for each end. */
export function rangeOfOperation(
  call: MethodLine,
  { title, above }: OperationSection,
  notes: readonly Note[],
): StatedRange {
  const titled = [title, ...above.toReversed()].map(rangeInTitle).find((range) => range !== undefined);
  const removed = versionNoted('versionremoved', notes);
  const minVersion = call.minVersion ?? versionNoted('versionadded', notes) ?? titled?.first;
  const maxVersion = call.maxVersion ?? (removed && previousMicroversion(removed)) ?? titled?.last;
  return { ...(minVersion && { minVersion }), ...(maxVersion && { maxVersion }) };
}

/** With words behind the version, only what is said of the API itself is about the operation. */
const ABOUT_OPERATION = /^v?(\d+\.\d+)(?:\s+.*\bAPIs? (?:was|were|is|are) (?:added|introduced|removed)\b.*)?$/i;

function versionNoted(kind: string, notes: readonly Note[]): Microversion | undefined {
  const own = notes.filter((note) => note.kind === kind && note.side === undefined);
  const versions = own.map(({ text }) => ABOUT_OPERATION.exec(text)?.[1]);
  return parseMicroversion(versions.find((version) => version !== undefined) ?? '');
}
