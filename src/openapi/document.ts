/**
 * OpenAPI 3.1 for one microversion of a service: what holds at that microversion and nothing of any other, which one
 * document for all of them could not say.
 */
import { versionValue } from '../contract/version-header.ts';
import { decisiveMember, formatDiscriminator } from '../contract/discriminator.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Json } from '../json.ts';
import { formatMicroversion, type Microversion } from '../microversion.ts';
import { schemaShelf, type SchemaShelf } from './body-schemas.ts';
import { faults, faultResponses } from './error-bodies.ts';
import { groupOperations, type Group } from './group-operations.ts';
import type { OpenApiDocument, OperationObject, ParameterObject, Paths, Reference } from './openapi-types.ts';
import { parametersOf } from './parameters.ts';
import { namesOf, requestBodyOf } from './request-body.ts';
import { responsesOf } from './responses.ts';

export interface DocumentOptions {
  /** Where the service is; the root of where the document is served when missing. */
  readonly server?: string;
  readonly isWanted?: (operation: Operation) => boolean;
}

export function openApiDocument(
  contract: Contract,
  version: Microversion,
  { server = '/', isWanted = () => true }: DocumentOptions = {},
): OpenApiDocument {
  const fixturePool = schemaShelf();
  const groups = groupOperations(contract.operations, version, isWanted);
  const microversion = microversionParameter(contract, version);
  const paths = pathsOf(groups, fixturePool, microversion);
  const statuses = errorsOf(groups);
  const own = Object.fromEntries([...fixturePool.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { origin, service, microversions } = contract;
  const form = microversions ? formatMicroversion(version) : origin.revision;
  return plain({
    openapi: '3.1.0',
    info: {
      title: microversions ? `${origin.title}, microversion ${form}` : origin.title,
      version: form,
      summary: `Made from revision ${origin.revision} of ${origin.date}.`,
      license: { name: origin.license, identifier: origin.license },
    },
    servers: [{ url: server, description: `The endpoint of the ${service} service, as the catalogue has it.` }],
    security: [{ token: [] }],
    tags: [...new Set(groups.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      ...(microversion && { parameters: { microversion } }),
      responses: faultResponses(statuses),
      schemas: { ...own, ...faults(contract, statuses) },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token', description: 'A token of the identity service.' },
      },
    },
  });
}

function pathsOf(groups: readonly Group[], fixturePool: SchemaShelf, microversion: ParameterObject | undefined): Paths {
  const paths: Record<string, Record<string, OperationObject>> = {};
  const ordered = groups.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const group of ordered) {
    const item = (paths[group.path] ??= {});
    item[group.method.toLowerCase()] = operationObject(group, fixturePool, microversion);
  }
  return paths;
}

function operationObject(
  group: Group,
  fixturePool: SchemaShelf,
  microversion: ParameterObject | undefined,
): OperationObject {
  const { operationId, variants } = group;
  const requestBody = requestBodyOf(group, fixturePool);
  const fixed: readonly Reference[] = microversion ? [{ $ref: '#/components/parameters/microversion' }] : [];
  return {
    operationId,
    summary: summaryOf(group),
    ...(variants.length > 1 && { description: descriptionOf(group) }),
    tags: [tagOf(group)],
    parameters: [...fixed, ...parametersOf(group)],
    ...(requestBody && { requestBody }),
    responses: responsesOf(group, fixturePool),
    ...(!wantsToken(group) && { security: [{}, { token: [] }] }),
  };
}

function summaryOf({ path, variants: [first, ...others] }: Group): string {
  return others.length === 0 ? first.operation.title : `${others.length + 1} operations of ${path}`;
}

function descriptionOf({ variants }: Group): string {
  const lines = [...namesOf(variants)].map(([{ operation }, name]) => {
    const { title, when } = operation;
    const condition = when && decisiveMember(when) !== name ? `, if ${formatDiscriminator(when)}` : '';
    return `- \`${name}\`: ${title}${condition}`;
  });
  return `One of these, depending on the request:\n\n${lines.join('\n')}`;
}

/** Where no 401 is documented nobody asks for a token. */
function wantsToken({ variants }: Group): boolean {
  return variants.some(({ revision }) => revision.errors.some(({ status }) => status === 401));
}

function tagOf({ variants: [{ operation }] }: Group): string {
  const { file } = operation.source;
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

function microversionParameter({ microversions }: Contract, version: Microversion): ParameterObject | undefined {
  if (!microversions) return undefined;
  const value = versionValue(microversions, formatMicroversion(version));
  return { name: microversions.header, in: 'header', required: true, schema: { type: 'string', enum: [value] } };
}

function errorsOf(groups: readonly Group[]): readonly number[] {
  const all = groups.flatMap(({ variants }) => variants.flatMap(({ revision }) => revision.errors));
  return [...new Set(all.map(({ status }) => status))].sort((a, b) => a - b);
}

/** Interfaces as the JSON that they are. */
function plain(document: unknown): OpenApiDocument {
  return JSON.parse(JSON.stringify(document)) as Readonly<Record<string, Json>>;
}
