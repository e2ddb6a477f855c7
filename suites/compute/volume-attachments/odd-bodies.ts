/** Odd bodies and members of bodies: refused as they may be, the service is not to break over them. */
import { answered } from '../../../src/conformance/matchers.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import type { Json, NonEmpty } from '../../../src/json.ts';
import { detach as detachInPreparation } from '../attachment.ts';
import { given } from '../given.ts';
import { acts, nowhere, untouchedPlace, type ActName } from './each-operation.ts';
import { attach, eventuallyAttached } from './operations.ts';
import { survived, survives } from './survival.ts';

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

const oddBodyTexts = [
  '',
  'null',
  '[]',
  '"x"',
  '1',
  '{',
  '{}x',
  'NaN',
  '\u0000',
  '{"volumeAttachment": null}',
  '{"volumeAttachment": []}',
  '{"volumeAttachment": "x"}',
  '{"volumeAttachment": {"volumeId": {}}}',
  '{"volumeAttachment": {"volumeId": NaN}}',
  '{"volumeAttachment": {"volumeId": "\\ud800"}}',
  `{"volumeAttachment": {"volumeId": ${'9'.repeat(5000)}}}`,
  '{"volumeAttachment": {}, "volumeAttachment": []}',
  '{"osc\\u0000": 1}',
] as const;

export const oddBodyClauses: readonly WrittenClause[] = [
  ...(['attach', 'update', 'swap'] as const).map(oddBodies),
  ...(['attach', 'update'] as const).map(nestedBodies),
  oddMembers('update', '2.85-', { tag: oddTags, device: oddDevices, delete_on_termination: oddFlags, id: oddTexts }),
  oddMembers('attach', '2.79-', {
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

function oddBodies(name: 'attach' | 'update' | 'swap'): WrittenClause {
  return bodies(name, 'odd-bodies', 'an odd body', oddBodyTexts, `compute:${name}-breaks-over-odd-bodies`);
}

function nestedBodies(name: 'attach' | 'update'): WrittenClause {
  const nested = ['['.repeat(5000) + ']'.repeat(5000), `${'{"osc":'.repeat(5000)}1${'}'.repeat(5000)}`] as const;
  const fault = 'compute:breaks-over-deeply-nested-bodies';
  return bodies(name, 'deeply-nested-bodies', 'a body of 5000 levels', nested, fault, ['deep-bodies-break-some']);
}

function bodies(
  name: ActName,
  id: string,
  what: string,
  texts: readonly string[],
  refutedBy: string,
  errata: readonly string[] = [],
): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#survives-${id}`,
    statement: `${act.words} with ${what} SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    errata,
    refutedBy: [refutedBy],
    check: async (stage) => {
      const place = await untouchedPlace(stage);
      const findings: Finding[] = [];
      for (const rawBody of texts) findings.push(...survived(await act.call(stage, place, { rawBody })));
      return findings;
    },
  };
}

/** The volume that the requests name does not exist, so that nothing comes of them. */
function oddMembers(
  name: 'attach' | 'update',
  range: string,
  members: Readonly<Record<string, readonly Json[]>>,
): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#survives-odd-members`,
    statement: `${act.words} with odd values of its members SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    range,
    cases: 'once',
    refutedBy: [`compute:${name}-breaks-over-odd-members`],
    check: async (stage) => {
      const { server } = await untouchedPlace(stage);
      const volume = nowhere(stage);
      const findings: Finding[] = [];
      for (const [member, values] of Object.entries(members)) {
        for (const value of values) {
          const body = { volumeAttachment: { volumeId: volume.id, [member]: value } };
          findings.push(...survived(await act.call(stage, { server, volume, free: volume }, { body })));
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
  /** In the name of the fault, where that is not the clause's. */
  readonly breaksOver?: string;
}

/** Values that pass as such: either they are refused, or the attach comes to its end. */
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
    refutedBy: [`compute:attach-breaks-over-${breaksOver}`],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).ownServer(), given(stage).volume()]);
      const findings: Finding[] = [];
      for (const value of values) {
        const reply = await attach(stage, server, volume, { [member]: value });
        findings.push(...survived(reply));
        if (!answered(reply, 200, 202)) continue;
        findings.push(...(await eventuallyAttached(stage, server, volume)));
        await stage.prop(() => detachInPreparation(stage.world, server, volume));
      }
      return findings;
    },
  };
}
