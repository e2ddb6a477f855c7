/**
 * An endpoint as data: what it is called by, what it accepts, its checks in order, its effect and its response.
 *
 * A service runs all its endpoints by one handler. Faults change the data; see ../mutations.ts.
 */

import type { HTTPMethod } from 'find-my-way';
import { includes, type Microversion, type MicroversionRange, range } from '../../../src/microversion.ts';
import type { Check } from './checks.ts';
import type { Field } from './fields.ts';
import type { JsonObject } from './http.ts';
import type { Property, Shape } from './shape.ts';

/** What the checks and the effect of an endpoint work with. */
export interface Subject<Call, Found> {
  readonly call: Call;
  /** The rules in force. */
  readonly rules: EndpointRules;
  /** The last value of each name. */
  readonly query: Readonly<Record<string, string>>;
  /** The content of the body's envelope; empty if it has none. */
  readonly wanted: JsonObject;
  /** What the lookups found, before any check. */
  readonly found: Found;
}

/** How an endpoint finds a resource that a request names. `Row` is what the table has. */
export interface Lookup<Call, Item, Row = Item> {
  /** The words for it in the summary of a fault. */
  readonly noun: string;
  readonly id: (call: Call, wanted: JsonObject) => string;
  readonly matches: (item: Item, id: string) => boolean;
  readonly rows: (call: Call) => Iterable<Row>;
  /** Removed ones, the last one first. */
  readonly removed: (call: Call) => Iterable<Row>;
  readonly sees: (call: Call, item: Item) => boolean;
}

/** Which resources a list has, and which of them a response shows. */
export interface Listing<Call, Item, Row = Item> {
  readonly noun: string;
  readonly rows: (call: Call) => Iterable<Row>;
  readonly removed: (call: Call) => Iterable<Row>;
  readonly includes: (subject: Subject<Call, unknown>, item: Item) => boolean;
  readonly page: (subject: Subject<Call, unknown>, items: readonly Item[]) => readonly Row[];
}

export interface QueryRules {
  readonly properties: Readonly<Record<string, Property>>;
  /** The microversions at which the query string is read at all. */
  readonly read: MicroversionRange;
  /** The microversions at which an unknown name is refused. */
  readonly strict: MicroversionRange;
}

export interface BodyRules {
  /** The member that contains all others. */
  readonly envelope: string;
  readonly shape: Shape;
}

export interface PolicyUse<Subject> {
  /** Its name without the service's prefix. */
  readonly rule: string;
  /** The project whose resource it is; the caller's own when missing or undefined. */
  readonly project?: (subject: Subject) => string | undefined;
}

export interface Success {
  /** Every microversion when missing. */
  readonly range?: MicroversionRange;
  readonly status: number;
  /** Without an item a response has a type and a length (`none`), or the web framework's default type (`bare`). */
  readonly content: 'item' | 'none' | 'bare';
}

/** What a field is a field of. */
export interface Shown<Call, Item> {
  readonly call: Call;
  readonly item: Item;
}

/** What the rules of every endpoint have, whatever they work with. */
interface CommonRules {
  /** The microversions at which the operation exists; all when missing. */
  readonly range?: MicroversionRange;
  readonly query: QueryRules;
  readonly body?: BodyRules;
  /** The names of its checks in order: those of `refusals`, which include the ones that all endpoints have. */
  readonly checks: readonly string[];
  /** The states of the resource in which the operation is permitted and in which it is refused. */
  readonly states?: { readonly permitted: readonly string[]; readonly refused: readonly string[] };
  /** Steps of the work that follows the response. */
  readonly delays?: Readonly<Record<string, number>>;
  /** The first whose range fits. */
  readonly success: readonly Success[];
}

/** The rules of any endpoint, which releases and faults may change. */
export interface EndpointRules extends CommonRules {
  readonly policy: PolicyUse<Subject<never, never>>;
  readonly lookups: Readonly<Record<string, Lookup<never, never, unknown>>>;
  readonly listing?: Listing<never, never, unknown>;
  readonly refusals: Readonly<Record<string, Check<Subject<never, never>>>>;
  readonly result?: (subject: Subject<never, never>) => unknown;
  readonly effect?: (subject: Subject<never, never>, item: never) => void;
  readonly response?: { readonly envelope: string; readonly fields: readonly Field<Shown<never, never>>[] };
}

/** The same as they are written, where `Found` and `Item` follow from the lookups and the result. */
export interface Declaration<Call, Found extends object, Item> extends CommonRules {
  readonly method: HTTPMethod;
  /** In the router's notation, such as `/servers/:server_id`. */
  readonly path: string;
  readonly policy: PolicyUse<Subject<Call, Found>>;
  readonly lookups?: { readonly [Name in keyof Found]: Lookup<Call, NonNullable<Found[Name]>> };
  readonly refusals?: Readonly<Record<string, Check<Subject<Call, Found>>>>;
  /** For an endpoint with one item. Without an item it fails with 500: a check should have refused the request. */
  readonly result?: (subject: Subject<Call, Found>) => Item | undefined;
  /** For an endpoint with a list of items. */
  readonly listing?: Listing<Call, Item>;
  /** Changes the state of the cloud. */
  readonly effect?: (subject: Subject<Call, Found>, item: Item) => void;
  readonly response?: { readonly envelope: string; readonly fields: readonly Field<Shown<Call, Item>>[] };
  /** Why no client can observe a generated fault, by the fault's id without the operation. */
  readonly unobservable?: Readonly<Record<string, string>>;
}

export interface Endpoint {
  /** As in `compute/create-server-group`. */
  readonly operation: string;
  readonly method: HTTPMethod;
  readonly path: string;
  readonly rules: EndpointRules;
  readonly unobservable: Readonly<Record<string, string>>;
}

/** `operation` is the contract's name for it. */
export function endpoint<Call, Found extends object, Item>(
  operation: string,
  declaration: Declaration<Call, Found, Item>,
): Endpoint {
  const { method, path, lookups, refusals = {}, unobservable = {}, ...rules } = declaration;
  return { operation, method, path, rules: { ...rules, lookups: { ...lookups }, refusals }, unobservable };
}

/** Every microversion of every release. */
const always = range('0.0-');
/** A range beyond all releases. */
export const never = range('99.0-');

/** A query with these parameters; unknown ones are refused at the microversions of `strict`, by default never. */
export function query(properties: QueryRules['properties'], strict?: string): QueryRules {
  return { properties, read: always, strict: strict === undefined ? never : range(strict) };
}

/** The query string is not even read. */
export const unreadQuery: QueryRules = { properties: {}, read: never, strict: never };

/** A body with one member that contains all others. */
export function enveloped(
  envelope: string,
  properties: Readonly<Record<string, Property>>,
  required: readonly string[],
): BodyRules {
  const content: Shape = { types: ['object'], properties, required, closed: true };
  const shape: Shape = { types: ['object'], properties: { [envelope]: content }, required: [envelope], closed: true };
  return { envelope, shape };
}

/** A property of these microversions only. */
export function at(versions: string, property: Shape): Property {
  return { ...property, range: range(versions) };
}

/** The success that is in force at a microversion. */
export function successAt({ success }: Pick<EndpointRules, 'success'>, version: Microversion): Success {
  const found = success.find((one) => !one.range || includes(one.range, version));
  if (!found) throw new Error('The endpoint has no success status for this microversion.');
  return found;
}
