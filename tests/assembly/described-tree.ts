/** A reference of one operation whose parameters have descriptions, read from its text and through its imported facts. */
import { assembleContract } from '../../src/assembly/assemble.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import { operationsOf } from '../../src/import/read-facts.ts';
import type { Json } from '../../src/json.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { sketch } from './sketch.ts';
import { tinyManifest } from './tiny-reference.ts';

export interface Described {
  readonly side?: 'request' | 'response';
  /** `name: type`, with `required` behind it where it is, and the description. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By version, such as `2.1` for the first form. */
  readonly samples?: Readonly<Record<string, Json>>;
  /** A note before the lists. */
  readonly note?: string;
}

/** The body by microversions, once from the text and once from the facts that an import keeps of it. */
export function bodiesOf(described: Described): readonly [Bodies, Bodies] {
  const reference = readReference(treeOf(filesOf(described)));
  const imported = { ...reference, operations: factsOf(reference, '').flatMap(operationsOf) };
  const [fromText, fromFacts] = [reference, imported].map((one): Bodies => {
    const { contract } = assembleContract(one, tinyManifest);
    const revisions = contract.operations.flatMap((operation) => operation.revisions);
    return revisions.map(({ request, responses }) => {
      const body = described.side === 'request' ? request.body : responses[0].body;
      return body.kind === 'json' ? sketch(body.shape) : body.kind;
    });
  });
  return [fromText ?? [], fromFacts ?? []];
}

export type Bodies = readonly string[];

function filesOf({ side = 'response', parameters, samples = {}, note }: Described): Readonly<Record<string, string>> {
  const names = Object.keys(parameters).map((line) => line.split(':')[0] ?? '');
  const list = names.map((name, index) => `  - ${name}: p${index}`).join('\n');
  const includes = Object.keys(samples).map((version) => `.. literalinclude:: ${fileOf(version, side)}\n`);
  const heading = side === 'request' ? 'Request\n-------' : 'Response\n--------';
  const text = `Put a thing\n===========\n
.. rest_method:: PUT /things\n
${note === undefined ? '' : `.. note:: ${note}\n`}
Normal response codes: 200\n
${heading}\n
.. rest_parameters:: parameters.yaml\n
${list}\n
${includes.join('\n')}`;
  const files = Object.entries(samples).map(([version, value]): readonly [string, string] => {
    return [fileOf(version, side), JSON.stringify(value)];
  });
  return { 'things.inc': text, 'parameters.yaml': definitionsOf(parameters), ...Object.fromEntries(files) };
}

function fileOf(version: string, side: string): string {
  const name = `put-${side === 'request' ? 'req' : 'resp'}.json`;
  return version === '2.1' ? `samples/things/${name}` : `samples/things/v${version}/${name}`;
}

function definitionsOf(parameters: Described['parameters']): string {
  return Object.entries(parameters)
    .map(([line, description], index) => {
      const [type = '', ...words] = (line.split(': ')[1] ?? '').split(' ');
      const lines = description.split('\n').map((text) => `    ${text}`);
      const first = words.find((word) => /^\d/.test(word));
      const head = [`p${index}:`, '  description: |', ...lines, '  in: body', `  type: ${type}`];
      const since = first === undefined ? [] : [`  min_version: ${first}`];
      return [...head, `  required: ${words.includes('required')}`, ...since, ''].join('\n');
    })
    .join('');
}
