/** The version of a sample as its folder says, beside what its caption and its operation say. */
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

/** The folder without a version is that of the first one. */
function checkCaption(
  { caption, version, file, at }: SampleUse,
  first: Microversion | undefined,
  report: Report,
): void {
  const said = parseMicroversion(IN_CAPTION.exec(caption ?? '')?.[1] ?? '');
  const stands = version ?? first;
  if (!said || (stands && compareMicroversions(said, stands) === 0)) return;
  const folder = version ? `v${formatMicroversion(version)}` : 'a folder without a version';
  const message = `the caption ${quoted(caption ?? '')} says ${formatMicroversion(said)}, and ${file} lies in ${folder}`;
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
  const message = `${file} is of ${formatMicroversion(version)}, and the operation exists at ${range} only`;
  report({
    severity: 'warning',
    code: 'sample-outside-operation',
    at,
    message,
    expected: 'a sample of these versions',
  });
}

function isOutside(version: Microversion, first: Microversion | undefined, last: Microversion | undefined): boolean {
  const isBefore = first !== undefined && compareMicroversions(version, first) < 0;
  return isBefore || (last !== undefined && compareMicroversions(version, last) > 0);
}
