/** Operators on optional members of a request: one is accepted and ignored. */

import { contentShape, type EndpointRules, type Subject } from '../kernel/endpoint.ts';
import { isObject, type JsonObject } from '../kernel/http.ts';
import type { Shape } from '../kernel/shape.ts';
import { type Mutated, type Mutation, mutation } from './mutation.ts';

type AnySubject = Subject<never, never>;

/** What a request asks for; the change returns the same without one member. */
type Wishes = Pick<AnySubject, 'wanted' | 'query'>;
type Change = (wishes: Wishes) => Wishes;

export function memberMutations(one: Mutated): readonly Mutation[] {
  const { body, query } = one.rules;
  const content = body && contentShape(body);
  return [
    ...optionalPaths(content).map((path) =>
      ignoring(one, `body.${path.join('.')}`, ({ wanted, query: asked }) => ({
        wanted: without(wanted, path),
        query: asked,
      })),
    ),
    ...Object.keys(query.properties).map((name) =>
      ignoring(one, `query.${name}`, ({ wanted, query: asked }) => ({
        wanted,
        query: Object.fromEntries(Object.entries(asked).filter(([other]) => other !== name)),
      })),
    ),
  ];
}

/** The members that may be left out, at any depth. */
function optionalPaths(shape: Shape | undefined): readonly (readonly string[])[] {
  return Object.entries(shape?.properties ?? {}).flatMap(([name, property]) => {
    const inner = optionalPaths(property).map((path) => [name, ...path]);
    return shape?.required?.includes(name) ? inner : [[name], ...inner];
  });
}

function without(wanted: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const { [name]: found, ...others } = wanted;
  if (rest.length === 0 || !isObject(found)) return others;
  return { ...others, [name]: without(found, rest) };
}

/** The checks still see it. */
function ignoring(one: Mutated, part: string, change: Change): Mutation {
  const summary = `The endpoint ${one.name} accepts ${part} and ignores it.`;
  return mutation(one, `ignore-member:${part}`, summary, (rules) => changedFunctions(rules, change));
}

function changedFunctions({ result, effect, listing }: EndpointRules, change: Change): Partial<EndpointRules> {
  const changed = <One extends Wishes>(subject: One): One => ({ ...subject, ...change(subject) });
  return {
    ...(result && { result: (subject: AnySubject) => result(changed(subject)) }),
    ...(effect && { effect: (subject: AnySubject, item: never) => effect(changed(subject), item) }),
    ...(listing && {
      listing: {
        ...listing,
        ...(listing.includes && { includes: (subject, item) => listing.includes?.(changed(subject), item) ?? true }),
        ...(listing.page && { page: (subject, items) => listing.page?.(changed(subject), items) ?? items }),
      },
    }),
  };
}
