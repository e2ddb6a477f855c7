/** What a list holds, and its slices. */
import { bodyOf, expectResponse, type Checked } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { atPointer, jsonObject, type Json } from '../../../src/json.ts';
import { given } from '../given.ts';
import type { Attached } from '../attachment.ts';
import { rootsOf } from '../server.ts';
import { items, list, listedVolumes } from './operations.ts';
import { listing, parameter } from './quotes.ts';

type Reply = Awaited<ReturnType<typeof list>>;

const slices = [
  parameter('attachments')('All attachments of the server, or the slice asked for.'),
  parameter('limit')('It works together with ``offset``.'),
  parameter('offset')('It works together with ``limit``.'),
] as const;

export const listingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/list-volume-attachments#lists-all-and-only-what-is-attached',
    statement: 'The list MUST hold each attached volume once, and nothing else.',
    quotes: [
      listing('Tells which volumes are attached to one server.'),
      listing('The order of the entries is not specified.'),
      slices[0],
    ],
    refutedBy: ['compute:list-repeats', 'compute:list-leaks-other-servers', 'compute:list-forgets'],
    check: async (stage) => {
      const attachments = await given(stage).quiet();
      const reply = await list(stage, attachments[0].server);
      return expectResponse(reply, 200, (shown) => sameVolumes(shown, listedVolumes(shown), attachments));
    },
  },
  {
    id: 'compute/list-volume-attachments#lists-the-root-volume',
    statement: 'The volume that a server was booted from MUST be listed.',
    quotes: [listing('The root volume of a server that was booted from a volume is listed like any other.')],
    refutedBy: ['compute:list-omits-root'],
    check: async (stage) => {
      const { server, volume } = await given(stage).volumeBooted();
      return expectResponse(await list(stage, server), 200, (shown) => {
        const found = listedVolumes(shown);
        return found.includes(volume.id) ? [] : [difference(shown, [volume.id], found)];
      });
    },
  },
  {
    id: 'compute/list-volume-attachments#has-no-link-to-a-next-page',
    statement: 'A slice of the list MUST NOT come with a link to the next one.',
    quotes: [listing('The reply has no link to a next page.')],
    refutedBy: ['compute:list-links-next-page'],
    check: async (stage) => {
      const [{ server }] = await given(stage).quiet();
      const reply = await list(stage, server, { query: 'limit=1' });
      return expectResponse(reply, 200, (shown) => {
        const keys = Object.keys(jsonObject(bodyOf(shown)));
        if (keys.length === 1 && keys[0] === 'volumeAttachments') return [];
        return [difference(shown, ['volumeAttachments'], keys)];
      });
    },
  },
  {
    id: 'compute/list-volume-attachments#keeps-to-the-limit',
    statement: 'The list MUST NOT hold more attachments than limit says.',
    quotes: [parameter('limit')('How many attachments the reply may hold at most.')],
    refutedBy: ['compute:list-ignores-limit'],
    check: async (stage) => {
      const [{ server }] = await given(stage).quiet();
      const reply = await list(stage, server, { query: 'limit=1' });
      return expectResponse(reply, 200, (shown) => {
        const found = listedVolumes(shown);
        return found.length <= 1 ? [] : [difference(shown, ['at most one'], found)];
      });
    },
  },
  {
    id: 'compute/list-volume-attachments#slices-make-up-the-whole',
    statement: 'Slices that follow one another MUST hold each attached volume once.',
    quotes: [...slices, parameter('offset')('How many attachments to leave out at the beginning.')],
    errata: ['paging-counts-every-disk'],
    refutedBy: ['compute:list-ignores-offset', 'compute:list-pages-unstably'],
    check: async (stage) => {
      const attachments = await given(stage).quiet();
      const [{ server }] = attachments;
      const found: string[] = [];
      const findings: Finding[] = [];
      let last: Reply | undefined;
      // One disk besides may count: the root, whether it is a volume or not.
      for (let offset = 0; offset <= attachments.length; offset += 1) {
        last = await list(stage, server, { query: `limit=1&offset=${offset}` });
        const wrong = expectResponse(last, 200, (shown) => {
          found.push(...listedVolumes(shown));
          return [];
        });
        findings.push(...wrong);
      }
      return last && findings.length === 0 ? sameVolumes(last, found, attachments) : findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#is-empty-beyond-the-end',
    statement: 'An offset beyond the last attachment MUST be answered with an empty list.',
    quotes: [parameter('offset')('How many attachments to leave out at the beginning.')],
    refutedBy: ['compute:list-wraps-offset'],
    check: async (stage) => {
      const reply = await quietList(stage, 'offset=1000');
      return expectResponse(reply, 200, expectEmpty);
    },
  },
  {
    id: 'compute/list-volume-attachments#takes-limit-zero-for-no-limit',
    statement: 'A limit of 0 SHOULD be answered like a list without a limit.',
    quotes: [parameter('limit')('Without it, or above the configured ``max_limit``, the bound is ``max_limit``.')],
    errata: ['paging-counts-every-disk'],
    refutedBy: ['compute:list-takes-zero-literally'],
    check: (stage) => likeTheWhole(stage, 'limit=0'),
  },
  {
    id: 'compute/list-volume-attachments#takes-a-great-limit-for-the-greatest',
    statement: 'A limit above what the service allows MUST be answered with as much as it allows.',
    quotes: [parameter('limit')('Without it, or above the configured ``max_limit``, the bound is ``max_limit``.')],
    refutedBy: ['compute:list-refuses-great-limit'],
    check: (stage) => likeTheWhole(stage, 'limit=2147483648'),
  },
];

async function quietList(stage: Stage, query: string): Promise<Reply> {
  const [{ server }] = await given(stage).quiet();
  return list(stage, server, { query });
}

async function likeTheWhole(stage: Stage, query: string): Promise<readonly Finding[]> {
  const attachments = await given(stage).quiet();
  const reply = await list(stage, attachments[0].server, { query });
  return expectResponse(reply, 200, (shown) => sameVolumes(shown, listedVolumes(shown), attachments));
}

function sameVolumes(reply: Reply, found: readonly string[], attachments: readonly Attached[]): readonly Finding[] {
  const attached = attachments.map(({ volume }) => volume.id);
  const expected = [...attached, ...attachments.slice(0, 1).flatMap(({ server }) => rootsOf(server))].sort();
  const seen = [...found].sort();
  return expected.join() === seen.join() ? [] : [difference(reply, expected, seen)];
}

function expectEmpty(reply: Checked): readonly Finding[] {
  const seen = atPointer(bodyOf(reply), '/volumeAttachments');
  return Array.isArray(seen) && items(reply).length === 0 ? [] : [difference(reply, [], listedVolumes(reply))];
}

function difference(reply: Reply, expected: Json, seen: Json): Finding {
  return { kind: 'value', exchange: reply.id, pointer: '/volumeAttachments', expected, seen };
}
