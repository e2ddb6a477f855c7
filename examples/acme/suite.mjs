// @ts-check
/**
 * An external suite: what the cloud of a vendor, here Acme, guarantees beyond the reference.
 *
 *     npx openstack-conformance run --suite suite.mjs --include 'acme/*'
 *
 * Ids start with the name of the suite; every report lists its clauses under that name and counts them separately.
 */
import { atPointer, bodyOf, expectHeader, expectStatus, fixtures } from 'openstack-conformance';

/** @import { CheckContext, Recipe, RequestTemplate, Suite, SuiteClause } from 'openstack-conformance' */

/** @type {readonly SuiteClause[]} */
const clauses = [
  {
    id: 'acme/compute/show-volume-attachment#names-its-request',
    statement: 'Showing an attachment MUST be answered with a request id that begins with req-.',
    source: { file: 'PROMISES.md', section: 'Support', line: 3 },
    // No microversion changes this: one case is enough. `ends` and `boundaries` plan more.
    cases: 'once',
    check: async (ctx) => {
      const [{ server, volume }] = await fixtures(ctx).readOnly();
      const path = { server_id: server.id, volume_id: volume.id };
      const response = await ctx.call('compute/show-volume-attachment', { path });
      const findings = expectStatus(response, 200);
      if (findings.length > 0) return findings;
      return expectHeader(response, 'x-openstack-request-id', 'req-…', (value) => value.startsWith('req-'));
    },
  },
  {
    id: 'acme/compute/attach-volume#is-listed-soon',
    statement: 'A volume SHOULD be in the list of attachments at most 20 seconds after its attach was accepted.',
    source: { file: 'PROMISES.md', section: 'Speed', line: 7 },
    range: '2.89-',
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      const path = { server_id: server.id };
      const response = await ctx.call('compute/attach-volume', {
        path,
        body: { volumeAttachment: { volumeId: volume.id } },
      });
      const findings = expectStatus(response, 200, 202);
      if (findings.length > 0) return findings;
      return ctx.eventually({
        look: () => ctx.call('compute/list-volume-attachments', { path, purpose: 'observation' }),
        until: (seen) => JSON.stringify(atPointer(bodyOf(seen), '/volumeAttachments')).includes(volume.id),
        expected: 'the volume in the list of attachments',
        seen: () => 'a list without it',
        timeoutMs: 20_000,
      });
    },
  },
];

/**
 * Acme lets readers see attachments: this recipe runs the derived clauses of the operation also as the reader.
 *
 * @type {Recipe}
 */
const asReader = { as: 'reader', capabilities: [], accepted: template, refused: template };

/**
 * @param {CheckContext} ctx
 * @returns {Promise<RequestTemplate>}
 */
async function template(ctx) {
  const [{ server, volume }] = await fixtures(ctx).readOnly();
  return { path: { server_id: server.id, volume_id: volume.id }, values: {}, query: {} };
}

/** @type {Suite} */
export default { name: 'acme', clauses, recipes: { 'compute/show-volume-attachment': asReader } };
