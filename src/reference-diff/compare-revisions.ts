/** Compares one operation at one microversion, before and after. */
import { namelessPath } from './match-operations.ts';
import type { BodySide } from '../contract/members.ts';
import type { DocumentedResponse, Body, Operation, Parameter, Revision } from '../contract/model.ts';
import { compareShapes, typesOf } from './compare-shapes.ts';
import type { Found } from './model.ts';

export function compareRevisions(before: Revision, after: Revision): readonly Found[] {
  return [
    ...(['query', 'header'] as const).flatMap((place) => {
      return compareParameters(place, before.request[place], after.request[place]);
    }),
    ...compareUnknownQuery(before, after),
    ...compareBodies(before.request.body, after.request.body, 'request'),
    ...compareResponses(before, after),
    ...compareErrors(before, after),
  ];
}

/** Compares what has no microversions: title, method, path and the names in it. */
export function compareCalls(before: Operation, after: Operation): readonly Found[] {
  const calls = { before: `${before.method} ${before.path}`, after: `${after.method} ${after.path}` };
  const same = before.method === after.method && namelessPath(before.path) === namelessPath(after.path);
  const renamed: readonly Found[] =
    before.title === after.title
      ? []
      : [{ kind: 'operation-renamed', place: '', before: before.title, after: after.title }];
  if (!same) return [...renamed, { kind: 'operation-moved', place: '', ...calls }];
  const names = namesIn(before.path).flatMap((name, index): readonly Found[] => {
    const now = namesIn(after.path)[index];
    return now === undefined || now === name
      ? []
      : [{ kind: 'path-parameter-renamed', place: `path ${now}`, before: name, after: now }];
  });
  return [...renamed, ...names];
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
}

function compareParameters(
  kind: 'query' | 'header',
  before: readonly Parameter[],
  after: readonly Parameter[],
): readonly Found[] {
  const later = new Map(after.map((parameter) => [parameter.name, parameter]));
  const earlier = new Set(before.map(({ name }) => name));
  const kept = before.flatMap((parameter): readonly Found[] => {
    const place = `${kind} ${parameter.name}`;
    const now = later.get(parameter.name);
    if (!now) return [{ kind: 'parameter-removed', place }];
    const types = { before: typesOf(parameter.shape).join(' or '), after: typesOf(now.shape).join(' or ') };
    return [
      ...(parameter.required === now.required
        ? []
        : [{ kind: now.required ? 'parameter-required' : 'parameter-optional', place } as const]),
      ...(types.before === types.after ? [] : [{ kind: typeKind(types.after), place, ...types }]),
    ];
  });
  const added = [...later.values()].filter(({ name }) => !earlier.has(name));
  return [
    ...kept,
    ...added.map(({ name, required }): Found => {
      return { kind: required ? 'parameter-added-required' : 'parameter-added', place: `${kind} ${name}` };
    }),
  ];
}

/** On the wire every parameter is text. */
function typeKind(after: string): 'parameter-type-wider' | 'parameter-type-other' {
  return after === 'string' || after === 'any' ? 'parameter-type-wider' : 'parameter-type-other';
}

function compareUnknownQuery({ request: before }: Revision, { request: after }: Revision): readonly Found[] {
  if (before.unknownQuery === after.unknownQuery) return [];
  return [
    { kind: `unknown-query-${after.unknownQuery}`, place: '', before: before.unknownQuery, after: after.unknownQuery },
  ];
}

/** Ignores assumed codes, which replace undocumented ones and promise nothing. */
function compareResponses(before: Revision, after: Revision): readonly Found[] {
  const [was, is] = [promised(before), promised(after)];
  if (was.length === 0 || is.length === 0) return [];
  const changed = codes('success-code', was, is);
  const kept = was.flatMap((response): readonly Found[] => {
    const now =
      is.find(({ status }) => status === response.status) ?? (is.length === 1 && was.length === 1 ? is[0] : undefined);
    return now ? [...compareBodies(response.body, now.body, 'response'), ...compareHeaders(response, now)] : [];
  });
  return [...changed, ...kept];
}

function promised({ responses }: Revision): readonly DocumentedResponse[] {
  return responses.filter(({ assumed }) => !assumed);
}

function compareErrors(before: Revision, after: Revision): readonly Found[] {
  return codes('error-code', before.errors, after.errors);
}

interface WithStatus {
  readonly status: number;
}

function codes(
  kind: 'success-code' | 'error-code',
  before: readonly WithStatus[],
  after: readonly WithStatus[],
): readonly Found[] {
  const [was, is] = [before.map(({ status }) => status), after.map(({ status }) => status)];
  return [
    ...is
      .filter((status) => !was.includes(status))
      .map((status): Found => ({ kind: `${kind}-added`, place: `status ${status}` })),
    ...was
      .filter((status) => !is.includes(status))
      .map((status): Found => ({ kind: `${kind}-removed`, place: `status ${status}` })),
  ];
}

function compareHeaders(
  { header: before }: DocumentedResponse,
  { header: after }: DocumentedResponse,
): readonly Found[] {
  const [was, is] = [before.map(({ name }) => name), after.map(({ name }) => name)];
  return [
    ...is
      .filter((name) => !was.includes(name))
      .map((name): Found => ({ kind: 'response-header-added', place: `header ${name}` })),
    ...was
      .filter((name) => !is.includes(name))
      .map((name): Found => ({ kind: 'response-header-removed', place: `header ${name}` })),
  ];
}

/** A missing description of a body is not a description of an empty body. */
function compareBodies(before: Body, after: Body, side: BodySide): readonly Found[] {
  if (before.kind === 'json' && after.kind === 'json') return compareShapes(before.shape, after.shape, '', side);
  if (before.kind === after.kind) return [];
  const place = `${side} body`;
  if (before.kind === 'undocumented') return [{ kind: 'body-documented', place }];
  if (after.kind === 'undocumented') return [{ kind: 'body-undocumented', place }];
  return [{ kind: after.kind === 'json' ? `${side}-body-added` : `${side}-body-removed`, place }];
}
