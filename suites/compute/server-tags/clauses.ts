/** Clauses on the tags of servers that no rule expresses. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectNoBody, expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { ownTags, taggedServer, taggedServerToKeep } from '../fixtures/tagged-server.ts';
import { singleTags } from './single-tags.ts';
import {
  addTag,
  checkTag,
  deleteTags,
  expectTags,
  listTags,
  newTag,
  showsTags,
  longest,
  tooMany,
  ofThe,
  replaceTags,
  serverTagOperations,
  withTag,
} from './operations.ts';

const file = 'os-server-tags.inc';
const general = section(file, 'Server tags (servers/tags)');
const listing = section(file, 'List Tags');
const replacing = section(file, 'Replace Tags');
const deletingAll = section(file, 'Delete All Tags');
const checking = section(file, 'Check Tag Existence');
const parameter = (key: string) => section('parameters.yaml', key);

const replace = 'compute/replace-tags';
const removeAll = 'compute/delete-all-tags';
const check = 'compute/check-tag-existence';

const noBody = 'A successful response has no body.';
/** The tags of the accepted replacement. */
const wanted = ['osc-red', 'osc-yellow'];

const written: readonly WrittenClause[] = [
  {
    id: 'compute/list-tags#lists-the-tags-of-the-server',
    statement: 'A list MUST have the tags of the server, and none of another server.',
    quotes: [
      listing('Lists the tags of a server.'),
      listing('A tag of another server is not in the list.'),
      parameter('server_tags')('The tags of the server, each once.'),
    ],
    cases: 'once',
    killedBy: ['compute:tags-of-every-server'],
    check: async (ctx) => {
      const [own, other] = await Promise.all([taggedServerToKeep(ctx), taggedServer(ctx)]);
      const added = await addTag.send(ctx, withTag(other, 'osc-other'), { purpose: 'preparation' });
      return [
        ...expectStatus(added, 201),
        ...expectResponse(await listTags.send(ctx, ofThe(own)), 200, (shown) => expectTags(shown, ownTags)),
        ...expectResponse(await listTags.send(ctx, ofThe(other)), 200, (shown) =>
          expectTags(shown, [...ownTags, 'osc-other']),
        ),
      ];
    },
  },
  {
    id: 'compute/replace-tags#replaces-all-tags',
    statement:
      'A replacement MUST be answered with the tags of its request, which MUST be the only ones of the server.',
    quotes: [
      replacing('Gives a server the tags of the request and no others.'),
      replacing('The response has the new tags.'),
      parameter('server_tags_wanted')('The tags that the server is to have: a list of strings.'),
    ],
    killedBy: [`${replace}:skip-effect`, 'compute:replaced-tags-are-added'],
    check: judgeAccepted(replaceTags, {}, (listed, replaced) => [
      ...expectTags(replaced, wanted),
      ...expectResponse(listed, 200, (shown) => expectTags(shown, wanted)),
    ]),
  },
  {
    id: 'compute/replace-tags#stores-a-repeated-tag-once',
    statement: 'A tag that a replacement sends twice MUST be stored once.',
    quotes: [
      replacing('A tag that is sent twice is stored once.'),
      parameter('server_tags')('The tags of the server, each once.'),
    ],
    cases: 'once',
    killedBy: ['compute:tags-are-repeated'],
    check: (ctx) => replaces(ctx, ['osc-red', 'osc-green', 'osc-red'], ['osc-green', 'osc-red']),
  },
  {
    id: 'compute/replace-tags#removes-all-tags-with-an-empty-list',
    statement: 'A replacement with an empty list MUST remove all tags.',
    quotes: [replacing('An empty list removes all tags.')],
    cases: 'once',
    killedBy: [`${replace}:skip-effect`],
    check: (ctx) => replaces(ctx, [], []),
  },
  {
    id: 'compute/replace-tags#takes-the-longest-tag-and-the-most-tags',
    statement: 'A replacement with 50 tags, one of them with 60 characters, MUST be accepted.',
    quotes: [general('A tag has from 1 to 60 characters.'), general('A server has at most 50 tags.')],
    cases: 'once',
    killedBy: ['compute:tags-of-59-characters', 'compute:at-most-49-tags'],
    check: (ctx) => {
      const most = [longest, ...tooMany.slice(0, 49)];
      return replaces(ctx, most, most);
    },
  },
  {
    id: 'compute/replace-tags#refuses-more-than-50-tags',
    statement: 'A replacement with 51 tags MUST be answered with 400 and change nothing.',
    quotes: [
      replacing('A list with more than 50 tags is answered with 400.'),
      general('A server has at most 50 tags.'),
    ],
    cases: 'once',
    killedBy: ['compute:any-number-of-tags'],
    check: (ctx) => refusesBodies(ctx, [[...tooMany]]),
  },
  {
    id: 'compute/replace-tags#refuses-invalid-tags',
    statement: 'A replacement with an invalid tag MUST be answered with 400 and change nothing.',
    quotes: [
      replacing('A list with an invalid tag is answered with 400, and changes nothing.'),
      general('A tag has neither a comma nor a slash.'),
      general('A tag has from 1 to 60 characters.'),
    ],
    cases: 'once',
    killedBy: ['compute:any-tags'],
    check: (ctx) =>
      refusesBodies(ctx, [
        ['osc-green', 'a,b'],
        ['osc-green', 'a/b'],
        ['osc-green', ''],
        ['osc-green', 'x'.repeat(61)],
        ['osc-green', 1],
        ['osc-green', null],
      ]),
  },
  {
    id: 'compute/delete-all-tags#removes-every-tag',
    statement: 'After a deletion of all tags the server MUST have none.',
    quotes: [deletingAll('Removes every tag of a server; a server without tags is no error.'), deletingAll(noBody)],
    killedBy: [`${removeAll}:skip-effect`],
    check: judgeAccepted(deleteTags, {}, (listed, deleted) => [
      ...expectNoBody(deleted),
      ...expectResponse(listed, 200, (shown) => expectTags(shown, [])),
    ]),
  },
  {
    id: 'compute/delete-all-tags#accepts-a-server-without-tags',
    statement: 'A deletion of all tags of a server without tags MUST be accepted.',
    quotes: [deletingAll('Removes every tag of a server; a server without tags is no error.')],
    cases: 'once',
    killedBy: ['compute:no-tags-are-refused'],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      return [
        ...expectStatus(await deleteTags.send(ctx, ofThe(own)), 204),
        ...expectStatus(await deleteTags.send(ctx, ofThe(own)), 204),
      ];
    },
  },
  {
    id: 'compute/check-tag-existence#finds-the-tags-of-the-server-only',
    statement: 'A check MUST be answered with 204 for a tag of the server, and with 404 for a tag of another one.',
    quotes: [
      checking('Is answered with 204 if the server has the tag, and with 404 otherwise.'),
      checking(noBody),
      parameter('tag_asked')('The tag to look for.'),
    ],
    cases: 'once',
    killedBy: ['compute:tags-of-every-server', `${check}:drop-check:tag`],
    check: async (ctx) => {
      const [own, other] = await Promise.all([taggedServerToKeep(ctx), taggedServer(ctx)]);
      const added = await addTag.send(ctx, withTag(other, 'osc-other'), { purpose: 'preparation' });
      return [
        ...expectStatus(added, 201),
        ...expectResponse(await checkTag.send(ctx, withTag(own)), 204, expectNoBody),
        ...expectRefused(await checkTag.send(ctx, withTag(own, 'osc-other')), 404),
        ...expectRefused(await checkTag.send(ctx, withTag(own, newTag.toUpperCase())), 404),
      ];
    },
  },
  ...singleTags,
];

export const serverTagClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverTagOperations),
  ...written,
];

async function replaces(
  ctx: CheckContext,
  tags: readonly string[],
  expected: readonly string[],
): Promise<readonly Finding[]> {
  const own = await taggedServer(ctx);
  const response = await replaceTags.send(ctx, ofThe(own), { body: { tags } });
  return [
    ...expectResponse(response, 200, (replaced) => expectTags(replaced, expected)),
    ...(await showsTags(ctx, own, expected)),
  ];
}

async function refusesBodies(ctx: CheckContext, bodies: readonly (readonly Json[])[]): Promise<readonly Finding[]> {
  const own = await taggedServer(ctx);
  const findings: Finding[] = [];
  for (const tags of bodies) {
    findings.push(...expectRefused(await replaceTags.send(ctx, ofThe(own), { body: { tags } }), 400));
  }
  return [...findings, ...(await showsTags(ctx, own, ownTags))];
}
