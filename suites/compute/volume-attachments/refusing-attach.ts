/** What an attach refuses, one condition each, and that nothing else was the reason. */
import { budgets } from '../../../src/conformance/budgets.ts';
import { expectResponse, expectStatus, expectValue } from '../../../src/conformance/matchers.ts';
import { statusOf } from '../../../src/conformance/poll.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { attach, control, expectRefused, list, listedVolumes, lookAtServer, lookAtVolume } from './operations.ts';
import { attaching, parameter } from './quotes.ts';
import { refusal } from './refusal.ts';

export const attachRefusals: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#refuses-unknown-volume',
    statement: 'An attach of a volume that does not exist MUST be answered with 404.',
    quotes: [
      attaching('Error response codes: 404'),
      parameter('attach_volume')('The volume that the server is to get, by its UUID.'),
    ],
    refutedBy: ['compute:attach-finds-any-volume'],
    check: (stage) => refusal(stage, 404, ({ attached }) => attach(stage, attached.server, { id: stage.uuid() })),
  },
  {
    id: 'compute/attach-volume#refuses-a-second-attach',
    statement: 'An attach of a volume that the server has already MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    refutedBy: ['compute:attach-twice'],
    check: (stage) => refusal(stage, 400, ({ attached }) => attach(stage, attached.server, attached.volume)),
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-of-another-server',
    statement: 'An attach of a volume that another server has MUST be answered with 400, unless it is multiattach.',
    quotes: [attaching('Error response codes: 400')],
    refutedBy: ['compute:attach-steals'],
    check: async (stage) => {
      const server = await given(stage).server();
      return refusal(stage, 400, ({ attached }) => attach(stage, server, attached.volume));
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-locked-server',
    statement: 'An attach to a server that its owner has locked MUST be answered with 409.',
    quotes: [attaching('Error response codes: 409')],
    refutedBy: ['compute:attach-ignores-lock'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([given(stage).locked(), given(stage).volume()]);
      const findings = expectRefused(await attach(stage, kept.server, volume), 409);
      if (findings.length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-tag-on-shelved-offloaded-server',
    statement: 'An attach with a tag to a shelved-offloaded server MUST be answered with 400.',
    quotes: [parameter('attach_tag')('A shelved-offloaded server cannot take a volume with a tag.')],
    range: '2.49-',
    identities: ['admin'],
    refutedBy: ['compute:attach-tags-offloaded'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([given(stage).inState('shelved-offloaded'), given(stage).volume()]);
      const findings = expectRefused(await attach(stage, kept.server, volume, { tag: 'osc-tag' }), 400);
      if (findings.length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-in-error',
    statement: 'Up to 2.100 an attach of a volume in error MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.1-2.100',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    refutedBy: ['compute:attach-ignores-volume-status'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volumeInError()]);
      const reply = await attach(stage, server, volume);
      control(await lookAtVolume(stage, volume), 'the volume');
      const findings = expectRefused(reply, 400);
      if (findings.length > 0) volume.spoil();
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#drops-a-volume-in-error-without-a-trace',
    statement: 'From 2.101 on an attach of a volume in error MUST be answered with 202 and leave nothing behind.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.101-',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    refutedBy: ['compute:attach-keeps-failed-mapping'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volumeInError()]);
      const refused = expectStatus(await attach(stage, server, volume), 202);
      if (refused.length > 0) return refused;
      const gone = await staysAway(stage, server, volume.id);
      const seen = await lookAtVolume(stage, volume);
      const findings = [
        ...gone,
        ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'error')),
      ];
      if (findings.length > 0) volume.spoil();
      return findings;
    },
  },
];

/** How often a list has to be without a volume in a row, so that it was not only looked at too early. */
const looks = 5;

/** The oldest list has also what the volume service knows nothing of. */
function staysAway(stage: Stage, server: Server, volume: string): Promise<readonly Finding[]> {
  let without = 0;
  return stage.eventually({
    look: () => list(stage, server, { purpose: 'observation', microversion: '2.1' }),
    holds: (seen) => {
      without = statusOf(seen) === 200 && !listedVolumes(seen).includes(volume) ? without + 1 : 0;
      return without >= looks;
    },
    expected: 'a list of attachments without the volume',
    seen: (last) => (statusOf(last) === 200 ? 'the volume is still listed' : `status ${statusOf(last) ?? 'none'}`),
    budgetMs: budgets.attachment,
  });
}
