/**
 * Negotiates the microversion of a request.
 */

import { compareMicroversions, formatMicroversion, type Microversion } from '../../../src/microversion.ts';
import type { SimRequest, SimResponse } from '../kernel/http.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { ComputeBehaviour } from './behaviour.ts';

export interface NegotiationBehaviour {
  /** Whether commas separate entries for several services. */
  readonly isList: boolean;
  /** Which of several entries for compute is used. */
  readonly deciding: 'first' | 'last';
  /** Whether the case of the word compute is ignored. */
  readonly describeInAnyCase: boolean;
  /** The word that an entry must begin with; `any` accepts every service, `none` also a version alone. */
  readonly word: 'compute' | 'any' | 'none';
  /** When the older header is used: never, without the newer one, if that has no entry for compute, or always. */
  readonly olderCounts: 'never' | 'alone' | 'else' | 'always';
  /** The version of a request without a version header. */
  readonly unasked: 'minimum' | 'maximum';
  readonly newer: VersionHeaderRules;
  readonly older: VersionHeaderRules;
  /** Whether a 400 and a 406 repeat the requested version. */
  readonly repeatsMalformed: boolean;
  readonly repeatsRefused: boolean;
  /** Whether the body of a 406 is an OpenStack error or a page of the web framework. */
  readonly notAcceptable: 'body' | 'page';
}

/** How the version in one of the two headers is parsed. */
export interface VersionHeaderRules {
  readonly latest: boolean;
  /** Its groups are the two numbers. */
  readonly form: RegExp;
  /** Whether a version out of range is served as the nearest one. */
  readonly servesNearest: boolean;
}

const strict: VersionHeaderRules = { latest: true, form: /^([1-9]\d*)\.([1-9]\d*|0)$/, servesNearest: false };

export const negotiationBehaviour: NegotiationBehaviour = {
  isList: true,
  deciding: 'last',
  describeInAnyCase: true,
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

/** @throws VersionRefusal with 400 for a malformed version, 406 for one out of range. */
export function negotiate({ headers }: SimRequest, { minimum, maximum, protocol }: ComputeBehaviour): Microversion {
  const { negotiation } = protocol;
  const requested = requestedVersion(headers, negotiation);
  if (!requested) return negotiation.unasked === 'minimum' ? minimum : maximum;
  const { text, rules } = requested;
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

/** The refusal of a requested version. */
export class VersionRefusal extends Refusal {
  /** The version that the response headers repeat, if any. */
  readonly version: string | undefined;

  constructor(status: 400 | 406, message: string, version: string | undefined) {
    super(status, message);
    this.version = version;
  }
}

export function versionHeaders(version: string): SimResponse['headers'] {
  return { [newHeader]: `compute ${version}`, [oldHeader]: version, Vary: [newHeader, oldHeader] };
}

interface RequestedVersion {
  readonly text: string;
  /** The rules of the header that contains it. */
  readonly rules: VersionHeaderRules;
}

function requestedVersion(headers: SimRequest['headers'], rules: NegotiationBehaviour): RequestedVersion | undefined {
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

/** The version of an entry for compute. */
function entryVersion(
  entry: string,
  { word, describeInAnyCase: wordInAnyCase }: NegotiationBehaviour,
): string | undefined {
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
