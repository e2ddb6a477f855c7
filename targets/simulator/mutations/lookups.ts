/** Operators on how resources are found: those of other projects too, or removed ones too. */

import type { Check } from '../kernel/checks.ts';
import type { EndpointRules, Listing, Lookup, Subject } from '../kernel/endpoint.ts';
import { forbidden } from '../kernel/refusal.ts';
import { type Mutated, type Mutation, mutation } from './mutation.ts';

type AnyLookup = Lookup<never, never, unknown>;
type AnyListing = Listing<never, never, unknown>;

export function lookupMutations(one: Mutated): readonly Mutation[] {
  const { lookups, listing } = one.rules;
  return [
    ...Object.entries(lookups).flatMap(([name, { noun, sees, removed }]) => [
      ...(sees ? [unscoped(one, name, noun), revealed(one, name, noun)] : []),
      ...(removed ? [kept(one, name, noun)] : []),
    ]),
    ...(Object.values(lookups).filter(({ sees }) => sees).length > 1 ? [unscopedEverywhere(one)] : []),
    ...(listing?.includes ? [unscopedList(one, listing.noun)] : []),
    ...(listing?.removed ? [keptList(one, listing.noun)] : []),
  ];
}

function unscoped(one: Mutated, name: string, noun: string): Mutation {
  const summary = `The endpoint ${one.name} finds ${noun} of any project.`;
  return mutation(one, `unscoped-lookup:${name}`, summary, (rules) => ({
    ...withLookup(rules, name, () => ({ sees: () => true })),
    // The role is checked as if it were the caller's own.
    policy: { rule: rules.policy.rule },
  }));
}

/** A path may name several resources of the project, and each lookup of one refuses the request. */
function unscopedEverywhere(one: Mutated): Mutation {
  const summary = `The endpoint ${one.name} finds the resources of any project.`;
  return mutation(one, 'unscoped-lookup:every', summary, ({ lookups, policy: { rule } }) => ({
    lookups: Object.fromEntries(
      Object.entries(lookups).map(([name, lookup]) => [name, { ...lookup, sees: () => true }]),
    ),
    policy: { rule },
  }));
}

/** Before the check of the lookup, or of the role where the endpoint has none. */
function revealed(one: Mutated, name: string, noun: string): Mutation {
  const summary = `The endpoint ${one.name} forbids the use of ${noun} that the caller cannot see.`;
  const owner = `${name}-owner`;
  return mutation(one, `forbid-foreign:${name}`, summary, ({ lookups, checks, refusals }) => {
    const lookup = lookups[name];
    if (!lookup) return {};
    const check: Check<Subject<never, Readonly<Record<string, unknown>>>> = ({ call, wanted, found }) => {
      const id = lookup.id(call, wanted);
      const exists = [...lookup.rows(call)].some((row) => lookup.matches(row as never, id));
      return exists && !found[name] ? forbidden('It belongs to another project.') : undefined;
    };
    const own = checks.includes(name);
    return {
      refusals: { ...refusals, [owner]: check },
      checks: checks.flatMap((other) => {
        if (other === name) return [owner, other];
        return !own && other === 'role' ? [other, owner] : [other];
      }),
    };
  });
}

/** What belongs to a removed one is found with it. */
function kept(one: Mutated, name: string, noun: string): Mutation {
  const summary = `The endpoint ${one.name} finds ${noun} that was removed.`;
  return mutation(one, `keep-deleted:${name}`, summary, ({ lookups, listing }) => {
    const parent = lookups[name];
    if (!parent) return {};
    const changed = Object.entries(lookups).map(([other, lookup]): readonly [string, AnyLookup] => [
      other,
      { ...lookup, rows: other === name ? withRemoved(lookup) : withRemovedOf(lookup, parent, name) },
    ]);
    return {
      lookups: Object.fromEntries(changed),
      ...(listing && { listing: { ...listing, rows: withRemovedOf(listing, parent, name) } }),
    };
  });
}

type Table = Pick<AnyLookup, 'rows' | 'removed' | 'within'>;

function withRemoved({ rows, removed }: Table): AnyLookup['rows'] {
  return (call) => [...rows(call), ...(removed?.(call) ?? [])];
}

function withRemovedOf({ rows, removed, within = {} }: Table, parent: AnyLookup, name: string): AnyLookup['rows'] {
  const parentOf = within[name];
  if (!parentOf) return rows;
  return (call) => {
    const parents = [...(parent.removed?.(call) ?? [])] as never[];
    const belongs = (row: never): boolean => parents.some((each) => parent.matches(each, parentOf(row)));
    return [...rows(call), ...[...(removed?.(call) ?? [])].filter((row) => belongs(row as never))];
  };
}

function withLookup(
  { lookups }: EndpointRules,
  name: string,
  change: (lookup: AnyLookup) => Partial<AnyLookup>,
): Partial<EndpointRules> {
  const lookup = lookups[name];
  return lookup ? { lookups: { ...lookups, [name]: { ...lookup, ...change(lookup) } } } : {};
}

function unscopedList(one: Mutated, noun: string): Mutation {
  const summary = `The endpoint ${one.name} lists the ${noun} of all projects.`;
  return mutation(one, 'unscoped-lookup:list', summary, withListing({ includes: () => true }));
}

function keptList(one: Mutated, noun: string): Mutation {
  const summary = `The endpoint ${one.name} lists ${noun} that were removed.`;
  return mutation(one, 'keep-deleted:list', summary, ({ listing }) =>
    listing ? { listing: { ...listing, rows: withRemoved(listing) } } : {},
  );
}

function withListing(change: Partial<AnyListing>): (rules: EndpointRules) => Partial<EndpointRules> {
  return ({ listing }) => (listing ? { listing: { ...listing, ...change } } : {});
}
