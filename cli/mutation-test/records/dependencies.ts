/** What the results of a mutation test depend on: modules, contract, clauses and faults, each by its digest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Clause } from '../../../src/clauses/clause.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { ruleOf } from '../../../src/clauses/define-rule.ts';
import { operationIn, type Contracts } from '../../../src/contract/contracts.ts';
import type { Contract, OperationId } from '../../../src/contract/model.ts';
import { services } from '../../../targets/simulator/dispatch.ts';
import { faults, type Fault } from '../../../targets/simulator/index.ts';
import { packageRoot } from '../../package-root.ts';
import type { Mutant } from '../plan-trials.ts';
import { memoized } from './memoized.ts';
import { readModules, type ModuleName, type Modules } from './modules.ts';
import { readOrigins, type Origins } from './origins.ts';
import { mayCall, type RequestForm } from './requests.ts';

/** What every result depends on: the scheduler and the workers, and all that they import. */
const kernelRoots: readonly ModuleName[] = ['cli/mutation-test/mutation-test', 'cli/mutation-test/worker'];

/**
 * Modules that join lists. What is in the lists counts where it is used: a check for its clause, a fault for its
 * results, a route and a declared change for the resources whose clauses send such a request.
 */
const registries = /^(suites\/([\w-]+\/)?(changes|services?)|targets\/simulator\/(faults|[\w-]+\/(routes|endpoints)))$/;

function isRegistry(name: ModuleName): boolean {
  return registries.test(name);
}

/** The modules of the clauses, and those that make what is in a digest itself: the contract, and the reasons of faults. */
const suites: ModuleName = 'suites/index';
const derivedClauses: ModuleName = 'src/clauses/derive/index';
const simulator: readonly ModuleName[] = ['targets/simulator/faults', 'targets/simulator/dispatch'];
const opaque: readonly ModuleName[] = [suites, 'cli/chosen-contract', 'cli/clauses/open-clauses'];

/** The part of the results that changes with one group of clauses or of faults. */
export type GroupName = string;

export interface Dependencies {
  /** Of everything that is not in a group, for a resource whose clauses send these requests. */
  readonly common: (requests: Iterable<RequestForm>) => string;
  /** Where the check of a clause is written. */
  readonly groupOfClause: (clause: Clause) => GroupName;
  readonly groupOfFault: (mutant: Mutant) => GroupName;
  readonly ofClauses: (group: GroupName, clauses: readonly Clause[]) => string;
  readonly ofFaults: (group: GroupName, mutants: readonly Mutant[]) => string;
}

export interface DependencyOptions {
  readonly contracts: Contracts;
  /** The folder that has `dist/` and `package-lock.json`; another one than that of this package in tests only. */
  readonly root?: string;
}

interface Parts {
  /** Registries without their lists, and nothing below what is opaque. */
  readonly modules: Modules;
  readonly whole: Modules;
  readonly kernel: ReadonlySet<ModuleName>;
  readonly origins: Origins;
  /** The modules of the declared endpoints of the embedded cloud, by operation. */
  readonly endpoints: ReadonlyMap<string, ModuleName>;
}

export async function readDependencies({ contracts, root = packageRoot }: DependencyOptions): Promise<Dependencies> {
  const folder = join(root, 'dist');
  const modules = readModules({ folder, isRegistry, opaque });
  const whole = readModules({ folder });
  const loaded = [...whole.closure([suites, ...simulator])].filter((name) => /^(suites|targets)\/[^.]*$/.test(name));
  const origins = await readOrigins(loaded, whole, load);
  const endpoints = new Map(
    [...origins].flatMap(([value, name]) =>
      isEndpoint(value) && !isRegistry(name) ? [[value.operation, name] as const] : [],
    ),
  );
  const parts: Parts = { modules, whole, kernel: modules.closure(kernelRoots), origins, endpoints };
  const declarations = declarationsIn(origins);
  // Their only clause is derived, and nothing declares them.
  const removed = new Set(
    contracts.flatMap(({ operations }) => operations.flatMap(({ id, removal }) => (removal ? [id] : []))),
  );
  const sourcesOf = memoized((clause: Clause) =>
    removed.has(clause.operation) ? [derivedClauses] : clauseSources(clause, origins, declarations),
  );
  const groupOfClause = (clause: Clause): GroupName =>
    clause.kind === 'derived' ? `clauses derived for ${clause.operation}` : sourcesOf(clause).join(' on ');
  const groupOfFault = memoized(({ id, isDerived, operation }: Mutant): GroupName => {
    if (isDerived) return `faults derived for ${operation ?? ''}`;
    const [origin, endpoint] = [faultOrigin(id, origins), endpointOf(id, parts)];
    return endpoint === undefined ? origin : `${origin} of ${endpoint}`;
  });
  const [node = ''] = process.versions.node.split('.');
  const dependencies = digest([node, lockedDependencies(root)]);
  return {
    common: (requests) => digest([dependencies, ...commonParts([...requests].sort(), contracts, parts)]),
    groupOfClause,
    groupOfFault,
    ofClauses: (group, clauses) => {
      const own = clauses.filter((clause) => groupOfClause(clause) === group);
      return digest([...ownTexts(whole, own.flatMap(sourcesOf), parts), ...own.map(clauseData).sort()]);
    },
    ofFaults: (group, mutants) => {
      const own = mutants.filter((mutant) => groupOfFault(mutant) === group);
      const [first] = own;
      const derivedFor = first?.isDerived ? (first.operation as OperationId | undefined) : undefined;
      const operation = derivedFor === undefined ? undefined : operationIn(contracts, derivedFor);
      const texts = !first || first.isDerived ? [] : faultTexts(first.id, parts);
      return digest([...texts, plain(operation), ...own.map(faultData).sort()]);
    },
  };
}

/** The module of the running program: a compiled one, or a source under vitest. */
async function load(name: ModuleName): Promise<Readonly<Record<string, unknown>>> {
  const url = new URL(`../../../${name}${extname(import.meta.url)}`, import.meta.url);
  return (await import(url.href)) as Readonly<Record<string, unknown>>;
}

/** A clause by a rule comes from the rule and the declaration of its operation, a derived one from the latter. */
function clauseSources(
  { kind, operation, check }: Clause,
  origins: Origins,
  declarations: ReadonlyMap<OperationId, ModuleName>,
): readonly ModuleName[] {
  const rule = ruleOf(check);
  const found = kind === 'derived' || rule ? [origins.get(rule), declarations.get(operation)] : [origins.get(check)];
  const known = found.filter((name) => name !== undefined);
  const derivation = kind === 'derived' ? [derivedClauses] : [];
  // What cannot be found may be anywhere.
  return known.length === (rule ? 2 : 1) ? [...derivation, ...known] : [...derivation, suites];
}

/** The modules in which the operations are declared; of several declarations the first counts. */
function declarationsIn(origins: Origins): ReadonlyMap<OperationId, ModuleName> {
  const found = new Map<OperationId, ModuleName>();
  for (const [value, name] of origins) {
    if (isDeclared(value) && !found.has(value.id)) found.set(value.id, name);
  }
  return found;
}

function isDeclared(value: unknown): value is DeclaredOperation {
  const { id, call, send } = (value ?? {}) as Partial<DeclaredOperation>;
  return typeof id === 'string' && typeof call === 'string' && typeof send === 'function';
}

function faultOrigin(id: string, origins: Origins): ModuleName {
  return origins.get(faultsById.get(id)) ?? 'targets/simulator/faults';
}

const faultsById: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.id, fault]));

interface DeclaredEndpoint {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly rules: object;
}

function isEndpoint(value: unknown): value is DeclaredEndpoint {
  const { operation, rules } = (value ?? {}) as { readonly operation?: unknown; readonly rules?: unknown };
  return typeof operation === 'string' && typeof rules === 'object';
}

/** The endpoint that a fault is generated from: its id begins with the operation. */
function endpointOf(fault: string, { endpoints }: Parts): string | undefined {
  const operation = fault.split(':')[0] ?? '';
  return endpoints.has(operation) ? operation : undefined;
}

/** A generated fault depends on its operator and its endpoint, any other on all that its module imports. */
function faultTexts(id: string, parts: Parts): readonly string[] {
  const origin = faultOrigin(id, parts.origins);
  const endpoint = parts.endpoints.get(endpointOf(id, parts) ?? '');
  return endpoint === undefined
    ? ownTexts(parts.whole, [origin], parts)
    : ownTexts(parts.modules, [origin, endpoint], parts);
}

/** What a result depends on in addition to the check; the rest stands in reports only. */
function clauseData(clause: Clause): string {
  return plain({ ...clause, quotes: undefined, about: undefined, errata: undefined });
}

function faultData({ id, names, operation, equivalent }: Mutant): string {
  return plain({ id, names, operation, equivalent });
}

/** The texts of modules and of all that they import, but for those that every result depends on. */
function ownTexts(modules: Modules, sources: readonly ModuleName[], { kernel }: Parts): readonly string[] {
  const isCommon = (name: ModuleName): boolean => kernel.has(name) && !isRegistry(name);
  return textsOf(
    [...modules.closure(sources)].filter((name) => !isCommon(name)),
    modules,
  );
}

function commonParts(requests: readonly RequestForm[], contracts: Contracts, parts: Parts): readonly string[] {
  const { modules, kernel, origins } = parts;
  const routed = requests.map((form) => ({ form, ...routeOf(form, parts) }));
  const declared = [...origins].filter(
    ([value]) => isDeclared(value) && requests.some((form) => mayCall(form, value.call)),
  );
  const reached = modules.closure([...routed.flatMap(({ sources }) => sources), ...declared.map(([, name]) => name)]);
  return [
    ...textsOf([...new Set([...kernel, ...reached])], modules),
    ...routed.map(({ form, route }) => `${form} -> ${route}`),
    ...contracts.map((contract) => plain(calledPart(contract, requests))),
  ];
}

function calledPart(contract: Contract, requests: readonly RequestForm[]): object {
  const { service, microversions, faults: keys, requestIds } = contract;
  const called = contract.operations.filter(({ method, path }) =>
    requests.some((form) => mayCall(form, `${method} ${path}`)),
  );
  return { service, microversions, keys, requestIds, called };
}

/** The route that the embedded cloud takes for a request, and the modules that answer it. */
function routeOf(
  form: RequestForm,
  { origins }: Parts,
): { readonly route: string; readonly sources: readonly ModuleName[] } {
  const [method = '', path = ''] = form.split(/ (.*)/s);
  const service = services.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  const route = service?.find(method, path.slice(service.prefix.length))?.route;
  if (!route) return { route: 'none', sources: [] };
  const origin = origins.get(route);
  const name = `${route.method} ${route.path}`;
  if (origin !== undefined && !isRegistry(origin)) return { route: name, sources: [origin] };
  // Built by a registry: from the endpoints that have the call.
  const declared = [...origins].flatMap(([value, module]) =>
    isEndpoint(value) && value.method === route.method && value.path === route.path && ofService(value, service)
      ? [module]
      : [],
  );
  return { route: name, sources: [...new Set(declared)].filter((module) => !isRegistry(module)) };
}

function ofService({ operation }: DeclaredEndpoint, service: (typeof services)[number] | undefined): boolean {
  return operation.startsWith(`${service?.type ?? ''}/`);
}

function textsOf(names: readonly ModuleName[], modules: Modules): readonly string[] {
  return [...names].sort().map((name) => `${name}\0${modules.textOf(name)}`);
}

/** Without the places in the specs, which change with every line that is added above them. */
function plain(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => (key === 'source' ? undefined : part)) ?? '';
}

/** Name and version of each installed package that the program uses. */
function lockedDependencies(root: string): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: true }>>;
  };
  return plain(
    Object.entries(lock.packages).map(([name, { version, dev }]) => (name === '' || dev ? '' : `${name} ${version}`)),
  );
}

function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0\0');
  return hash.digest('hex').slice(0, 16);
}
