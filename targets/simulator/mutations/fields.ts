/** Operators on the response: a field is missing, has another name or is null, or the status is another. */

import type { Shown } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import { type Mutated, type Mutation, mutation } from './mutation.ts';

type AnyField = Field<Shown<never, never>>;

export function fieldMutations(one: Mutated): readonly Mutation[] {
  const { response } = one.rules;
  const names = [...new Set((response?.fields ?? []).map(({ name }) => name))];
  const restricted = [
    ...new Set((response?.fields ?? []).filter(({ isOpenTo }) => isOpenTo !== undefined).map(({ name }) => name)),
  ];
  const headers = [...new Set((response?.headers ?? []).map(({ name }) => name))];
  return [
    ...headers.map((name) => withoutHeader(one, name)),
    ...names.flatMap((name) => [
      changed(one, `drop-field:${name}`, `lacks the field ${name}`, name, () => []),
      changed(one, `rename-field:${name}`, `has the field ${name} under another name`, name, (field) => [
        { ...field, name: `${name}_` },
      ]),
      changed(one, `null-field:${name}`, `has null as ${name}`, name, (field) => [{ ...field, value: () => null }]),
    ]),
    ...restricted.map((name) =>
      changed(one, `reveal-field:${name}`, `has the field ${name} for every caller`, name, (field) => [
        { ...field, isOpenTo: () => true },
      ]),
    ),
    ...[...new Set(one.rules.success.map(({ status }) => status))].map((status) => otherStatus(one, status)),
  ];
}

function changed(
  one: Mutated,
  id: string,
  what: string,
  name: string,
  change: (field: AnyField) => readonly AnyField[],
): Mutation {
  return mutation(one, id, `The response of the endpoint ${one.name} ${what}.`, ({ response }) =>
    response
      ? {
          response: {
            ...response,
            fields: response.fields.flatMap((field) => (field.name === name ? change(field) : [field])),
          },
        }
      : {},
  );
}

function withoutHeader(one: Mutated, name: string): Mutation {
  const summary = `The response of the endpoint ${one.name} lacks the header ${name}.`;
  return mutation(one, `drop-header:${name.toLowerCase()}`, summary, ({ response }) =>
    response
      ? { response: { ...response, headers: (response.headers ?? []).filter((header) => header.name !== name) } }
      : {},
  );
}

const others: Readonly<Record<number, number>> = { 200: 201, 201: 200, 202: 200, 204: 202 };

function otherStatus(one: Mutated, status: number): Mutation {
  const other = others[status] ?? 200;
  const summary = `The endpoint ${one.name} succeeds with ${other} instead of ${status}.`;
  return mutation(one, `other-status:${status}-as-${other}`, summary, ({ success }) => ({
    success: success.map((each) => (each.status === status ? { ...each, status: other } : each)),
  }));
}
