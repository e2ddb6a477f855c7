/** OpenAPI of all of Nova at four microversions: valid, complete, and true to every sample of that microversion. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../../src/contract/members.ts';
import type { Operation } from '../../src/contract/model.ts';
import { revisionAt } from '../../src/contract/questions.ts';
import { includes, microversion, type Microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import type { OperationObject, Paths } from '../../src/openapi/openapi-types.ts';
import { shapeSchema, sideContext } from '../../src/schema/shape-schema.ts';
import { assembleOwn, assembleUpstream, errata, upstreamIsHere, upstreamReason } from '../assembly/compute-specs.ts';

const versions = ['2.1', '2.60', '2.89', '2.104'];

function validators(document: object): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'document');
  return (pointer) => {
    const found = ajv.getSchema(`document#${pointer}`);
    if (!found) throw new Error(`${pointer} is no schema`);
    return found;
  };
}

const escaped = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

describe.skipIf(!upstreamIsHere)(`Nova's reference of August 2026${upstreamReason}`, () => {
  const { contract } = upstreamIsHere ? assembleUpstream('nova-2026-08', errata) : assembleOwn();

  test.each(versions)('is valid OpenAPI 3.1 at %s', async (version) => {
    const { valid, errors } = await new Validator().validate(openApiDocument(contract, microversion(version)));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  test.each(versions)('has at %s every operation that exists there, and no other', (version) => {
    const at = microversion(version);
    const paths = openApiDocument(contract, at).paths as unknown as Paths;
    const present = contract.operations.filter((operation) => revisionAt(operation, at));
    const calls = new Set(present.map(({ method, path }) => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`));
    const found = Object.entries(paths).flatMap(([path, item]) => {
      return Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`);
    });
    expect(found.sort()).toEqual([...calls].sort());
    const ids = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('tells the 41 actions of a server apart by their keys, as many of them as exist', () => {
    const actions = contract.operations.filter(
      ({ method, path }) => `${method} ${path}` === 'POST /servers/{server_id}/action',
    );
    expect(actions).toHaveLength(41);
    for (const version of versions) {
      const at = microversion(version);
      const paths = openApiDocument(contract, at).paths as unknown as Paths;
      const own = paths['/servers/{server_id}/action']?.post;
      const union = own?.requestBody?.content['application/json']?.schema as { readonly oneOf: readonly unknown[] };
      expect(union.oneOf).toHaveLength(actions.filter((operation) => revisionAt(operation, at)).length);
    }
  });

  test('has an attach that answers 200 up to 2.100, and 202 without a body from then on', () => {
    const attach = (version: string): OperationObject['responses'] | undefined => {
      const paths = openApiDocument(contract, microversion(version)).paths as unknown as Paths;
      return paths['/servers/{server_id}/os-volume_attachments']?.post?.responses;
    };
    expect(Object.keys(attach('2.100') ?? {}).filter((code) => code.startsWith('2'))).toEqual(['200']);
    expect(attach('2.101')?.['202']).toEqual({ description: 'Accepted; the work goes on.' });
    expect(attach('2.101')?.['200']).toBeUndefined();
  });

  test('takes every sample of 2.89 that our own schemas take', () => {
    const at = microversion('2.89');
    const document = openApiDocument(contract, at);
    const paths = document.paths as unknown as Paths;
    const schemaAt = validators(document);
    let tried = 0;
    const refused = contract.operations.flatMap((operation) => {
      const samples = operation.samples.filter((sample) => includes(sample.range, at));
      return samples.flatMap(({ side, file, value }) => {
        const pointer = pointerTo(operation, side, { paths, at });
        if (pointer === undefined) return [];
        tried += 1;
        if (schemaAt(pointer)(value) || !takes(operation, side, value, at)) return [];
        return [`${operation.id} ${side} ${file}`];
      });
    });
    expect(tried).toBeGreaterThan(200);
    expect(refused).toEqual([]);
  });
});

/** By the schema that a run would hold the body to. */
function takes(operation: Operation, side: 'request' | 'response', value: unknown, at: Microversion): boolean {
  const revision = revisionAt(operation, at);
  const bodies = revision ? bodiesOf(revision, side) : [];
  return bodies.some((body) => {
    if (body.kind !== 'json') return false;
    const schema = shapeSchema(body.shape, [], sideContext(operation, side));
    return new Ajv2020({ strict: false, validateFormats: false }).validate(schema, value);
  });
}

interface Looked {
  readonly paths: Paths;
  readonly at: Microversion;
}

function pointerTo(operation: Operation, side: 'request' | 'response', { paths, at }: Looked): string | undefined {
  const nameless = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');
  const method = operation.method.toLowerCase();
  const place = Object.keys(paths).find((other) => nameless(other) === nameless(operation.path));
  const own = place === undefined ? undefined : paths[place]?.[method];
  if (place === undefined || !own) return undefined;
  const base = `/paths/${escaped(place)}/${method}`;
  const media = 'content/application~1json/schema';
  if (side === 'request') return own.requestBody ? `${base}/requestBody/${media}` : undefined;
  const answer = revisionAt(operation, at)?.responses.find(({ body, assumed }) => body.kind === 'json' && !assumed);
  return answer && `${base}/responses/${answer.status}/${media}`;
}
