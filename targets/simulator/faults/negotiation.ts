/**
 * Deviations in how a microversion is asked for, and in what comes of one that cannot be had.
 */

import type { NegotiationBehaviour, VersionHeaderRules } from '../compute/negotiation.ts';
import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

/** Leading zeros and whatever follows the two numbers do not matter. */
const lenient = /^(\d+)\.(\d+)/;

export const negotiationFaults: readonly Fault[] = [
  fault('first-version-entry-decides', 'Of two entries for compute the first one counts.', { deciding: 'first' }),
  fault('version-header-is-no-list', 'The version header is read as one entry, commas and all.', { isList: false }),
  fault('version-header-heeds-case', 'The word compute in the version header must be in small letters.', {
    wordInAnyCase: false,
  }),
  fault('version-of-any-service-is-taken', 'The version for another service is taken for one of compute.', {
    word: 'any',
  }),
  fault('version-without-service-is-taken', 'A version without the word compute is taken all the same.', {
    word: 'none',
  }),
  fault('no-version-means-the-newest', 'A request that asks for no version gets the newest one.', {
    unasked: 'maximum',
  }),
  fault('older-version-header-is-ignored', 'The older version header is not read any more.', { olderCounts: 'never' }),
  fault('older-version-header-is-ignored-beside-the-newer', 'The newer version header shuts out the older one.', {
    olderCounts: 'alone',
  }),
  fault('older-version-header-wins', 'The older version header counts more than the newer one.', {
    olderCounts: 'always',
  }),
  ...inEitherHeader('latest-is-not-understood', 'in', 'The word latest is no version.', { latest: false }),
  ...inEitherHeader('malformed-version-is-accepted', 'in', 'What begins like a version passes for one.', {
    form: lenient,
  }),
  ...inEitherHeader('version-out-of-range-is-served', 'by', 'The nearest version stands in for one out of range.', {
    servesNearest: true,
  }),
  fault('malformed-version-is-repeated', 'The refusal of a malformed version repeats it in its headers.', {
    repeatsMalformed: true,
  }),
  fault('refused-version-is-not-repeated', 'A 406 has no version headers.', { repeatsRefused: false }),
  fault('not-acceptable-has-no-fault-body', 'A 406 is a page of the web framework.', { notAcceptable: 'page' }),
];

function fault(name: string, summary: string, change: Partial<NegotiationBehaviour>): Fault {
  return protocol('negotiation', name, summary, change);
}

/** The same in the newer header and, as a fault of its own, in the older one. */
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
