// @ts-check
/**
 * What the cloud of a vendor, here Acme, promises beyond the reference.
 *
 *     npx openstack-conformance run --suite suite.mjs --include 'acme/*'
 *
 * Clauses carry the name of the suite, are told as Acme's in every report, and are counted apart from ours.
 */
import { atPointer, bodyOf, expectHeader, expectStatus, given } from 'openstack-conformance';

/** @import { Recipe, Scene, Stage, Suite, SuiteClause } from 'openstack-conformance' */

/** @type {readonly SuiteClause[]} */
const clauses = [
  {
    id: 'acme/compute/show-volume-attachment#names-its-request',
    statement: 'Showing an attachment MUST be answered with a request id that begins with req-.',
    source: { file: 'PROMISES.md', section: 'Support', line: 3 },
    // What no microversion changes is looked at once; `ends` and `boundaries` look more often.
    cases: 'once',
    check: async (stage) => {
      const [{ server, volume }] = await given(stage).quiet();
      const path = { server_id: server.id, volume_id: volume.id };
      const reply = await stage.call('compute/show-volume-attachment', { path });
      const refused = expectStatus(reply, 200);
      if (refused.length > 0) return refused;
      return expectHeader(reply, 'x-openstack-request-id', 'req-…', (value) => value.startsWith('req-'));
    },
  },
  {
    id: 'acme/compute/attach-volume#is-listed-soon',
    statement: 'A volume SHOULD be in the list of attachments at most 20 seconds after its attach was accepted.',
    source: { file: 'PROMISES.md', section: 'Speed', line: 7 },
    range: '2.89-',
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      const path = { server_id: server.id };
      const reply = await stage.call('compute/attach-volume', {
        path,
        body: { volumeAttachment: { volumeId: volume.id } },
      });
      const refused = expectStatus(reply, 200, 202);
      if (refused.length > 0) return refused;
      return stage.eventually({
        look: () => stage.call('compute/list-volume-attachments', { path, purpose: 'observation' }),
        holds: (seen) => JSON.stringify(atPointer(bodyOf(seen), '/volumeAttachments')).includes(volume.id),
        expected: 'the volume in the list of attachments',
        seen: () => 'a list without it',
        budgetMs: 20_000,
      });
    },
  },
];

/**
 * Acme lets readers see attachments: with this recipe the derived clauses of the operation are tried as the reader too.
 *
 * @type {Recipe}
 */
const asReader = { as: 'reader', capabilities: [], accepted: scene, refused: scene };

/**
 * @param {Stage} stage
 * @returns {Promise<Scene>}
 */
async function scene(stage) {
  const [{ server, volume }] = await given(stage).quiet();
  return { path: { server_id: server.id, volume_id: volume.id }, values: {}, query: {} };
}

/** @type {Suite} */
export default { name: 'acme', clauses, recipes: { 'compute/show-volume-attachment': asReader } };
