/** Operators on the checks: one is missing, comes too early, or refuses with another status. */

import type { Check } from '../kernel/checks.ts';
import type { Subject } from '../kernel/endpoint.ts';
import { conflict, Refusal } from '../kernel/refusal.ts';
import { type Mutated, type Mutation, mutation } from './mutation.ts';

export function checkMutations(one: Mutated): readonly Mutation[] {
  const { checks, later = [], states } = one.rules;
  return [
    ...[...checks, ...later].map((name) => dropped(one, name)),
    ...checks.flatMap((name, index) => checks.slice(0, index).map((earlier) => moved(one, name, earlier))),
    ...[...checks, ...later].map((name) => otherStatus(one, name)),
    ...(states?.permitted ?? []).map((state) => refused(one, state)),
    ...(states?.refused ?? []).map((state) => permitted(one, state)),
    ...(states?.locked && !checks.includes('lock') ? [refusedWhenLocked(one)] : []),
  ];
}

function dropped(one: Mutated, name: string): Mutation {
  const summary = `The endpoint ${one.name} lacks its check ${name}.`;
  return mutation(one, `drop-check:${name}`, summary, ({ checks, later = [] }) => ({
    checks: without(checks, name),
    ...(later.includes(name) && { later: without(later, name) }),
  }));
}

function moved(one: Mutated, name: string, earlier: string): Mutation {
  const summary = `The endpoint ${one.name} makes its check ${name} before its check ${earlier}.`;
  return mutation(one, `check-order:${name}-before-${earlier}`, summary, ({ checks }) => ({
    checks: without(checks, name).flatMap((other) => (other === earlier ? [name, other] : [other])),
  }));
}

const others: Readonly<Record<number, number>> = { 400: 409, 403: 404, 404: 400, 409: 400 };

function otherStatus(one: Mutated, name: string): Mutation {
  const summary = `The check ${name} of the endpoint ${one.name} refuses with another status.`;
  return mutation(one, `other-status:check.${name}`, summary, ({ refusals }) => {
    const check = refusals[name];
    return check ? { refusals: { ...refusals, [name]: withOtherStatus(check) } } : {};
  });
}

function withOtherStatus(check: Check<Subject<never, never>>): Check<Subject<never, never>> {
  return (subject) => {
    const refusal = check(subject);
    return refusal && new Refusal(others[refusal.status] ?? 400, refusal.message, refusal.headers);
  };
}

function refused(one: Mutated, state: string): Mutation {
  return mutation(one, `refuse-state:${state}`, `The endpoint ${one.name} refuses the state ${state}.`, (rules) => {
    const { states, checks, refusals } = rules;
    if (!states) return {};
    const { permitted, refused } = states;
    const check: Check<Subject<never, never>> = ({ call }) =>
      states.of(call) === state ? conflict(`Not possible in the state ${state}.`) : undefined;
    // Without a check of the state there is one now, after all others.
    return {
      states: { ...states, permitted: without(permitted, state), refused: [...refused, state] },
      ...(!checks.includes('state') && { checks: [...checks, 'state'], refusals: { ...refusals, state: check } }),
    };
  });
}

function refusedWhenLocked(one: Mutated): Mutation {
  const summary = `The endpoint ${one.name} refuses what its owner has locked.`;
  return mutation(one, 'refuse-state:locked', summary, ({ states, checks, refusals }) => {
    const lock: Check<Subject<never, never>> = ({ call }) =>
      states?.locked?.(call) === true ? conflict('Not possible while it is locked.') : undefined;
    return { checks: [...checks, 'lock'], refusals: { ...refusals, lock } };
  });
}

function permitted(one: Mutated, state: string): Mutation {
  return mutation(one, `allow-state:${state}`, `The endpoint ${one.name} permits the state ${state}.`, ({ states }) =>
    states
      ? { states: { ...states, permitted: [...states.permitted, state], refused: without(states.refused, state) } }
      : {},
  );
}

function without(names: readonly string[], name: string): readonly string[] {
  return names.filter((one) => one !== name);
}
