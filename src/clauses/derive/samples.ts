/** Samples: each request sample is accepted with values of the target, each response has what its sample shows. */
import type { Exchange } from '../../client/exchange.ts';
import { kebab } from '../../contract/clause-names.ts';
import { ITEMS, memberIndex, membersOf, pathKeys, pathText } from '../../contract/members.ts';
import type { ContractSample, Revision } from '../../contract/model.ts';
import { atPointer, isJsonObject, jsonType, type Json, type JsonObject } from '../../json.ts';
import { formatMicroversion, intersect } from '../../microversion.ts';
import { hasSent, withMembers, type Alter } from '../accepted-call.ts';
import type { Clause } from '../clause.ts';
import { HarnessError, NotBound } from '../../execution/errors.ts';
import { bodyOf, expectStatus } from '../matchers.ts';
import type { Recipe, RequestTemplate } from '../recipe.ts';
import type { CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import { accepted, acceptedResponse } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';
import { valuesAt } from '../../contract/body-places.ts';

export function deriveSamples(subject: Subject): readonly Clause[] {
  return subject.operation.samples
    .filter((sample) => canBeJudged(subject, sample))
    .map((sample) =>
      deriveClause(subject, {
        id: `${sample.side === 'request' ? 'accepts' : 'shows'}-sample-${sampleWords(sample)}`,
        statement:
          sample.side === 'request'
            ? `A request of the form of the sample ${sample.file} MUST be accepted.`
            : `The reply MUST show the required members that the sample ${sample.file} shows, with the same types.`,
        source: sample.source,
        about: [`sample ${sample.file}`],
        ranges: rangesOf(subject, sample),
        needs: 'accepted',
        killedBy:
          sample.side === 'request' ? ['derived:refuses-member'] : ['derived:drops-member', 'derived:retypes-member'],
        check: (recipe) => (ctx) =>
          sample.side === 'request' ? checkAccepted(ctx, recipe, sample) : checkShown(ctx, recipe, sample),
      }),
    );
}

/** `attach-volume-to-server-req-2-79`: the name of the file and the first microversion of its form. */
function sampleWords({ file, range }: ContractSample): string {
  const name = file.split('/').at(-1) ?? file;
  return kebab(`${name.replace(/\.json$/, '')} ${formatMicroversion(range.first)}`);
}

/** A request sample has no member that requests cannot have here; a response sample shows a required member. */
function canBeJudged({ recipe, operation }: Subject, { side, value, range }: ContractSample): boolean {
  const own = operation.revisions.filter((revision) => intersect(revision.range, range) !== undefined);
  if (side === 'request') {
    const isWithheld = Object.keys(recipe?.withheld ?? {}).some((pointer) => isIn(value, pathKeys(pointer)));
    return !isWithheld && own.some((revision) => fits(value, revision));
  }
  return own.some((revision) => [...requiredPaths(revision).keys()].some((path) => path !== ''));
}

/** The microversions for which it is one. */
function rangesOf({ operation }: Subject, { side, value, range }: ContractSample): Clause['ranges'] {
  const whole: Clause['ranges'] = [range];
  if (side === 'response') return whole;
  const isOwn = (revision: Revision): boolean => intersect(revision.range, range) !== undefined;
  if (operation.revisions.filter(isOwn).every((revision) => fits(value, revision))) return whole;
  return rangesWhere(operation, (revision) => isOwn(revision) && fits(value, revision)) ?? whole;
}

/** Whether a request has all members that it must have and none that are unknown. Some samples were not updated. */
function fits(value: Json, { request }: Revision): boolean {
  if (request.body.kind !== 'json') return true;
  const { all, byPath } = memberIndex(request.body.shape);
  const isMissing = all.some(
    ({ path, member }) =>
      member.required &&
      valuesAt(value, path.slice(0, -1)).some(isJsonObject) &&
      !path.includes(ITEMS) &&
      !isIn(value, path),
  );
  const objects = new Set(all.map(({ path }) => pathText(path.slice(0, -1))));
  const isKnown = (path: readonly string[]): boolean =>
    byPath.has(pathText(path)) || !objects.has(pathText(path.slice(0, -1)));
  return !isMissing && namesIn(value, []).every(isKnown);
}

/** The path of each member, those in the items of lists aside. */
function namesIn(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...namesIn(inner, [...path, key])]);
}

/** Whether a value has something at a path, in any item of the lists on the path. */
function isIn(value: Json | undefined, path: readonly string[]): boolean {
  return valuesAt(value, path).length > 0;
}

async function checkAccepted(ctx: CheckContext, recipe: Recipe, sample: ContractSample): Promise<readonly Finding[]> {
  const response = await acceptedAsShown(ctx, recipe, sample);
  const [first, ...rest] = ctx.revision.responses.map(({ status }) => status);
  return first === undefined ? [] : expectStatus(response, first, ...rest);
}

/**
 * The response to the request with the members of the sample. Where the recipe has no value for one of them, it is one
 * with that of the sample.
 */
async function acceptedAsShown(ctx: CheckContext, recipe: Recipe, sample: ContractSample): Promise<Exchange> {
  const optional = optionalLeaves(sample.value, ctx.revision);
  if (optional.length === 0) return accepted(ctx, recipe);
  try {
    const members = Object.fromEntries(optional.map((pointer) => [pointer, undefined]));
    const response = await accepted(ctx, recipe, withMembers(members));
    if (optional.every((pointer) => hasSent(response, pointer))) return response;
  } catch (error) {
    if (!(error instanceof NotBound)) throw error;
  }
  const alter: Alter = (template) => ({ body: filledIn(sample, template) });
  return accepted(ctx, recipe, { key: sample.file, alter });
}

/** The pointers of the values of a sample that a request can do without. */
function optionalLeaves(sample: Json, { request }: Revision): readonly string[] {
  const byPath = request.body.kind === 'json' ? memberIndex(request.body.shape).byPath : undefined;
  const leaves = (value: Json, path: readonly string[]): readonly (readonly string[])[] =>
    isJsonObject(value) && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
      : [path];
  const isRequired = (path: readonly string[]): boolean =>
    path.every((_, index) => byPath?.get(pathText(path.slice(0, index + 1)))?.member.required === true);
  return leaves(sample, [])
    .filter((path) => !isRequired(path))
    .map(pathText);
}

/** The sample with the values of the request template, where it has one. */
function filledIn(sample: ContractSample, template: RequestTemplate): JsonObject {
  const fill = (value: Json, path: readonly string[]): Json => {
    const pointer = pathText(path);
    const own = isJsonObject(value) ? undefined : given(template, pointer);
    if (own !== undefined) return own;
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, [...path, key])]));
  };
  const filled = fill(sample.value, []);
  if (!isJsonObject(filled)) throw new HarnessError(`The sample ${sample.file} is not a JSON object`);
  return filled;
}

/** Null is a value. */
function given({ values, body }: RequestTemplate, pointer: string): Json | undefined {
  return Object.hasOwn(values, pointer) ? values[pointer] : atPointer(body, pointer);
}

async function checkShown(ctx: CheckContext, recipe: Recipe, sample: ContractSample): Promise<readonly Finding[]> {
  const response = await acceptedResponse(ctx, recipe);
  const required = requiredPaths(ctx.revision);
  return compare(sample.value, bodyOf(response), [], []).flatMap(
    ({ path, pointer, expected, seen }): readonly Finding[] => {
      const form = required.get(pathText(path));
      // The sample shows only one of several documented forms.
      if (form === undefined || (seen !== undefined && form === 'several')) return [];
      return [{ kind: 'value', exchange: response.id, pointer, expected, ...(seen === undefined ? {} : { seen }) }];
    },
  );
}

interface Difference {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly expected: Json;
  readonly seen: Json | undefined;
}

/** Where a response lacks what the sample has, or has it with another type; null matches every type. */
function compare(
  sample: Json,
  seen: Json | undefined,
  path: readonly string[],
  steps: readonly string[],
): readonly Difference[] {
  const pointer = pathText(steps);
  if (seen === undefined) return [{ path, pointer, expected: sample, seen }];
  if (sample === null || seen === null) return [];
  if (jsonType(sample) !== jsonType(seen)) return [{ path, pointer, expected: sample, seen }];
  if (Array.isArray(sample) && Array.isArray(seen)) {
    const first = sample[0] as Json | undefined;
    if (first === undefined) return [];
    return (seen as readonly Json[]).flatMap((item, index) =>
      compare(first, item, [...path, ITEMS], [...steps, String(index)]),
    );
  }
  if (!isJsonObject(sample)) return [];
  return Object.entries(sample).flatMap(([key, inner]) =>
    compare(inner, atPointer(seen, pathText([key])), [...path, key], [...steps, key]),
  );
}

/** The required members, and whether the contract documents one form or several; the body itself comes first. */
function requiredPaths({ responses }: Revision): ReadonlyMap<string, 'one' | 'several'> {
  const [response] = responses;
  if (response.body.kind !== 'json') return new Map();
  const members = membersOf(response.body.shape);
  const required = members
    .filter(({ member }) => member.required)
    .map(({ path, member }) => [pathText(path), member.shape.type === 'choice' ? 'several' : 'one'] as const);
  return new Map([['', 'one'], ...required]);
}
