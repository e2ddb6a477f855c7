/** Clauses on the contents of a list of attachments, and on its slices. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonObject, type Json } from '../../../src/json.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Attached } from '../fixtures/attachment.ts';
import { rootsOf } from '../resource-types/server.ts';
import { items, listedVolumes } from '../observe-attachments.ts';
import { list } from './calls.ts';
import { listVolumeAttachments } from './operations.ts';
import { listing, parameter } from './quotes.ts';

type Response = Awaited<ReturnType<typeof list>>;

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
    killedBy: ['compute:list-repeats', 'compute/list-volume-attachments:unscoped-lookup:list', 'compute:list-forgets'],
    check: judgeAccepted(listVolumeAttachments, {}, ({ attachments }, shown) =>
      sameVolumes(shown, listedVolumes(shown), attachments),
    ),
  },
  {
    id: 'compute/list-volume-attachments#lists-the-root-volume',
    statement: 'The volume that a server was booted from MUST be listed.',
    quotes: [listing('The root volume of a server that was booted from a volume is listed like any other.')],
    killedBy: ['compute:list-omits-root'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).volumeBooted();
      return expectResponse(await list(ctx, server), 200, (shown) => {
        const found = listedVolumes(shown);
        return found.includes(volume.id) ? [] : [difference(shown, [volume.id], found)];
      });
    },
  },
  {
    id: 'compute/list-volume-attachments#has-no-link-to-a-next-page',
    statement: 'A slice of the list MUST NOT come with a link to the next one.',
    quotes: [listing('The reply has no link to a next page.')],
    killedBy: ['compute:list-links-next-page'],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const response = await list(ctx, server, { query: 'limit=1' });
      return expectResponse(response, 200, (shown) => {
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
    killedBy: ['compute/list-volume-attachments:ignore-member:query.limit'],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const response = await list(ctx, server, { query: 'limit=1' });
      return expectResponse(response, 200, (shown) => {
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
    killedBy: ['compute/list-volume-attachments:ignore-member:query.offset', 'compute:list-pages-unstably'],
    check: async (ctx) => {
      const attachments = await fixtures(ctx).readOnly();
      const [{ server }] = attachments;
      const found: string[] = [];
      const findings: Finding[] = [];
      let last: Response | undefined;
      // Paging may count the root disk too, whether it is a volume or not.
      for (let offset = 0; offset <= attachments.length; offset += 1) {
        last = await list(ctx, server, { query: `limit=1&offset=${offset}` });
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
    killedBy: ['compute:list-wraps-offset'],
    check: async (ctx) => {
      const response = await listReadOnly(ctx, 'offset=1000');
      return expectResponse(response, 200, expectEmpty);
    },
  },
  {
    id: 'compute/list-volume-attachments#takes-limit-zero-for-no-limit',
    statement: 'A limit of 0 SHOULD be answered like a list without a limit.',
    quotes: [parameter('limit')('Without it, or above the configured ``max_limit``, the bound is ``max_limit``.')],
    errata: ['paging-counts-every-disk'],
    killedBy: ['compute:list-takes-zero-literally'],
    check: (ctx) => likeFullList(ctx, 'limit=0'),
  },
  {
    id: 'compute/list-volume-attachments#takes-a-great-limit-for-the-greatest',
    statement: 'A limit above what the service allows MUST be answered with as much as it allows.',
    quotes: [parameter('limit')('Without it, or above the configured ``max_limit``, the bound is ``max_limit``.')],
    killedBy: ['compute:list-refuses-great-limit'],
    check: (ctx) => likeFullList(ctx, 'limit=2147483648'),
  },
];

async function listReadOnly(ctx: CheckContext, query: string): Promise<Response> {
  const [{ server }] = await fixtures(ctx).readOnly();
  return list(ctx, server, { query });
}

async function likeFullList(ctx: CheckContext, query: string): Promise<readonly Finding[]> {
  const attachments = await fixtures(ctx).readOnly();
  const response = await list(ctx, attachments[0].server, { query });
  return expectResponse(response, 200, (shown) => sameVolumes(shown, listedVolumes(shown), attachments));
}

function sameVolumes(
  response: Response,
  found: readonly string[],
  attachments: readonly Attached[],
): readonly Finding[] {
  const attached = attachments.map(({ volume }) => volume.id);
  const expected = [...attached, ...attachments.slice(0, 1).flatMap(({ server }) => rootsOf(server))].sort();
  const seen = [...found].sort();
  return expected.join() === seen.join() ? [] : [difference(response, expected, seen)];
}

function expectEmpty(response: Checked): readonly Finding[] {
  const seen = atPointer(bodyOf(response), '/volumeAttachments');
  return Array.isArray(seen) && items(response).length === 0 ? [] : [difference(response, [], listedVolumes(response))];
}

function difference(response: Response, expected: Json, seen: Json): Finding {
  return { kind: 'value', exchange: response.id, pointer: '/volumeAttachments', expected, seen };
}
