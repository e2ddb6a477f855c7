/**
 * Faults in how a microversion is requested, and in the response to one that is not served.
 */

import type { NegotiationBehaviour, VersionHeaderRules } from '../compute/negotiation.ts';
import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

/** Accepts leading zeros, and anything after the two numbers. */
const lenient = /^(\d+)\.(\d+)/;

export const negotiationFaults: readonly Fault[] = [
  fault('first-version-entry-decides', 'Of two entries for compute, the first one is used.', { deciding: 'first' }),
  fault('version-header-is-no-list', 'The version header is read as one entry, including commas.', { isList: false }),
  fault('version-header-heeds-case', 'The word compute in the version header must be in lower case.', {
    describeInAnyCase: false,
  }),
  fault('version-of-any-service-is-taken', 'The version for another service is used for compute.', {
    word: 'any',
  }),
  fault('version-without-service-is-taken', 'A version without the word compute is accepted.', {
    word: 'none',
  }),
  fault('no-version-means-the-newest', 'A request without a version is served at the newest one.', {
    unasked: 'maximum',
  }),
  fault('older-version-header-is-ignored', 'The older version header is ignored.', { olderCounts: 'never' }),
  fault(
    'older-version-header-is-ignored-beside-the-newer',
    'The older version header is ignored if the newer one is present.',
    {
      olderCounts: 'alone',
    },
  ),
  fault('older-version-header-wins', 'The older version header takes precedence over the newer one.', {
    olderCounts: 'always',
  }),
  ...inEitherHeader('latest-is-not-understood', 'in', 'The word latest is refused as a version.', { latest: false }),
  ...inEitherHeader('malformed-version-is-accepted', 'in', 'A text that begins with a version is accepted as one.', {
    form: lenient,
  }),
  ...inEitherHeader('version-out-of-range-is-served', 'by', 'A version out of range is served as the nearest one.', {
    servesNearest: true,
  }),
  fault('malformed-version-is-repeated', 'The refusal of a malformed version repeats the version in its headers.', {
    repeatsMalformed: true,
  }),
  fault('refused-version-is-not-repeated', 'A 406 has no version headers.', { repeatsRefused: false }),
  fault('not-acceptable-has-no-fault-body', 'A 406 is a page of the web framework.', { notAcceptable: 'page' }),
];

function fault(name: string, summary: string, change: Partial<NegotiationBehaviour>): Fault {
  return protocol('negotiation', name, summary, change);
}

/** The same fault for the newer header and, separately, for the older one. */
function inEitherHeader(
  name: string,
  by: 'in' | 'by',
  summary: string,
  change: Partial<VersionHeaderRules>,
): readonly Fault[] {
  const older = summary.replace(/\.$/, ' in the older header.');
  return [
    protocol('negotiation', name, summary, ({ newer }) => ({ newer: { ...newer, ...change } })),
    protocol('negotiation', `${name}-${by}-the-older-header`, older, (rules) => ({
      older: { ...rules.older, ...change },
    })),
  ];
}
