/**
 * Which microversion a request asks for, and whether it can have it.
 */

import {
  compareMicroversions,
  formatMicroversion,
  microversion,
  type Microversion,
} from '../../../src/microversion.ts';
import type { SimRequest, SimResponse } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { ComputeBehaviour } from './behaviour.ts';

const newHeader = 'OpenStack-API-Version';
const oldHeader = 'X-OpenStack-Nova-API-Version';
const form = /^([1-9]\d*)\.([1-9]\d*|0)$/;

/** @throws a Refusal: 400 for what is no version, 406 for one that is out of range. */
export function negotiate({ headers }: SimRequest, behaviour: ComputeBehaviour): Microversion {
  const text = askedFor(headers[newHeader.toLowerCase()], headers[oldHeader.toLowerCase()]);
  if (text === undefined) return behaviour.minimum;
  if (text === 'latest') return behaviour.maximum;
  if (!form.test(text)) {
    throw new Refusal(400, `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  }
  const version = microversion(text);
  const { minimum, maximum } = behaviour;
  if (compareMicroversions(version, minimum) >= 0 && compareMicroversions(version, maximum) <= 0) return version;
  const limits = `Minimum is ${formatMicroversion(minimum)} and maximum is ${formatMicroversion(maximum)}.`;
  throw new NotAcceptable(text, `Version ${text} is not supported by the API. ${limits}`);
}

/** A 406, which carries the refused version in its headers. */
export class NotAcceptable extends Refusal {
  readonly version: string;

  constructor(version: string, message: string) {
    super(406, message);
    this.version = version;
  }
}

export function versionHeaders(version: string): SimResponse['headers'] {
  return { [newHeader]: `compute ${version}`, [oldHeader]: version, Vary: [newHeader, oldHeader] };
}

function askedFor(modern: string | undefined, legacy: string | undefined): string | undefined {
  for (const entry of (modern ?? '').split(',').toReversed()) {
    const [service = '', version, ...rest] = entry.trim().split(/\s+/);
    if (version === undefined || service.toLowerCase() !== 'compute') continue;
    return [version, ...rest].join(' ');
  }
  return legacy?.split(',').at(-1)?.trim();
}
