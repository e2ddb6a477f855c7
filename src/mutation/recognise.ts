/** Recognises the documented operation of a request, as the service reads it. */
import type { SentRequest } from '../client/exchange.ts';
import { headerValues } from '../client/exchange.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Target } from '../planning/target.ts';
import { revisionAt } from '../contract/questions.ts';
import { atPointer, parseJson } from '../json.ts';
import { includes, parseMicroversion, type Microversion } from '../microversion.ts';
import type { Recognise } from './tampered.ts';

export function recogniser(contract: Contract, { endpoints, range }: Pick<Target, 'endpoints' | 'range'>): Recognise {
  const base = new URL(endpoints[contract.service] ?? 'http://none').pathname.replace(/\/$/, '');
  const patterns = contract.operations.map((operation) => ({ operation, pattern: patternOf(operation) }));
  return (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${base}/`)) return undefined;
    const wanted = askedFor(request, contract.service, range.first, range.last ?? range.first);
    const refusedVersion = !wanted || !includes(range, wanted);
    const microversion = refusedVersion ? (range.last ?? range.first) : wanted;
    const rest = pathname.slice(base.length);
    const fitting = patterns.flatMap(({ operation, pattern }) => {
      const match = operation.method === request.method ? pattern.exec(rest) : null;
      return match && revisionAt(operation, microversion) ? [{ operation, path: { ...match.groups } }] : [];
    });
    const [found] = fitting.length > 1 ? fitting.filter((one) => !isOther(one.operation, request, one.path)) : fitting;
    return found && { request, operation: found.operation.id, microversion, refusedVersion, path: found.path };
  };
}

function patternOf({ path }: Operation): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`)}$`);
}

/** Update and swap of an attachment share a call: if the body has another volume than the path, it is a swap. */
function isOther({ id }: Operation, { body = '' }: SentRequest, path: Readonly<Record<string, string>>): boolean {
  if (id !== 'compute/update-volume-attachment' && id !== 'compute/swap-volume') return false;
  const wanted = atPointer(parseJson(body) ?? null, '/volumeAttachment/volumeId');
  const isSwap = typeof wanted === 'string' && wanted !== path.volume_id;
  return isSwap !== (id === 'compute/swap-volume');
}

function askedFor(
  { headers }: SentRequest,
  service: string,
  oldest: Microversion,
  newest: Microversion,
): Microversion | undefined {
  const entry = headerValues(headers, 'openstack-api-version')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().split(/\s+/))
    .findLast(([name]) => name?.toLowerCase() === service);
  const text = entry ? entry[1] : headerValues(headers, 'x-openstack-nova-api-version').at(-1);
  if (text === undefined) return oldest;
  return text === 'latest' ? newest : parseMicroversion(text);
}
