/**
 * Which microversion a request asks for, and whether it can have it.
 */

import { compareMicroversions, formatMicroversion, type Microversion } from '../../../src/microversion.ts';
import type { SimRequest, SimResponse } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { ComputeBehaviour } from './behaviour.ts';

export interface NegotiationBehaviour {
  /** Whether commas separate entries for several services. */
  readonly isList: boolean;
  /** Which of several entries for compute counts. */
  readonly deciding: 'first' | 'last';
  /** Whether the word compute may be in capitals. */
  readonly wordInAnyCase: boolean;
  /** The word that an entry has to begin with; `any` takes every service's, `none` also a version alone. */
  readonly word: 'compute' | 'any' | 'none';
  /** When the older header counts: never, without the newer one, where that says nothing about compute, or always. */
  readonly olderCounts: 'never' | 'alone' | 'else' | 'always';
  /** What a request gets that asks for nothing. */
  readonly unasked: 'minimum' | 'maximum';
  readonly newer: VersionHeaderRules;
  readonly older: VersionHeaderRules;
  /** Whether a 400 and a 406 name the version that was asked for. */
  readonly repeatsMalformed: boolean;
  readonly repeatsRefused: boolean;
  /** Whether a 406 has a fault body or a page of the web framework. */
  readonly notAcceptable: 'body' | 'page';
}

/** How the version in one of the two headers is read. */
export interface VersionHeaderRules {
  readonly latest: boolean;
  /** With the two numbers as groups. */
  readonly form: RegExp;
  /** Whether the nearest version is served in place of one that is out of range. */
  readonly servesNearest: boolean;
}

const strict: VersionHeaderRules = { latest: true, form: /^([1-9]\d*)\.([1-9]\d*|0)$/, servesNearest: false };

export const negotiationBehaviour: NegotiationBehaviour = {
  isList: true,
  deciding: 'last',
  wordInAnyCase: true,
  word: 'compute',
  olderCounts: 'else',
  unasked: 'minimum',
  newer: strict,
  older: strict,
  repeatsMalformed: false,
  repeatsRefused: true,
  notAcceptable: 'body',
};

const newHeader = 'OpenStack-API-Version';
const oldHeader = 'X-OpenStack-Nova-API-Version';

/** @throws a VersionRefusal: 400 for what is no version, 406 for one that is out of range. */
export function negotiate({ headers }: SimRequest, { minimum, maximum, protocol }: ComputeBehaviour): Microversion {
  const { negotiation } = protocol;
  const asked = askedFor(headers, negotiation);
  if (!asked) return negotiation.unasked === 'minimum' ? minimum : maximum;
  const { text, rules } = asked;
  if (text === 'latest' && rules.latest) return maximum;
  const version = read(text, rules.form);
  if (!version) {
    const message = `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`;
    throw new VersionRefusal(400, message, negotiation.repeatsMalformed ? text : undefined);
  }
  const nearest = clamped(version, minimum, maximum);
  if (nearest === version || rules.servesNearest) return nearest;
  const limits = `Minimum is ${formatMicroversion(minimum)} and maximum is ${formatMicroversion(maximum)}.`;
  const message = `Version ${text} is not supported by the API. ${limits}`;
  throw new VersionRefusal(406, message, negotiation.repeatsRefused ? text : undefined);
}

/** A version that cannot be had. */
export class VersionRefusal extends Refusal {
  /** As the answer's headers repeat it; undefined where they do not. */
  readonly version: string | undefined;

  constructor(status: 400 | 406, message: string, version: string | undefined) {
    super(status, message);
    this.version = version;
  }
}

export function versionHeaders(version: string): SimResponse['headers'] {
  return { [newHeader]: `compute ${version}`, [oldHeader]: version, Vary: [newHeader, oldHeader] };
}

interface Asked {
  readonly text: string;
  /** Those of the header that it stands in. */
  readonly rules: VersionHeaderRules;
}

function askedFor(headers: SimRequest['headers'], rules: NegotiationBehaviour): Asked | undefined {
  const header = headers[newHeader.toLowerCase()];
  const newer = header === undefined ? undefined : entryFor(header, rules);
  const older = headers[oldHeader.toLowerCase()]?.split(',').at(-1)?.trim();
  const byNewer = newer === undefined ? undefined : { text: newer, rules: rules.newer };
  const byOlder = older === undefined ? undefined : { text: older, rules: rules.older };
  switch (rules.olderCounts) {
    case 'never':
      return byNewer;
    case 'alone':
      return header === undefined ? byOlder : byNewer;
    case 'else':
      return byNewer ?? byOlder;
    case 'always':
      return byOlder ?? byNewer;
  }
}

function entryFor(header: string, rules: NegotiationBehaviour): string | undefined {
  const entries = (rules.isList ? header.split(',') : [header]).flatMap((entry) => entryVersion(entry, rules) ?? []);
  return rules.deciding === 'last' ? entries.at(-1) : entries[0];
}

/** The version of an entry that is meant for compute. */
function entryVersion(entry: string, { word, wordInAnyCase }: NegotiationBehaviour): string | undefined {
  const [service = '', ...version] = entry.trim().split(/\s+/);
  if (version.length === 0) return word === 'none' && /^\d/.test(service) ? service : undefined;
  const named = (wordInAnyCase ? service.toLowerCase() : service) === 'compute';
  return named || word === 'any' ? version.join(' ') : undefined;
}

function read(text: string, form: RegExp): Microversion | undefined {
  const match = form.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

function clamped(version: Microversion, minimum: Microversion, maximum: Microversion): Microversion {
  if (compareMicroversions(version, minimum) < 0) return minimum;
  return compareMicroversions(version, maximum) > 0 ? maximum : version;
}
