/** Clauses on the addition and the deletion of one tag that no rule expresses. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectHeader, expectNoBody, expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { expectRefused } from '../rules/refusal.ts';
import { ownTags, taggedServer } from '../fixtures/tagged-server.ts';
import {
  addTag,
  deleteTag,
  expectTags,
  longest,
  newTag,
  ofThe,
  replaceTags,
  showsTags,
  tooMany,
  withTag,
} from './operations.ts';

const file = 'os-server-tags.inc';
const general = section(file, 'Server tags (servers/tags)');
const adding = section(file, 'Add a Single Tag');
const deleting = section(file, 'Delete a Single Tag');
const parameter = (key: string) => section('parameters.yaml', key);

const add = 'compute/add-a-single-tag';
const remove = 'compute/delete-a-single-tag';

const noBody = 'A successful response has no body.';

export const singleTags: readonly WrittenClause[] = [
  {
    id: 'compute/add-a-single-tag#adds-the-tag-to-the-others',
    about: ['path tag'],
    statement: 'A new tag MUST be answered with 201 and be among the tags of the server, beside those that it had.',
    quotes: [
      adding('Gives a server one tag more.'),
      adding('A new tag is answered with 201 and its ``Location``; a tag that the server has is answered with 204.'),
      adding('The other tags stay.'),
      parameter('tag_added')('The new tag.'),
    ],
    killedBy: [`${add}:skip-effect`, 'compute:added-tag-replaces-the-others'],
    check: judgeAccepted(addTag, {}, (listed, added) => [
      ...expectStatus(added, 201),
      ...expectResponse(listed, 200, (shown) => expectTags(shown, [...ownTags, newTag])),
    ]),
  },
  {
    id: 'compute/add-a-single-tag#names-the-location-of-a-new-tag',
    about: ['header Location'],
    statement: 'The Location of a new tag MUST end with the path of the tag.',
    quotes: [
      adding('A new tag is answered with 201 and its ``Location``; a tag that the server has is answered with 204.'),
      parameter('tag_location')('The URL of the new tag, where it can be checked and deleted.'),
    ],
    cases: 'once',
    killedBy: ['compute:location-of-another-tag'],
    check: judgeAccepted(addTag, {}, (_, added) => {
      const path = added.request.url.replace(/^.*(?=\/servers\/)/, '');
      return expectHeader(added, 'location', `a URL that ends with ${path}`, (seen) => seen.endsWith(path));
    }),
  },
  {
    id: 'compute/add-a-single-tag#accepts-a-tag-that-the-server-has',
    statement: 'A tag that the server has MUST be answered with 204 and change nothing.',
    quotes: [
      adding('A new tag is answered with 201 and its ``Location``; a tag that the server has is answered with 204.'),
    ],
    killedBy: ['compute:known-tag-is-new'],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      return [
        ...expectResponse(await addTag.send(ctx, withTag(own)), 204, expectNoBody),
        ...(await showsTags(ctx, own, ownTags)),
      ];
    },
  },
  {
    id: 'compute/add-a-single-tag#takes-tags-of-any-other-characters',
    statement: 'A tag of 60 characters, or with a blank or a sign other than a comma and a slash, MUST be accepted.',
    quotes: [general('A tag has from 1 to 60 characters.'), general('A tag has neither a comma nor a slash.')],
    cases: 'once',
    killedBy: ['compute:tags-of-59-characters'],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      const findings: Finding[] = [];
      const tags = [longest, 'x', 'osc blue', 'osc=1;?'];
      for (const each of tags) findings.push(...expectStatus(await addTag.send(ctx, withTag(own, each)), 201));
      return [...findings, ...(await showsTags(ctx, own, [...ownTags, ...tags]))];
    },
  },
  {
    id: 'compute/add-a-single-tag#stores-a-tag-as-it-was-sent',
    statement: 'A tag with characters outside of ASCII SHOULD be stored as it was sent.',
    quotes: [general('A tag has neither a comma nor a slash.'), adding('Gives a server one tag more.')],
    cases: 'once',
    errata: ['tags-in-paths-are-not-utf-8'],
    killedBy: ['compute:tags-in-paths-are-not-utf-8'],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      return [
        ...expectStatus(await addTag.send(ctx, withTag(own, 'ö-日本')), 201),
        ...(await showsTags(ctx, own, [...ownTags, 'ö-日本'])),
      ];
    },
  },
  {
    id: 'compute/add-a-single-tag#refuses-invalid-tags',
    statement: 'A tag with a comma, or with 61 characters, MUST be answered with 400 and change nothing.',
    quotes: [
      adding('An invalid tag is answered with 400.'),
      general('A tag has neither a comma nor a slash.'),
      general('A tag has from 1 to 60 characters.'),
    ],
    cases: 'once',
    killedBy: [`${add}:drop-check:form`],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      const findings: Finding[] = [];
      for (const each of ['a,b', 'x'.repeat(61)]) {
        findings.push(...expectRefused(await addTag.send(ctx, withTag(own, each)), 400));
      }
      return [...findings, ...(await showsTags(ctx, own, ownTags))];
    },
  },
  {
    id: 'compute/add-a-single-tag#refuses-a-tag-beyond-the-50th',
    statement: 'A 51st tag MUST be answered with 400 and change nothing; one that the server has MUST be accepted.',
    quotes: [adding('A tag beyond the 50th is answered with 400.'), general('A server has at most 50 tags.')],
    cases: 'once',
    killedBy: [`${add}:drop-check:count`],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      const most = tooMany.slice(0, 50);
      const filled = await replaceTags.send(ctx, ofThe(own), { members: { '/tags': most }, purpose: 'preparation' });
      return [
        ...expectStatus(filled, 200),
        ...expectRefused(await addTag.send(ctx, withTag(own, newTag)), 400),
        ...(await showsTags(ctx, own, most)),
      ];
    },
  },
  {
    id: 'compute/delete-a-single-tag#removes-that-tag-only',
    statement: 'A deleted tag MUST NOT be among the tags of the server any more; the others MUST stay.',
    quotes: [
      deleting('Removes one tag from a server.'),
      deleting('The other tags stay.'),
      deleting(noBody),
      parameter('tag_deleted')('The tag to remove.'),
    ],
    killedBy: [`${remove}:skip-effect`, 'compute:deleted-tag-takes-the-others'],
    check: judgeAccepted(deleteTag, {}, (listed, deleted) => [
      ...expectNoBody(deleted),
      ...expectResponse(listed, 200, (shown) => expectTags(shown, [ownTags[1]])),
    ]),
  },
  {
    id: 'compute/delete-a-single-tag#refuses-a-second-deletion',
    statement: 'A deletion of a tag that was deleted MUST be answered with 404 and change nothing.',
    quotes: [deleting('A tag that the server does not have is answered with 404.')],
    cases: 'once',
    killedBy: [`${remove}:drop-check:tag`],
    check: async (ctx) => {
      const own = await taggedServer(ctx);
      return [
        ...expectStatus(await deleteTag.send(ctx, withTag(own)), 204),
        ...expectRefused(await deleteTag.send(ctx, withTag(own)), 404),
        ...(await showsTags(ctx, own, [ownTags[1]])),
      ];
    },
  },
];
