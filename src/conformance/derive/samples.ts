/** Samples: each request sample is accepted with the target's own values, each reply shows what its sample shows. */
import { kebab } from '../../contract/clause-names.ts';
import { ITEMS, membersOf, pathText } from '../../contract/members.ts';
import type { ContractSample, Revision } from '../../contract/model.ts';
import { atPointer, isJsonObject, jsonType, type Json, type JsonObject } from '../../json.ts';
import { formatMicroversion } from '../../microversion.ts';
import type { Clause } from '../clause.ts';
import { HarnessError } from '../errors.ts';
import { bodyOf, expectStatus } from '../matchers.ts';
import type { Recipe, Scene } from '../recipe.ts';
import type { Stage } from '../stage.ts';
import type { Finding } from '../verdict.ts';
import { accepted, specimen } from './acts.ts';
import { deriveClause, type Subject } from './draft.ts';

export function deriveSamples(subject: Subject): readonly Clause[] {
  return subject.operation.samples.map((sample) =>
    deriveClause(subject, {
      id: `${sample.side === 'request' ? 'accepts' : 'shows'}-sample-${sampleWords(sample)}`,
      statement:
        sample.side === 'request'
          ? `A request of the form of the sample ${sample.file} MUST be accepted.`
          : `The reply MUST show the required members that the sample ${sample.file} shows, with the same types.`,
      source: sample.source,
      about: [`sample ${sample.file}`],
      ranges: [sample.range],
      needs: 'accepted',
      refutedBy:
        sample.side === 'request' ? ['derived:refuses-member'] : ['derived:drops-member', 'derived:retypes-member'],
      check: (recipe) => (stage) =>
        sample.side === 'request' ? checkAccepted(stage, recipe, sample) : checkShown(stage, recipe, sample),
    }),
  );
}

/** `attach-volume-to-server-req-2-79`: the file's name and the version of its form. */
function sampleWords({ file, range }: ContractSample): string {
  const name = file.split('/').at(-1) ?? file;
  return kebab(`${name.replace(/\.json$/, '')} ${formatMicroversion(range.first)}`);
}

async function checkAccepted(stage: Stage, recipe: Recipe, sample: ContractSample): Promise<readonly Finding[]> {
  const reply = await accepted(stage, recipe, sample.file, (scene) => ({ body: filledIn(sample, scene) }));
  const [first, ...rest] = stage.revision.answers.map(({ status }) => status);
  return first === undefined ? [] : expectStatus(reply, first, ...rest);
}

/** The sample with every value for which the scene has one of its own. */
function filledIn(sample: ContractSample, scene: Scene): JsonObject {
  const fill = (value: Json, path: readonly string[]): Json => {
    const pointer = pathText(path);
    const own = isJsonObject(value) ? undefined : (scene.values[pointer] ?? atPointer(scene.body, pointer));
    if (own !== undefined) return own;
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, [...path, key])]));
  };
  const filled = fill(sample.value, []);
  if (!isJsonObject(filled)) throw new HarnessError(`The sample ${sample.file} is no object`);
  return filled;
}

async function checkShown(stage: Stage, recipe: Recipe, sample: ContractSample): Promise<readonly Finding[]> {
  const reply = await specimen(stage, recipe);
  const required = requiredPaths(stage.revision);
  return compare(sample.value, bodyOf(reply), [], []).flatMap(
    ({ path, pointer, expected, seen }): readonly Finding[] => {
      const form = required.get(pathText(path));
      // A sample shows one of several documented forms.
      if (form === undefined || (seen !== undefined && form === 'several')) return [];
      return [{ kind: 'value', exchange: reply.id, pointer, expected, ...(seen === undefined ? {} : { seen }) }];
    },
  );
}

interface Difference {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly expected: Json;
  readonly seen: Json | undefined;
}

/** Where a reply lacks what the sample has, or has it with another type; null is of every type. */
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

/** With how many forms the contract documents each. The body as a whole is the first of them. */
function requiredPaths({ answers }: Revision): ReadonlyMap<string, 'one' | 'several'> {
  const [answer] = answers;
  if (answer.body.kind !== 'json') return new Map();
  const members = membersOf(answer.body.shape);
  const required = members
    .filter(({ member }) => member.required)
    .map(({ path, member }) => [pathText(path), member.shape.type === 'choice' ? 'several' : 'one'] as const);
  return new Map([['', 'one'], ...required]);
}
