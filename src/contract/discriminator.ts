/**
 * Distinguishes operations that share method and path, by what a request contains.
 *
 * As text, in `service.yaml` and in contract files: `body /pause`, `body /server/min_count or body /server/max_count`,
 * `body /volumeAttachment/volumeId differs from path volume_id`, `path ip is an IP address`.
 */
import { atPointer, type Json, type NonEmpty } from '../json.ts';

/** A value of a request: a JSON pointer into its body, or the name of a path parameter. */
export type RequestPlace =
  { readonly in: 'body'; readonly pointer: string } | { readonly in: 'path'; readonly name: string };

export interface Condition {
  readonly place: RequestPlace;
  readonly test:
    | { readonly is: 'present' }
    | { readonly is: 'ip-address' }
    /** Both are texts, and not the same. */
    | { readonly is: 'different'; readonly from: RequestPlace };
}

/** One of the conditions is met. */
export type Discriminator = NonEmpty<Condition>;

/** The parts of a request that a discriminator reads. */
export interface DiscriminatedRequest {
  /** Undefined if there is none, or if it is not JSON. */
  readonly body: Json | undefined;
  readonly path: Readonly<Record<string, string>>;
}

export const discriminatorForms =
  'conditions joined by "or": body /POINTER, PLACE differs from PLACE, PLACE is an IP address; a place is body /POINTER or path NAME';

/** Undefined for a text of another form. */
export function parseDiscriminator(text: string): Discriminator | undefined {
  const conditions = text.split(/\s+or\s+/).map(parseCondition);
  const [first, ...rest] = conditions.filter((condition) => condition !== undefined);
  return first && rest.length + 1 === conditions.length ? [first, ...rest] : undefined;
}

export function formatDiscriminator(conditions: Discriminator): string {
  return conditions.map(formatCondition).join(' or ');
}

export function meetsDiscriminator(conditions: Discriminator, request: DiscriminatedRequest): boolean {
  return conditions.some(({ place, test }) => {
    const value = valueAt(place, request);
    switch (test.is) {
      case 'present':
        return value !== undefined;
      case 'ip-address':
        return typeof value === 'string' && isIpAddress(value);
      case 'different':
        return typeof value === 'string' && value !== valueAt(test.from, request);
    }
  });
}

/** The member of the body's root that alone decides: `pause`. */
export function decisiveMember(conditions: Discriminator | undefined): string | undefined {
  if (conditions?.length !== 1) return undefined;
  const [{ place, test }] = conditions;
  const root = place.in === 'body' && test.is === 'present' ? /^\/([^/]+)$/.exec(place.pointer)?.[1] : undefined;
  return root?.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The condition that the body's root has a member. */
export function hasMember(name: string): Discriminator {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return [{ place: { in: 'body', pointer }, test: { is: 'present' } }];
}

function parseCondition(text: string): Condition | undefined {
  const match = /^(?<place>\S+ \S+)(?: differs from (?<other>\S+ \S+)|(?<ip> is an IP address))?$/.exec(text.trim());
  const place = parsePlace(match?.groups?.place);
  if (!match?.groups || !place) return undefined;
  if (match.groups.ip !== undefined) return { place, test: { is: 'ip-address' } };
  if (match.groups.other === undefined) return place.in === 'body' ? { place, test: { is: 'present' } } : undefined;
  const from = parsePlace(match.groups.other);
  return from && { place, test: { is: 'different', from } };
}

function parsePlace(text = ''): RequestPlace | undefined {
  const [where, name = ''] = text.split(' ');
  if (where === 'body') return name.startsWith('/') ? { in: 'body', pointer: name } : undefined;
  return where === 'path' && /^\w+$/.test(name) ? { in: 'path', name } : undefined;
}

function formatCondition({ place, test }: Condition): string {
  switch (test.is) {
    case 'present':
      return formatPlace(place);
    case 'ip-address':
      return `${formatPlace(place)} is an IP address`;
    case 'different':
      return `${formatPlace(place)} differs from ${formatPlace(test.from)}`;
  }
}

function formatPlace(place: RequestPlace): string {
  return place.in === 'body' ? `body ${place.pointer}` : `path ${place.name}`;
}

function valueAt(place: RequestPlace, { body, path }: DiscriminatedRequest): Json | undefined {
  return place.in === 'body' ? atPointer(body, place.pointer) : path[place.name];
}

/** Four numbers up to 255, or hexadecimal digits and colons; the service judges the rest. */
function isIpAddress(text: string): boolean {
  const numbers = text.split('.');
  if (numbers.length === 4) return numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) <= 255);
  return text.split(':').length > 2 && /^[\da-f:]+$/i.test(text);
}
