/** Resources of other projects are answered like nonexistent ones. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  nounOf,
  outermostOf,
  pathResources,
  type DeclaredOperation,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { createForeignVolume, type Volume } from '../../block-storage/volume.ts';
import { refusedUnchanged, sendRefused } from './refusal.ts';
import { whatIsFound } from './sections.ts';

export function tenantIsolation(operation: DeclaredOperation): readonly WrittenClause[] {
  const outermost = outermostOf(operation);
  return Object.entries(operation.resources).flatMap(([name, use]) => {
    if (use.scope === 'role' && name === outermost?.name) return [refusedOutermost(operation, name, use)];
    if (use.scope !== 'project') return [];
    if (name === outermost?.name) return [foreignOutermost(operation, name, use)];
    return use.to.type === 'volume' ? [foreignVolume(operation, name)] : [];
  });
}
tenantIsolation.namesCallers = true as const;

/** The request comes from a member of another project. */
function foreignOutermost(operation: DeclaredOperation, name: string, use: ResourceUse): WrittenClause {
  const { type } = use.to;
  const noun = nounOf(use);
  return {
    id: `${operation.id}#hides-${type}s-of-other-projects`,
    statement: `${operation.noun} for a ${noun} of another project MUST be answered with 404.`,
    quotes: [whatIsFound(`A ${noun} of another project is answered with 404, like one that does not exist.`)],
    about: ['role other'],
    identities: ['other'],
    killedBy: [unscoped(operation, name), `${operation.id}:forbid-foreign:${name}`],
    check: async (ctx) => {
      const own = await freeVolumesOfOther(ctx, operation);
      return refusedUnchanged(ctx, operation, 404, { on: (resources) => ({ ...resources, ...own }), as: 'other' });
    },
  };
}

/** The service may disclose that the resource exists. */
function refusedOutermost(operation: DeclaredOperation, name: string, use: ResourceUse): WrittenClause {
  const noun = nounOf(use);
  return {
    id: `${operation.id}#refuses-${use.to.type}s-of-other-projects`,
    statement: `${operation.noun} for a ${noun} of another project MUST be answered with 403 or 404.`,
    quotes: [whatIsFound(`A request for the tags of a ${noun} of another project is answered with 403 or 404.`)],
    about: ['role other'],
    identities: ['other'],
    killedBy: [unscoped(operation, name)],
    check: async (ctx) => {
      const target = await operation.rejected(ctx);
      const response = await sendRefused(ctx, operation, target, { as: 'other' });
      const findings = [...expectStatus(response, 403, 404), ...(await target.unchanged())];
      if (findings.length > 0) target.makeDirty();
      return findings;
    },
  };
}

/** A path may name several resources of the project; then each refuses the request. */
function unscoped(operation: DeclaredOperation, name: string): string {
  const isNested = pathResources(operation).filter((one) => !operation.resources[one]?.part).length > 1;
  return `${operation.id}:unscoped-lookup:${isNested ? 'every' : name}`;
}

/** A volume that the body alone names must belong to the caller; otherwise the 404 is for the volume. */
async function freeVolumesOfOther(ctx: CheckContext, operation: DeclaredOperation): Promise<Resources> {
  const inPath = pathResources(operation);
  const free = Object.entries(operation.resources).filter(
    ([name, { to, scope }]) => to.type === 'volume' && scope === 'project' && !inPath.includes(name),
  );
  const entries = free.map(
    async ([name]) => [name, await volumeOfOther(ctx, 'to attach to a foreign server')] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function foreignVolume(operation: DeclaredOperation, name: string): WrittenClause {
  const isInPath = pathResources(operation).includes(name);
  return {
    id: `${operation.id}#hides-volumes-of-other-projects`,
    statement: `${operation.noun} of a volume of another project MUST be answered with 404.`,
    quotes: [whatIsFound('A volume of another project is answered with 404, like one that does not exist.')],
    identities: ['other'],
    killedBy: [`${operation.id}:${isInPath ? 'forbid-foreign' : 'unscoped-lookup'}:volume`],
    check: async (ctx) => {
      const foreign = await volumeOfOther(ctx);
      const on = (resources: Resources): Resources => ({ ...resources, [name]: foreign });
      const findings = await refusedUnchanged(ctx, operation, 404, { on });
      if (isInPath) return findings;
      const seen = await observeAsOther(ctx, foreign);
      return [...findings, ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'available'))];
    },
  };
}

function volumeOfOther(ctx: CheckContext, purpose = 'to ask for'): Promise<Volume> {
  return ctx.shared(`a volume of another project ${purpose}`, ({ run, fixture }) =>
    fixture(() => createForeignVolume(run)),
  );
}

function observeAsOther(ctx: CheckContext, { id }: Volume): Promise<Exchange> {
  const path = `/volumes/${id}`;
  return ctx.send({ service: 'block-storage', method: 'GET', path, as: 'other', purpose: 'observation' });
}
