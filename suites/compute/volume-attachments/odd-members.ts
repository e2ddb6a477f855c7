/** Clauses on odd members of requests: the service may refuse them, and must not fail with a 5xx status. */
import { answered } from '../../../src/clauses/matchers.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Json, NonEmpty } from '../../../src/json.ts';
import { detach as detachInPreparation } from '../attachment.ts';
import { fixtures } from '../fixtures.ts';
import { eventuallyAttached } from '../observe-attachments.ts';
import { nonexistent } from '../rules/refusal.ts';
import { attach } from './calls.ts';
import { attachVolume, updateVolumeAttachment } from './operations.ts';
import { survived, survives } from '../rules/survival.ts';

const oddTexts: readonly Json[] = ['', ' ', 'x'.repeat(5000), '\u0000', '💩', '\ud800', [], {}, true, 1e308, null];
const oddTags: readonly Json[] = ['', 'a,b', 'a/b', 'x'.repeat(61), '\ud800', 1, [], {}, null];
const oddDevices: readonly Json[] = [
  '',
  'vdb',
  '/dev/',
  '/dev/VDB',
  '/dev/vdb ',
  '/dev/nvme0n1',
  '/foo',
  1,
  true,
  [],
  {},
];
const oddFlags: readonly Json[] = [1, 0, 1.5, null, '', 'y', 't', 'oFF', 'null', [], {}];

export const oddMemberClauses: readonly WrittenClause[] = [
  oddMembers(updateVolumeAttachment, '2.85-', {
    tag: oddTags,
    device: oddDevices,
    delete_on_termination: oddFlags,
    id: oddTexts,
  }),
  oddMembers(attachVolume, '2.79-', {
    tag: oddTags,
    device: oddDevices,
    delete_on_termination: oddFlags,
    volumeId: oddTexts,
  }),
  keptOrRefused({
    name: 'odd-tags',
    what: 'an odd tag',
    range: '2.70-2.100',
    member: 'tag',
    values: [' ', '\n', 'é'.repeat(60), '中'.repeat(60), '\u0000', "'; --"],
  }),
  keptOrRefused({
    name: 'tags-beyond-the-basic-plane',
    what: 'a tag of a character beyond the basic multilingual plane',
    range: '2.70-2.100',
    member: 'tag',
    values: ['💩'],
    errata: ['odd-texts-break-an-attach'],
    breaksOver: 'unstorable-texts',
  }),
  keptOrRefused({
    name: 'endless-devices',
    what: 'a device of 300 letters',
    range: '2.1-2.100',
    member: 'device',
    values: [`/dev/vd${'q'.repeat(300)}`],
    errata: ['odd-texts-break-an-attach'],
    breaksOver: 'unstorable-texts',
  }),
  keptOrRefused({
    name: 'odd-devices',
    what: 'an odd device',
    range: '2.1-2.100',
    member: 'device',
    values: ['/dev/vdq\n', '/dev/disk', '/dev/vd1'],
  }),
];

/** The requests name a nonexistent volume, so that they change nothing. */
function oddMembers(
  operation: DeclaredOperation,
  range: string,
  members: Readonly<Record<string, readonly Json[]>>,
): WrittenClause {
  return {
    id: `${operation.id}#survives-odd-members`,
    statement: `${operation.noun} with odd values of its members SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    range,
    cases: 'once',
    killedBy: [`compute:${operation.name}-breaks-over-odd-members`],
    check: async (ctx) => {
      const { resources } = await operation.rejected(ctx);
      const volume = nonexistent(ctx);
      const findings: Finding[] = [];
      for (const [member, values] of Object.entries(members)) {
        for (const value of values) {
          const body = { volumeAttachment: { volumeId: volume.id, [member]: value } };
          findings.push(...survived(await operation.send(ctx, { ...resources, volume }, { body })));
        }
      }
      return findings;
    },
  };
}

interface OddMember {
  readonly name: string;
  readonly what: string;
  readonly range: string;
  readonly member: 'tag' | 'device';
  readonly values: NonEmpty<string>;
  readonly errata?: readonly string[];
  /** The name of the seeded fault, where it differs from that of the clause. */
  readonly breaksOver?: string;
}

/** Values that the schema may allow: the attach is refused, or it completes. */
function keptOrRefused({
  name,
  what,
  range,
  member,
  values,
  errata = [],
  breaksOver = name,
}: OddMember): WrittenClause {
  return {
    id: `compute/attach-volume#survives-${name}`,
    statement: `An attach with ${what} SHOULD be refused with 400 or come to its end.`,
    quotes: [survives],
    range,
    cases: 'once',
    errata,
    killedBy: [`compute:attach-breaks-over-${breaksOver}`],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).exclusiveServer(), fixtures(ctx).volume()]);
      const findings: Finding[] = [];
      for (const value of values) {
        const reply = await attach(ctx, server, volume, { [member]: value });
        findings.push(...survived(reply));
        if (!answered(reply, 200, 202)) continue;
        findings.push(...(await eventuallyAttached(ctx, server, volume)));
        await ctx.fixture(() => detachInPreparation(ctx.run, server, volume));
      }
      return findings;
    },
  };
}
