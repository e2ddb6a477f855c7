/** Clauses on the images that servers are stored as. */
import { judgeAccepted, judgeAcceptedWith } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectStatus, headerValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { observeImagesNamed } from '../../image/image.ts';
import { eventuallyLogged } from '../observe-actions.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { backup, createBackup, createImage, imageItems, imagesNamed, nameIn } from './images.ts';
import type { Acted, DeclaredAction } from './action-types.ts';
import { loggedFrom, nameOf, otherOf } from './server-action.ts';

/** Older back-ups are removed after the task has ended; the event in the action log shows that this has ended as well. */
const observedEvents = { range: loggedFrom, cases: 'once' } as const;

export const imageClauses: readonly WrittenClause[] = [
  ...[createImage, createBackup].flatMap(ofBoth),
  {
    id: 'compute/create-server-back-up#stores-its-type',
    about: ['request /createBackup/backup_type'],
    statement: 'The image of a back-up MUST have the type of the request as backup_type.',
    quotes: [createBackup.quote('The image has the type of the back-up as ``backup_type``.')],
    cases: 'once',
    killedBy: ['compute:back-ups-have-no-type'],
    check: judgeAccepted(createBackup, {}, (seen, accepted) =>
      onImage(createBackup, seen, accepted, ({ backup_type: type = null }) => [['backup_type', type, 'osc-daily']]),
    ),
  },
  {
    id: 'compute/create-server-back-up#removes-the-oldest',
    about: ['request /createBackup/rotation'],
    statement: 'A second back-up of a type with the rotation 1 MUST remove the first one, and stay.',
    quotes: [
      createBackup.quote(
        'Of the back-ups of one type of a server only the newest stay, as many as the rotation of the request says.',
      ),
    ],
    ...observedEvents,
    killedBy: ['compute:back-ups-do-not-rotate', 'compute:rotation-removes-the-newest'],
    check: async (ctx) => {
      const [first, second] = await backUpTwice(ctx, 'osc-daily', 'osc-daily');
      return [
        ...first.findings,
        ...second.findings,
        ...(await disappears(ctx, first.name)),
        ...(await stays(ctx, second)),
      ];
    },
  },
  {
    id: 'compute/create-server-back-up#keeps-other-types',
    about: ['request /createBackup/rotation'],
    statement: 'A back-up with the rotation 1 MUST NOT remove one of another type.',
    quotes: [
      createBackup.quote(
        'Of the back-ups of one type of a server only the newest stay, as many as the rotation of the request says.',
      ),
    ],
    ...observedEvents,
    killedBy: ['compute:rotation-counts-every-type'],
    check: async (ctx) => {
      const [first, second] = await backUpTwice(ctx, 'osc-daily', 'osc-weekly');
      return [...first.findings, ...second.findings, ...(await stays(ctx, first))];
    },
  },
  {
    id: 'compute/create-server-back-up#keeps-none-with-rotation-0',
    about: ['request /createBackup/rotation'],
    statement: 'A back-up with the rotation 0 MUST leave no back-up of its type.',
    quotes: [createBackup.quote('A rotation of 0 leaves no back-up of the type.')],
    ...observedEvents,
    killedBy: ['compute:back-ups-do-not-rotate'],
    check: async (ctx) => {
      const one = await backUp(ctx, { rotation: 0 });
      return [...one.findings, ...(await disappears(ctx, one.name))];
    },
  },
];

function ofBoth(operation: DeclaredAction): readonly WrittenClause[] {
  const { id, noun, quote, declared } = operation;
  const { key, does } = declared;
  return [
    {
      id: `${id}#makes-an-active-image`,
      about: [`request /${key}/name`],
      statement: `${noun} MUST lead to an image with the name of the request, which becomes active.`,
      quotes: [quote(does), quote('The image has the name and the metadata of the request.')],
      killedBy: [`${id}:skip-effect`, `${id}:never-complete:image_uploading`],
      check: judgeAccepted(operation, {}, (seen, accepted) =>
        onImage(operation, seen, accepted, ({ status = null }) => [['status', status, 'active']]),
      ),
    },
    {
      id: `${id}#names-its-image`,
      about: ['header Location'],
      statement: `The response to ${noun.toLowerCase()} MUST name the image in Location up to 2.44, and in image_id from 2.45 on.`,
      quotes: [
        quote('Up to 2.44 the last part of the header ``Location`` is the id of the image.'),
        quote('From 2.45 on the response has the id of the image as ``image_id``.'),
      ],
      cases: 'boundaries',
      killedBy: [`${id}:drop-header:location`, `compute:${nameOf(id)}-names-another-image`],
      check: judgeAccepted(operation, {}, (seen, accepted) =>
        onImage(operation, seen, accepted, ({ id: own = null }) => [['id', own, namedIn(accepted)]]),
      ),
    },
    {
      id: `${id}#keeps-its-metadata`,
      about: [`request /${key}/metadata`],
      statement: `${noun} with metadata MUST lead to an image with each of its items.`,
      quotes: [quote('The image has the name and the metadata of the request.')],
      cases: 'ends',
      killedBy: [`${id}:ignore-member:body.metadata`],
      check: judgeAcceptedWith(operation, `/${key}/metadata`, (seen, accepted) =>
        onImage(operation, seen, accepted, (own) =>
          Object.entries(imageItems).map(([name, value]) => [name, own[name] ?? null, value]),
        ),
      ),
    },
  ];
}

/** A member of an image, its value, and the expected one. */
type Compared = readonly [name: string, seen: Json, expected: Json];

function onImage(
  { declared: { key } }: DeclaredAction,
  acted: Acted,
  accepted: Checked,
  compare: (own: JsonObject) => readonly Compared[],
): readonly Finding[] {
  return expectResponse(otherOf(acted), 200, (list) => {
    const [own = {}] = imagesNamed(list, nameIn(accepted, key));
    return compare(own).flatMap(([name, seen, expected]): readonly Finding[] =>
      seen === expected ? [] : [{ kind: 'value', exchange: list.id, pointer: `/images/0/${name}`, expected, seen }],
    );
  });
}

/** The id in the response to an accepted request. */
function namedIn(accepted: Checked): string {
  const location = headerValue(accepted.response.headers, 'location');
  return jsonText(atPointer(bodyOf(accepted), '/image_id')) ?? location?.split('/').at(-1) ?? '';
}

interface BackedUp {
  readonly name: string;
  readonly findings: readonly Finding[];
}

async function backUp(ctx: CheckContext, more: Parameters<typeof backup>[1]): Promise<BackedUp> {
  const server = await serverToChange(ctx, { state: 'active' });
  const argument = await backup(ctx, more);
  const response = await createBackup.send(ctx, { server }, { members: { '/createBackup': argument } });
  const findings = expectStatus(response, 202);
  const incomplete = findings.length > 0 ? findings : await eventuallyLogged(ctx, server, response, 'createBackup');
  return { name: jsonText(argument.name) ?? '', findings: incomplete };
}

async function backUpTwice(
  ctx: CheckContext,
  firstType: string,
  secondType: string,
): Promise<readonly [BackedUp, BackedUp]> {
  const first = await backUp(ctx, { backup_type: firstType });
  const findings = await isAged(ctx, first.name);
  return [{ ...first, findings: [...first.findings, ...findings] }, await backUp(ctx, { backup_type: secondType })];
}

/** The times of images are whole seconds: an image is older than another one only if it was created in another second. */
function isAged(ctx: CheckContext, name: string): Promise<readonly Finding[]> {
  const ageOf = (list: Checked): number => {
    const created = Date.parse(jsonText(imagesNamed(list, name)[0]?.created_at) ?? '');
    return Date.parse(headerValue(list.response.headers, 'date') ?? '') - created;
  };
  return ctx.eventually({
    look: () => observeImagesNamed(ctx, name),
    // Without a date in the response its age is unknown.
    until: (list) => !(ageOf(list) < 2_000),
    expected: 'an image that was created two seconds ago',
    seen: (list) => `${ageOf(list)} ms`,
    timeoutMs: timeouts.ageing,
  });
}

function disappears(ctx: CheckContext, name: string): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeImagesNamed(ctx, name),
    until: (list) => imagesNamed(list, name).length === 0,
    expected: 'no image of this name',
    seen: (list) => jsonText(imagesNamed(list, name)[0]?.status) ?? 'no image',
    timeoutMs: timeouts.server,
  });
}

async function stays(ctx: CheckContext, { name }: BackedUp): Promise<readonly Finding[]> {
  return expectResponse(await observeImagesNamed(ctx, name), 200, (list) =>
    imagesNamed(list, name).length > 0
      ? []
      : [{ kind: 'value', exchange: list.id, pointer: '/images', expected: name, seen: null }],
  );
}
