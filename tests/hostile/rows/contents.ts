/** Bodies that are not what they should be. */
import { alters, answer, answers, everyString, from, saysAndEnds, withBody, withHeaders } from '../conducts.ts';
import type { Misbehaviour, Response } from '../misbehaviour.ts';
import { acts, creates, discovery, everywhere, responses, services, signIn, versionDocument } from '../places.ts';

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const deepObject = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
const html = '<!doctype html><html><body><h1>It works!</h1><script>alert(1)</script></body></html>';
const polluting =
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "volumeAttachments": {"__proto__": []}}';
const failed = { codes: [1] } as const;
const undecided = { codes: [2], cases: ['inconclusive', 'error', 'not-attempted'] } as const;
const unmet = { codes: [3] } as const;

function version(first: string, last: string): (response: Response) => Response {
  return (response) =>
    withBody(
      response,
      response.body
        .toString()
        .replace(/"min_version": ?"[^"]*"/, `"min_version": ${JSON.stringify(first)}`)
        .replace(/"version": ?"[^"]*"/, `"version": ${JSON.stringify(last)}`),
    );
}

export const contents: readonly Misbehaviour[] = [
  {
    id: 'no-utf-8',
    does: 'sends bytes that are no UTF-8',
    where: acts,
    respond: alters((response) => withBody(response, Buffer.from([0x7b, 0x22, 0xff, 0xc3, 0x28, 0xf0]))),
    expected: failed,
  },
  {
    id: 'no-json',
    does: 'sends half of a JSON text',
    where: acts,
    respond: alters((response) => withBody(response, '{"volumeAttachments": [')),
    expected: failed,
  },
  {
    id: 'no-json-at-discovery',
    does: 'sends half of a JSON text',
    where: discovery,
    respond: answers(200, '{"version": {'),
    expected: unmet,
  },
  {
    id: 'deep-lists',
    does: 'nests lists 100,000 deep',
    where: acts,
    respond: answers(200, `{"volumeAttachments": ${deep}, "volumeAttachment": ${deep}}`),
    expected: failed,
  },
  {
    id: 'deep-objects',
    does: 'nests objects 100,000 deep',
    where: acts,
    respond: answers(200, deepObject),
    expected: failed,
  },
  {
    id: 'deep-at-sign-in',
    does: 'nests lists 100,000 deep',
    where: signIn,
    respond: answers(201, `{"token": ${deep}}`, { 'x-subject-token': 't' }),
    expected: unmet,
  },
  {
    id: 'deep-in-preparation',
    does: 'nests lists 100,000 deep',
    where: creates,
    respond: answers(202, `{"server": ${deep}, "volume": ${deep}}`),
    expected: undecided,
  },
  {
    id: 'doubled-keys',
    does: 'repeats keys',
    where: acts,
    respond: answers(
      200,
      '{"volumeAttachments": 1, "volumeAttachments": [], "volumeAttachment": {}, "volumeAttachment": 7}',
    ),
    expected: { ...failed, says: /has the key "volumeAttachments" twice/ },
  },
  {
    id: 'doubled-id',
    does: 'repeats one key of a reply that is right otherwise',
    where: acts,
    respond: alters((response) =>
      withBody(response, response.body.toString().replace(/"volumeId": ?"[^"]*"/, '"volumeId": "x", $&')),
    ),
    expected: { ...failed, says: /has the key "volumeId" twice/ },
  },
  {
    id: 'doubled-keys-at-sign-in',
    does: 'repeats keys',
    where: signIn,
    respond: alters((response) => withBody(response, response.body.toString().replace(/^\{/, '{"token": {}, '))),
    expected: unmet,
  },
  {
    id: 'polluting-keys',
    does: 'sends __proto__ and constructor as keys',
    where: acts,
    respond: answers(200, polluting),
    args: responses,
    expected: failed,
  },
  {
    id: 'polluting-key-inside',
    does: 'adds __proto__ to a reply that is right otherwise',
    where: acts,
    respond: alters((response) =>
      withBody(response, response.body.toString().replace(/"volumeAttachment": ?\{/, '$&"__proto__": {"x": 1}, ')),
    ),
    args: responses,
    expected: { ...failed, says: /__proto__/ },
  },
  {
    id: 'polluting-keys-at-sign-in',
    does: 'sends __proto__ and constructor as keys',
    where: signIn,
    respond: answers(201, polluting, { 'x-subject-token': 't' }),
    expected: unmet,
  },
  {
    id: 'page-at-sign-in',
    does: 'sends a web page',
    where: signIn,
    respond: answers(200, html, { 'content-type': 'text/html' }),
    expected: unmet,
  },
  {
    id: 'page-at-discovery',
    does: 'sends a web page',
    where: versionDocument,
    respond: answers(200, html, { 'content-type': 'text/html' }),
    expected: { ...unmet, says: /did not return a version document/ },
  },
  {
    id: 'page-at-acts',
    does: 'sends a web page',
    where: acts,
    respond: answers(200, html, { 'content-type': 'text/html' }),
    args: responses,
    expected: failed,
  },
  {
    id: 'wrong-content-type',
    does: 'calls its JSON an image',
    where: acts,
    respond: alters((response) => withHeaders(response, { 'content-type': 'image/png' })),
    args: responses,
    expected: { ...failed, says: /image\/png/ },
  },
  {
    id: 'empty-object-everywhere',
    does: 'answers 200 and {} to everything',
    where: everywhere,
    respond: answers(200, '{}'),
    expected: unmet,
  },
  {
    id: 'empty-object-to-services',
    does: 'answers 200 and {} to everything once it is known',
    where: services,
    respond: answers(200, '{}'),
    expected: undecided,
  },
  {
    id: 'error-everywhere',
    does: 'answers 500 to everything',
    where: everywhere,
    respond: answers(500, '{"computeFault": {"code": 500, "message": "no"}}'),
    expected: unmet,
  },
  {
    id: 'error-to-services',
    does: 'answers 500 to everything once it is known',
    where: services,
    respond: answers(500, '{}'),
    expected: undecided,
  },
  {
    id: 'error-in-the-middle',
    does: 'answers 503 from the tenth request on',
    where: services,
    respond: from(10, answers(503, 'no')),
    expected: { codes: [1, 2] },
  },
  {
    id: 'no-content-to-services',
    does: 'answers 204 to everything once it is known',
    where: services,
    respond: answers(204),
    expected: undecided,
  },
  { id: 'null-everywhere', does: 'answers null', where: services, respond: answers(200, 'null'), expected: undecided },
  {
    id: 'status-999',
    does: 'answers with status 999',
    where: acts,
    respond: saysAndEnds('HTTP/1.1 999 Odd', 'Content-Length: 2', '', '{}'),
    expected: { codes: [1, 2] },
  },
  {
    id: 'versions-upside-down',
    does: 'tells a first version after its last',
    where: versionDocument,
    respond: alters(version('2.90', '2.1')),
    expected: { ...unmet, says: /2\.90.*2\.1/ },
  },
  {
    id: 'versions-that-are-none',
    does: 'tells versions that are none',
    where: versionDocument,
    respond: alters(version('two', '2.1.7')),
    expected: unmet,
  },
  {
    id: 'version-without-end',
    does: 'tells a last version of 2.9999999999',
    where: versionDocument,
    respond: alters(version('2.1', '2.9999999999')),
    args: ['--sweep'],
    expected: { ...unmet, says: /2\.9999999999/ },
  },
  {
    id: 'version-of-another-major',
    does: 'tells a last version of 900.1',
    where: versionDocument,
    respond: alters(version('2.1', '900.1')),
    args: ['--sweep'],
    expected: { ...unmet, says: /900\.1/ },
  },
  {
    id: 'strings-turned',
    does: 'sends the same text for every string',
    where: services,
    respond: alters((response) => everyString(response, 'x')),
    expected: { codes: [0, 1, 2] },
  },
  {
    id: 'unknown-token',
    does: 'refuses its own tokens',
    where: services,
    respond: () => answer(401, '{"error": {"code": 401, "title": "Unauthorized", "message": "no"}}'),
    expected: undecided,
  },
];
