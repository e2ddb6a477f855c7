/**
 * Declares an operation once: which resources a request names and where, what it is called in statements, who may call
 * it, and what is refused first. Recipe, typed call, declared change and the clauses of every rule follow from it.
 */
import type { Exchange } from '../client/exchange.ts';
import { pathKeys } from '../contract/members.ts';
import type { OperationId } from '../contract/model.ts';
import { HarnessError } from '../execution/errors.ts';
import type { Json, JsonObject, NonEmpty } from '../json.ts';
import type { Place, Reference, ResourceIds } from '../resources/declared-change.ts';
import { withMember } from './body-members.ts';
import type { CallOptions, CheckContext } from './check-context.ts';
import type { Identity } from './identity.ts';
import type { Quote } from './quote.ts';
import type { Finding } from './verdict.ts';
import type { WrittenClause } from './written.ts';

export interface Named {
  readonly id: string;
}

/** The resources of a request by their names in the declaration. */
export type Resources = Readonly<Record<string, Named>>;

/** A resource that the request names, and each place where its id stands. */
export interface ResourceUse {
  readonly to: ResourceIds;
  readonly at: NonEmpty<Extract<Place, `path ${string}` | `body /${string}`>>;
  /** Those of other projects are answered like nonexistent ones, or refused like those of a caller without the role. */
  readonly scope?: 'project' | 'role';
  /**
   * A part of the resource before it, such as a tag of a server, which the ledger does not list. `new`: the request
   * creates it where it does not exist. `unchecked`: whether it exists is found out after the response.
   */
  readonly part?: 'existing' | 'new' | 'unchecked';
}

/** What a role may do by default. */
export type RoleRule = {
  readonly quotes: NonEmpty<Quote>;
  readonly errata?: readonly string[];
} & ({ readonly is: 'allowed' } | { readonly is: 'forbidden'; readonly since?: WrittenClause['since'] });

/** A request that is accepted; its resources are used by one call only. */
export interface AcceptedCall {
  readonly resources: Resources;
  /** Further members of the smallest body, by pointer. */
  readonly body?: Readonly<Record<string, Json>>;
  /** A value for each optional member that is accepted here, by its pointer. */
  readonly members?: Readonly<Record<string, Json>>;
  /** The query that the smallest request needs, already encoded: `name=osc`. */
  readonly asked?: string;
  /** Values of query parameters that are accepted, which are not known before. */
  readonly query?: Readonly<Record<string, string>>;
}

/** Another accepted request, by which clauses on certain members of the response are decided. */
export interface View {
  /** The pointers of the members, each for all that is below it. */
  readonly members: NonEmpty<string>;
  /** Its caller, where that is another. */
  readonly as?: Identity;
  /** The sentence by which the members are shown to its caller only, and the microversions at which there are any. */
  readonly only?: { readonly quote: Quote; readonly range?: string };
  readonly preparers?: readonly Identity[];
  readonly capabilities?: readonly string[];
  /** That of the declaration when missing. */
  readonly accepted?: (ctx: CheckContext) => Promise<AcceptedCall>;
}

/** Findings on an accepted request that did not complete. Clauses on its effects report these instead. */
export interface NotCompleted {
  readonly incomplete: readonly Finding[];
}

/** Resources for requests that are refused. Other cases use them later. */
export interface RejectedCall {
  readonly resources: Resources;
  readonly body?: Readonly<Record<string, Json>>;
  readonly members?: Readonly<Record<string, Json>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Shows, with 200, that the resource that the request names still exists; missing where it names none. */
  readonly shown?: () => Promise<Exchange>;
  /** Compares the resources with what they were. */
  readonly unchanged: () => Promise<readonly Finding[]>;
  /** Discards the resources, after a request that may have changed them. */
  readonly makeDirty: () => void;
}

/** How the operation behaves on servers in other states than ACTIVE, by the names of the states of its suite. */
export interface ServerStateRules {
  /** The beginning of statements before the words for the server: `An attach to`. */
  readonly noun: string;
  /** The state of the server in the accepted requests of the operation; `active` when missing. */
  readonly from?: string;
  readonly quote: Quote;
  /** For single states, and for `locked`. */
  readonly quotes?: Readonly<Record<string, Quote>>;
  /** The microversions at which requests are accepted, by state; `always`: at all of the operation. */
  readonly accepted?: Readonly<Record<string, string>>;
  /** The microversions at which requests are answered with 409, by state. */
  readonly refused?: Readonly<Record<string, string>>;
  /** For a reading operation that no state affects: how its response shows what it showed before. */
  readonly unaffected?: {
    /** In statements. */
    readonly verb: 'listed' | 'shown';
    /** A server in the state, and whether a response shows it, or what belongs to it, as before. */
    readonly prepared: (
      ctx: CheckContext,
      state: string,
    ) => Promise<{ readonly resources: Resources; readonly judge: (response: Exchange) => readonly Finding[] }>;
    /** Faults of the response in one state, in addition to a refusal. */
    readonly killedBy: (state: string) => readonly string[];
  };
  /** Faults of single states, and of `locked`, in place of those of the operators. */
  readonly faults?: Readonly<Record<string, string>>;
  /** The sentence on what a refused request must not change. */
  readonly unchanged?: Quote;
  /** While the owner has locked the server. */
  readonly locked?: 'accepted' | 'refused';
  readonly errata?: readonly string[];
  /** A request that is accepted on a server in a state, or on a locked one. Missing where other clauses send it. */
  readonly prepared?: (ctx: CheckContext, state: string) => Promise<AcceptedCall>;
  /** A request that is refused on a server in a state, or on a locked one; that of `rejected` when missing. */
  readonly rejectedIn?: (ctx: CheckContext, state: string) => Promise<RejectedCall>;
  /** Instead of `prepared`, findings on such a request that other clauses share. */
  readonly observed?: (ctx: CheckContext, state: string) => Promise<readonly Finding[]>;
}

/**
 * Two reasons for a refusal, of which the first one decides the response. The resource is the outermost one of the
 * path.
 */
export type RefusalOrder =
  | 'query before resource'
  | 'query before role'
  | 'body before resource'
  | 'body before role'
  | 'resource before role'
  | 'role before volume'
  | 'attachment before lock';

export interface OperationDeclaration<O = unknown> {
  /** `POST /servers/{server_id}/os-volume_attachments`, as in the contract. */
  readonly call: `${string} /${string}`;
  /** The only member of the body, which distinguishes actions with the same call: `pause`. */
  readonly action?: string;
  /** The beginning of statements: `An attach`. */
  readonly noun: string;
  readonly caller: Identity;
  /** Identities that prepare its requests, in addition to the member and the caller. */
  readonly preparers?: readonly Identity[];
  /** It changes nothing. */
  readonly reads?: true;
  /** The status of a read that is not answered with 200. */
  readonly success?: number;
  readonly capabilities?: readonly string[];
  readonly resources: Readonly<Record<string, ResourceUse>>;
  /** Places of other resources that a request may name. */
  readonly refers?: Readonly<Partial<Record<Place, Reference>>>;
  /** Places whose values name no resource. */
  readonly values?: readonly Place[];
  /** Optional members that its accepted requests cannot have, by pointer, each with the reason. */
  readonly withheld?: Readonly<Record<string, string>>;
  /** Members of the request of which values within the limits are refused for other reasons, by pointer. */
  readonly outsideOnly?: readonly string[];
  /** Members that its responses cannot have, by pointer, each with the reason; for all that is below them too. */
  readonly unshown?: Readonly<Record<string, string>>;
  /** Requests whose responses have members that those of the smallest request do not have, by words for them. */
  readonly views?: Readonly<Record<string, View>>;
  /** Members that refused requests send, by pointer, so that an accepted one would show. */
  readonly marks?: Readonly<Record<string, Json>>;
  /** Odd values of members below the root of the body, by name, and the microversions at which it has all of them. */
  readonly oddMembers?: { readonly range: string; readonly values: Readonly<Record<string, readonly Json[]>> };
  /**
   * What the request creates: its type, and the pointers to its name in the body and to its id in the response. Without
   * the latter it is found by its name. `counts`: pointers to how many it creates; see `DeclaredChange`.
   */
  readonly creates?: {
    readonly type: string;
    readonly name: `/${string}`;
    readonly id?: `/${string}`;
    readonly counts?: readonly `/${string}`[];
  };
  /** Values of query parameters that are accepted. */
  readonly query?: Readonly<Record<string, string>>;
  /** A body that is refused, where an empty one is accepted or is one of another operation. */
  readonly wrongBody?: JsonObject;
  readonly wrongQuery?: { readonly query: string; readonly words: string };
  /** Its last microversion, where later ones do not have it any more. */
  readonly lastVersion?: string;
  /** The contract states what happens to unknown query parameters. */
  readonly statesUnknownQuery?: true;
  readonly accepted: (ctx: CheckContext) => Promise<AcceptedCall>;
  readonly rejected: (ctx: CheckContext) => Promise<RejectedCall>;
  /** Resources that the path names, of which the outermost one was deleted. */
  readonly removed?: (ctx: CheckContext) => Promise<Resources>;
  /** Waits for the effect of an accepted request; missing for operations that complete with their response. */
  readonly effect?: (ctx: CheckContext, resources: Resources) => Promise<readonly Finding[]>;
  /** Observes once what an accepted request has led to, as far as any clause looks at it. */
  readonly observe?: (ctx: CheckContext, resources: Resources, response: Exchange) => Promise<O | NotCompleted>;
  /** Roles whose requests no other clause sends. */
  readonly roles: Readonly<Partial<Record<Identity, RoleRule>>>;
  readonly serverStates?: ServerStateRules;
  readonly refusedFirst?: readonly RefusalOrder[];
}

export interface DeclaredOperation<O = unknown> extends OperationDeclaration<O> {
  readonly id: OperationId;
  /** The path parameters and the smallest body. @throws HarnessError when a resource is missing */
  readonly request: (
    resources: Resources,
    members?: Readonly<Record<string, Json>>,
  ) => { readonly path: Readonly<Record<string, string>>; readonly body?: JsonObject };
  readonly send: (ctx: CheckContext, resources: Resources, options?: SendOptions) => Promise<Exchange>;
}

/** Sent by the caller of the declaration unless `as` names another identity. */
export interface SendOptions extends Omit<CallOptions, 'path'> {
  /** Members in addition to the smallest body, by pointer. Not used with a `body`. */
  readonly members?: Readonly<Record<string, Json>>;
}

export function operation<O = undefined>(id: OperationId, declaration: OperationDeclaration<O>): DeclaredOperation<O> {
  const request: DeclaredOperation['request'] = (resources, members = {}) => {
    const path: Record<string, string> = {};
    let body: JsonObject | undefined;
    for (const [name, { at }] of Object.entries(declaration.resources)) {
      const resource = resources[name];
      if (!resource) throw new HarnessError(`A request of ${id} needs the resource ${name}`);
      for (const place of at) {
        if (place.startsWith('path ')) path[place.slice('path '.length)] = resource.id;
        else body = withMember(body ?? {}, pathKeys(place.slice('body '.length)), resource.id);
      }
    }
    for (const [pointer, value] of Object.entries(members)) {
      body = withMember(body ?? {}, pathKeys(pointer), value);
    }
    return { path, ...(body && { body }) };
  };
  return {
    ...declaration,
    id,
    request,
    send: (ctx, resources, { members, ...options } = {}) =>
      ctx.call(id, { as: declaration.caller, ...request(resources, members), ...options }),
  };
}

/** @throws HarnessError when it is missing */
export function resourceIn(resources: Resources, name: string): Named {
  const found = resources[name];
  if (!found) throw new HarnessError(`The resource ${name} is missing; there are ${Object.keys(resources).join(', ')}`);
  return found;
}

/** The names of the resources in the path, from the outermost to the innermost. */
export function pathResources({ call, resources }: OperationDeclaration): readonly string[] {
  const position = ({ at }: ResourceUse): number =>
    Math.max(...at.map((place) => (place.startsWith('path ') ? call.indexOf(`{${place.slice(5)}}`) : -1)));
  return Object.entries(resources)
    .filter(([, use]) => position(use) >= 0)
    .sort(([, a], [, b]) => position(a) - position(b))
    .map(([name]) => name);
}

/**
 * The pointers of what the body identifies: its resources, or the name of what it creates. Where it identifies nothing,
 * those of its values.
 */
export function bodyPointers({ resources, creates, values = [] }: OperationDeclaration): readonly string[] {
  const inBody = (places: readonly Place[]): readonly string[] =>
    places.flatMap((place) => (place.startsWith('body ') ? [place.slice('body '.length)] : []));
  const named = [...Object.values(resources).flatMap(({ at }) => inBody(at)), ...(creates ? [creates.name] : [])];
  return named.length > 0 ? named : inBody(values);
}

/** Whether the request names several resources that must exist. */
export function isNested({ resources }: OperationDeclaration): boolean {
  return Object.values(resources).filter(({ part }) => part !== 'new' && part !== 'unchecked').length > 1;
}

/** The outermost resource of the path, as statements call it and as ids name it; undefined where the path names none. */
export function outermostOf(
  operation: OperationDeclaration,
): { readonly name: string; readonly use: ResourceUse; readonly noun: string } | undefined {
  const [name] = pathResources(operation);
  const use = name === undefined ? undefined : operation.resources[name];
  return name === undefined || !use ? undefined : { name, use, noun: nounOf(use) };
}

/** As statements call a resource: `server group`. */
export function nounOf({ to }: ResourceUse): string {
  return to.type.replaceAll('-', ' ');
}
