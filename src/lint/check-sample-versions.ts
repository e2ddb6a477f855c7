/** Compares the version of a sample's folder with its caption and its operation. */
import { quoted, type Report } from '../diagnostic.ts';
import { compareMicroversions, formatMicroversion, parseMicroversion, type Microversion } from '../microversion.ts';
import type { ReferenceOperation, SampleUse } from '../reference/model.ts';
import type { Linted } from './linted.ts';

const IN_CAPTION = /\(\s*(?:v|microversions?\s+)?(\d+\.\d+)\s*\)/i;

export function checkSampleVersions({ reference, contract }: Linted, report: Report): void {
  for (const operation of reference.operations) {
    for (const sample of operation.samples) {
      checkCaption(sample, contract.microversions?.range.first, report);
      checkOperation(sample, operation, report);
    }
  }
}

/** A folder without a version belongs to the first microversion. */
function checkCaption(
  { caption, version, file, at }: SampleUse,
  first: Microversion | undefined,
  report: Report,
): void {
  const said = parseMicroversion(IN_CAPTION.exec(caption ?? '')?.[1] ?? '');
  const actual = version ?? first;
  if (!said || (actual && compareMicroversions(said, actual) === 0)) return;
  const folder = version ? `v${formatMicroversion(version)}` : 'a folder without a version';
  const message = `the caption ${quoted(caption ?? '')} says ${formatMicroversion(said)}, but ${file} is in ${folder}`;
  const expected = 'the same version in caption and path';
  report({ severity: 'warning', code: 'sample-caption-version', at, message, expected });
}

function checkOperation(
  { version, file, at }: SampleUse,
  { minVersion, maxVersion }: ReferenceOperation,
  report: Report,
): void {
  if (!version || !isOutside(version, minVersion, maxVersion)) return;
  const range = `${minVersion ? formatMicroversion(minVersion) : ''}-${maxVersion ? formatMicroversion(maxVersion) : ''}`;
  const message = `${file} is for ${formatMicroversion(version)}, but the operation exists at ${range} only`;
  report({
    severity: 'warning',
    code: 'sample-outside-operation',
    at,
    message,
    expected: 'a sample for one of these versions',
  });
}

function isOutside(version: Microversion, first: Microversion | undefined, last: Microversion | undefined): boolean {
  const isBefore = first !== undefined && compareMicroversions(version, first) < 0;
  return isBefore || (last !== undefined && compareMicroversions(version, last) > 0);
}
