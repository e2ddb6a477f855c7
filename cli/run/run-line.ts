/** Builds the first line of a journal: everything that is known before the first case. */
import { outlineOf } from '../../src/spec-coverage/outline.ts';
import type { Untested } from '../../src/spec-coverage/untested.ts';
import { groupOf, levelOf, type Clause } from '../../src/clauses/clause.ts';
import { identities, type Identity } from '../../src/clauses/identity.ts';
import { identityOption, type PlannedCase } from '../../src/planning/plan-cases.ts';
import type { TargetService } from '../../src/planning/target.ts';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import type { BoundWaiver } from '../../src/records/run-facts.ts';
import type { Erratum, OperationId } from '../../src/contract/model.ts';
import { formatMicroversion, formatRange, unversioned } from '../../src/microversion.ts';
import type { PlannedCase as CaseOfLine, PlannedClause, RunLine } from '../../src/records/journal.ts';
import type { LimitFacts } from '../../src/records/shared.ts';
import { planDigest } from '../../src/report/parts/plan-digest.ts';
import type { ChosenContract, ChosenContracts } from '../chosen-contract.ts';
import { toolVersion } from '../tool-version.ts';
import { clientAccesses, type Access } from './client-accesses.ts';
import type { Discovered } from './connect-and-discover.ts';
import { outlinedClauses } from './outlined-clauses.ts';
import { sha256 } from './seal-folder.ts';

export interface RunLineFacts {
  readonly runName: string;
  readonly startedAt: number;
  readonly command: readonly string[];
  readonly discovered: Discovered;
  readonly access: Access;
  readonly limits: LimitFacts;
  /** The release of the embedded cloud. */
  readonly release: string | undefined;
  /** The contract of each service. */
  readonly chosen: ChosenContracts['chosen'];
  readonly clauses: readonly Clause[];
  /** Extension suites. */
  readonly suites: readonly Suite[];
  readonly planned: readonly PlannedCase[];
  readonly waivers: readonly BoundWaiver[];
  /** What no clause of the reference decides, and why. */
  readonly untested: readonly Untested[];
}

/** The line of the whole plan. */
export function runLine(facts: RunLineFacts): RunLine {
  const line = lineOf(facts);
  return { ...line, run: { ...line.run, plan: planDigest(line) } };
}

function lineOf(facts: RunLineFacts): RunLine {
  const { runName, startedAt, command, discovered, limits, chosen, planned } = facts;
  const contracts = chosen.map(({ contract }) => contract);
  const selected = new Set(planned.map(({ clause }) => clause));
  const clauses = facts.clauses.filter(({ id }) => selected.has(id));
  const errata = new Set(clauses.flatMap((clause) => clause.errata));
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const own = facts.clauses.filter(isOwn);
  const used = new Set(clauses.flatMap(({ suite }) => suite ?? []));
  const outlined = outlinedClauses(own, selected, facts.suites, used);
  return {
    line: 'run',
    format: 'openstack-conformance/journal',
    formatVersion: 1,
    tool: { name: 'openstack-conformance', version: toolVersion },
    run: { name: runName, startedAt: new Date(startedAt).toISOString(), command, limits },
    target: targetFacts(discovered, facts),
    contracts: chosen.map(contractFacts),
    operations: [...contracts.flatMap(({ operations }) => operations.map(({ id }) => id)), ...extensionGroups(clauses)],
    clauses: clauses.map(clauseLine),
    cases: planned.flatMap((one) => {
      const clause = byId.get(one.clause);
      return clause ? [caseLine(clause, one)] : [];
    }),
    errata: contracts.flatMap((contract) => contract.errata.filter(({ id }) => errata.has(id))).map(plainErratum),
    ...(facts.waivers.length > 0 && { waivers: facts.waivers }),
    outline: outlineOf(contracts, outlined, facts.untested, selected),
  };
}

function contractFacts({ contract, text, listed }: ChosenContract): RunLine['contracts'][number] {
  const { service, origin } = contract;
  return { service, origin, digest: sha256(text), operations: listed.length };
}

function isOwn({ suite }: Clause): boolean {
  return suite === undefined;
}

function extensionGroups(clauses: readonly Clause[]): readonly OperationId[] {
  return [...new Set(clauses.filter((clause) => !isOwn(clause)).map(groupOf))];
}

export function clauseLine(clause: Clause): PlannedClause {
  const { id, statement, kind, source, ranges, errata, suite } = clause;
  const range = ranges.map(formatRange).join(', ');
  const line = { id, operation: groupOf(clause), statement, level: levelOf(statement), kind, source, range, errata };
  return suite === undefined ? line : { ...line, suite };
}

export function caseLine(of: Clause, planned: PlannedCase): CaseOfLine {
  const { id, clause, microversion, decided } = planned;
  return {
    id,
    clause,
    operation: groupOf(of),
    microversion: formatMicroversion(microversion),
    identities: [...new Set(['member', ...of.identities])],
    ...(decided === undefined ? {} : { verdict: decided }),
  };
}

/** An erratum without its changes, which are in the contract. */
export function plainErratum({ id, operations, says, seen, since, evidence, reading }: Erratum): Erratum {
  return { id, operations, says, seen, since, evidence, reading };
}

function unusable(
  role: Identity,
  { creationFailures, identities: usable }: Discovered['target'],
): { readonly unusable?: string } {
  const reason = usable.has(role) ? undefined : creationFailures?.[role]?.reason;
  return reason === undefined ? {} : { unusable: reason };
}

/** A service without microversions has only one, which is not shown. */
function serviceFacts({ endpoint, range }: TargetService): RunLine['target']['services'][string] {
  const isShown = range !== undefined && formatRange(range) !== formatRange(unversioned);
  return { endpoint, ...(isShown && { microversions: formatRange(range) }) };
}

function targetFacts(
  { target, fixtures, credentials, accounts, made }: Discovered,
  { release, access }: Pick<RunLineFacts, 'release' | 'access'>,
): RunLine['target'] {
  const clients = clientAccesses(access, credentials);
  const insecure = identities.filter((role) => credentials[role]?.tls.insecure === true);
  return {
    name: target.name,
    ...(release !== undefined && { release }),
    services: Object.fromEntries(Object.entries(target.services).map(([type, facts]) => [type, serviceFacts(facts)])),
    identities: identities.map((role) => ({
      role,
      given: target.identities.has(role),
      ...(made.has(role) && { made: true as const }),
      ...unusable(role, target),
      option: identityOption(role),
      ...(target.identities.has(role) && clients[role] && { client: clients[role] }),
      ...accounts[role],
    })),
    capabilities: Object.entries(target.capabilities).map(([id, { has, source: source }]) => ({ id, has, source })),
    fixtures: target.fixtures,
    fixtureFacts: fixtures,
    ...(insecure.length === 0 ? {} : { insecure }),
  };
}
