/**
 * An endpoint as data: what it is called by, what it accepts, its checks in order, its effect and its response.
 *
 * A service runs all its endpoints by one handler. Faults change the data; see ../mutations.ts.
 */

import type { HTTPMethod } from 'find-my-way';
import { includes, type Microversion, type MicroversionRange, range } from '../../../src/microversion.ts';
import type { Check } from './checks.ts';
import type { Field } from './fields.ts';
import type { Json, JsonObject } from './http.ts';
import type { Refusal } from './refusal.ts';
import type { Property, Shape } from './shape.ts';

/** What the checks and the effect of an endpoint work with. */
export interface Subject<Call, Found> {
  readonly call: Call;
  /** The rules in force. */
  readonly rules: EndpointRules;
  /** The last value of each name. */
  readonly query: Readonly<Record<string, string>>;
  /** The content of the body's envelope, as the microversion has it; empty if that is not an object. */
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
  /** Removed ones, the last one first; missing if such are not kept. */
  readonly removed?: ((call: Call) => Iterable<Row>) | undefined;
  /** Every caller sees every one when missing. */
  readonly sees?: (call: Call, item: Item) => boolean;
  /** By the name of another lookup, the id of what it belongs to: it is removed with that. */
  readonly within?: Readonly<Record<string, (item: Item) => string>>;
}

/** Which resources a list has, and which of them a response shows. */
export interface Listing<Call, Item, Row = Item> {
  readonly noun: string;
  readonly rows: (call: Call) => Iterable<Row>;
  /** As in a lookup. */
  readonly removed?: ((call: Call) => Iterable<Row>) | undefined;
  /** All of them when missing. */
  readonly includes?: (subject: Subject<Call, unknown>, item: Item) => boolean;
  /** All of them when missing. */
  readonly page?: (subject: Subject<Call, unknown>, items: readonly Item[]) => readonly Row[];
  /** As in a lookup. */
  readonly within?: Readonly<Record<string, (item: Item) => string>>;
}

export interface QueryRules {
  readonly properties: Readonly<Record<string, Property>>;
  /** The microversions at which the query string is read at all. */
  readonly read: MicroversionRange;
  /** The microversions at which an unknown name is refused. */
  readonly strict: MicroversionRange;
}

export interface BodyRules {
  /** The member that contains all others; the body itself does when missing. */
  readonly envelope?: string;
  readonly shape: Shape;
}

export interface PolicyUse<Subject> {
  /** Its name without the service's prefix. */
  readonly rule: string;
  /** The project whose resource it is; the caller's own when missing or undefined. */
  readonly project?: (subject: Subject) => string | undefined;
  /** The user whose resource it is; nobody when missing. */
  readonly user?: (subject: Subject) => string | undefined;
}

export interface Success {
  /** Every microversion when missing. */
  readonly range?: MicroversionRange;
  /** Which items it is for; all when missing. */
  readonly when?: (item: never) => boolean;
  readonly status: number;
  /**
   * Without an item a response has a type and a length (`none`), the web framework's default type (`bare`), or no
   * header that describes a body (`empty`).
   */
  readonly content: 'item' | 'none' | 'bare' | 'empty';
}

/** What a field is a field of. */
export interface Shown<Call, Item> {
  readonly call: Call;
  readonly item: Item;
}

export interface ResponseRules<Call, Item> {
  /** The member that contains the fields; the body itself has them when missing. */
  readonly envelope?: string;
  readonly fields: readonly Field<Shown<Call, Item>>[];
  /** Of a list: further members of the body. */
  readonly beside?: readonly Field<Shown<Call, readonly Item[]>>[];
  readonly headers?: readonly Field<Shown<Call, Item>>[];
  /** Further members next to the fields, whose names are not known before. */
  readonly others?: (shown: Shown<Call, Item>) => JsonObject;
}

/** What the rules of every endpoint have, whatever they work with. */
interface CommonRules {
  /** The microversions at which the operation exists; all when missing. */
  readonly range?: MicroversionRange;
  readonly query: QueryRules;
  readonly body?: BodyRules;
  /** The names of its checks in order: those of `refusals`, which include the ones that all endpoints have. */
  readonly checks: readonly string[];
  /** The names of the checks by which what follows the response may still fail. */
  readonly later?: readonly string[];
  /** Behaviour, other than members, fields and statuses, that begins or ends with a microversion. */
  readonly gates?: Readonly<Record<string, MicroversionRange>>;
  /** Steps of the work that follows the response. */
  readonly delays?: Readonly<Record<string, number>>;
  /** The first whose range fits. */
  readonly success: readonly Success[];
}

/** The states of a resource in which the operation is permitted, and in which it is refused. */
export interface States<Call> {
  readonly of: (call: Call) => string | undefined;
  readonly permitted: readonly string[];
  readonly refused: readonly string[];
  /** Whether the owner has locked the resource against this caller; missing if no owner can. */
  readonly locked?: (call: Call) => boolean;
}

/** The rules of any endpoint, which releases and faults may change. */
export interface EndpointRules extends CommonRules {
  readonly policy: PolicyUse<Subject<never, never>>;
  readonly states?: States<never>;
  readonly lookups: Readonly<Record<string, Lookup<never, never, unknown>>>;
  readonly listing?: Listing<never, never, unknown>;
  readonly refusals: Readonly<Record<string, Check<Subject<never, never>>>>;
  readonly result?: (subject: Subject<never, never>) => unknown;
  readonly effect?: (subject: Subject<never, never>, item: never) => void;
  readonly response?: ResponseRules<never, never>;
}

/** The same as they are written, where `Found` and `Item` follow from the lookups and the result. */
export interface Declaration<Call, Found extends object, Item> extends CommonRules {
  readonly method: HTTPMethod;
  /** In the router's notation, such as `/servers/:server_id`. */
  readonly path: string;
  readonly policy: PolicyUse<Subject<Call, NoInfer<Found>>>;
  readonly states?: States<Call>;
  readonly lookups?: { readonly [Name in keyof Found]: Lookup<Call, NonNullable<Found[Name]>> };
  readonly refusals?: Readonly<Record<string, Check<Subject<Call, NoInfer<Found>>>>>;
  /** For an endpoint with one item. It fails with 500 if there is none that the response or the effect needs. */
  readonly result?: (subject: Subject<Call, NoInfer<Found>>) => Item | undefined | Promise<Item | undefined>;
  /** For an endpoint with a list of items. */
  readonly listing?: Listing<Call, Item>;
  /** Changes the state of the cloud. */
  readonly effect?: (subject: Subject<Call, NoInfer<Found>>, item: Item) => void;
  readonly response?: ResponseRules<Call, Item>;
  readonly choice?: Choice<Call>;
  /** Why no client can observe a generated fault, by the fault's id without the operation. */
  readonly unobservable?: Readonly<Record<string, string>>;
}

/**
 * Which of the endpoints that share a call is meant. The last one may have no choice and is meant otherwise; if it has
 * one, other requests are for no operation.
 */
export interface Choice<Call> {
  /** By the text of the request alone, for its name. */
  readonly named: SharedChoice;
  readonly meant: (call: Call) => boolean;
}

/** Undefined for a body that does not show it, as one that is not JSON; the last endpoint is meant then. */
type SharedChoice = (body: Json | undefined, params: Readonly<Record<string, string>>) => boolean | undefined;

export interface Endpoint {
  /** As in `compute/create-server-group`. */
  readonly operation: string;
  readonly method: HTTPMethod;
  readonly path: string;
  readonly choice: Choice<never> | undefined;
  readonly rules: EndpointRules;
  readonly unobservable: Readonly<Record<string, string>>;
}

/** `operation` is the contract's name for it. */
export function endpoint<Call, Found extends object, Item>(
  operation: string,
  declaration: Declaration<Call, Found, Item>,
): Endpoint {
  const { method, path, lookups, refusals = {}, choice, unobservable = {}, ...rules } = declaration;
  return { operation, method, path, choice, rules: { ...rules, lookups: { ...lookups }, refusals }, unobservable };
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
  return single(envelope, { types: ['object'], properties, required, closed: true });
}

/** The shape of what the envelope contains. */
export function contentShape({ envelope, shape }: BodyRules): Shape | undefined {
  return envelope === undefined ? shape : shape.properties?.[envelope];
}

/** The only member of a body, whatever its content. */
export function single(envelope: string, content: Shape): BodyRules {
  const shape: Shape = { types: ['object'], properties: { [envelope]: content }, required: [envelope], closed: true };
  return { envelope, shape };
}

/** The only member of a body, and the members of its content that an operation reads without a check of their types. */
export function unchecked(envelope: string, ...members: readonly string[]): BodyRules {
  return single(envelope, { properties: Object.fromEntries(members.map((name): [string, Property] => [name, {}])) });
}

/** A property of these microversions only. */
export function at(versions: string, property: Shape): Property {
  return { ...property, range: range(versions) };
}

/** The success that is in force at a microversion, for an item where that matters. */
export function successAt({ success }: Pick<EndpointRules, 'success'>, version: Microversion, item?: unknown): Success {
  const found = success.find(
    ({ range: versions, when }) => (!versions || includes(versions, version)) && (!when || when(item as never)),
  );
  if (!found) throw new Error('The endpoint has no success status for this microversion.');
  return found;
}

/** Whether a gate of the endpoint is open at a microversion. */
export function isOpen({ gates = {} }: Pick<EndpointRules, 'gates'>, gate: string, version: Microversion): boolean {
  const open = gates[gate];
  if (!open) throw new Error(`There is no gate ${gate}.`);
  return includes(open, version);
}

/** @throws the Refusal of the first of these checks that refuses. */
export function pass(names: readonly string[], subject: Subject<unknown, unknown>): void {
  for (const name of names) {
    const check = subject.rules.refusals[name];
    if (!check) throw new Error(`There is no check ${name}.`);
    const refusal: Refusal | undefined = check(subject as Subject<never, never>);
    if (refusal) throw refusal;
  }
}

type Rules = Readonly<Record<string, EndpointRules>>;

/** The rules of endpoints as they are declared, by operation. */
export function rulesByOperation(endpoints: readonly Endpoint[]): Rules {
  return Object.fromEntries(endpoints.map(({ operation, rules }) => [operation, rules]));
}

/** The rules of all endpoints with those of one changed. */
export function withRules(
  { endpoints }: { readonly endpoints: Rules },
  operation: string,
  change: (rules: EndpointRules) => Partial<EndpointRules>,
): { readonly endpoints: Rules } {
  const rules = endpoints[operation];
  return { endpoints: rules ? { ...endpoints, [operation]: { ...rules, ...change(rules) } } : endpoints };
}
