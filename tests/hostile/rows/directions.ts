/** Targets that send a client elsewhere: redirects, catalogues, links, and clocks that are wrong. */
import { alters, answer, answers, from, withBody, withHeaders } from '../conducts.ts';
import type { Misbehaviour, Response } from '../misbehaviour.ts';
import { acts, discovery, everywhere, services, signIn } from '../places.ts';

const undecided = { codes: [2], cases: ['inconclusive', 'error', 'not-attempted'] } as const;
const unmet = { codes: [3] } as const;
const metadata = 'http://169.254.169.254/latest/meta-data/';

/** Replaces the URL of the compute service in a catalogue. */
function computeAt(url: string): (response: Response) => Response {
  return (response) => withBody(response, response.body.toString().replace(/http:[^"]*\/compute\/v2\.1/g, url));
}

function expiring(at: string): (response: Response) => Response {
  return (response) =>
    withBody(response, response.body.toString().replace(/"expires_at": ?"[^"]*"/, `"expires_at": "${at}"`));
}

const next = ({ origin }: { readonly origin: string }): Response =>
  answer(
    200,
    JSON.stringify({
      servers: [],
      servers_links: [{ rel: 'next', href: `${origin}/compute/v2.1/servers?marker=x` }],
      volumes: [],
      volumes_links: [{ rel: 'next', href: `${origin}/volume/v3/volumes?marker=x` }],
    }),
  );

export const directions: readonly Misbehaviour[] = [
  {
    id: 'redirect-to-itself',
    does: 'redirects to the same place',
    where: everywhere,
    respond: ({ origin, path }) => answer(302, '', { location: origin + path }),
    expected: { ...unmet, says: /302/ },
  },
  {
    id: 'redirect-to-metadata',
    does: 'redirects to the metadata service',
    where: discovery,
    respond: answers(307, '', { location: metadata }),
    expected: { ...unmet, says: /307/ },
  },
  {
    id: 'redirect-to-file',
    does: 'redirects to a file',
    where: discovery,
    respond: answers(301, '', { location: 'file:///etc/passwd' }),
    expected: { ...unmet, says: /301/ },
  },
  {
    id: 'redirect-acts',
    does: 'redirects to another host',
    where: acts,
    respond: answers(308, '', { location: 'http://192.0.2.1/' }),
    expected: { codes: [1, 2] },
  },
  {
    id: 'catalogue-file',
    does: 'lists a service at a file',
    where: signIn,
    respond: alters(computeAt('file:///etc/passwd')),
    expected: { ...unmet, says: /file:\/\/\/etc\/passwd.*http/ },
  },
  {
    id: 'catalogue-no-url',
    does: 'lists a service at no URL',
    where: signIn,
    respond: alters(computeAt('over there')),
    expected: { ...unmet, says: /over there/ },
  },
  {
    id: 'catalogue-script',
    does: 'lists a service at a script',
    where: signIn,
    respond: alters(computeAt('javascript:alert(1)')),
    expected: unmet,
  },
  {
    id: 'catalogue-metadata',
    does: 'lists a service at the metadata service',
    where: signIn,
    respond: alters(computeAt('http://169.254.169.254/latest')),
    expected: { ...unmet, says: /169\.254/ },
  },
  {
    id: 'catalogue-with-password',
    does: 'lists a service with a user name in its URL',
    where: signIn,
    respond: alters(computeAt('http://ada:lovelace@127.0.0.1:9/compute/v2.1')),
    expected: { ...unmet, says: /user name/ },
  },
  {
    id: 'catalogue-with-query',
    does: 'lists a service with a query in its URL',
    where: signIn,
    respond: alters(computeAt('http://127.0.0.1:9/compute/v2.1?x=')),
    expected: unmet,
  },
  {
    id: 'catalogue-empty',
    does: 'lists no service',
    where: signIn,
    respond: alters((response) =>
      withBody(
        response,
        response.body
          .toString()
          .replace(/"catalog": ?\[.*\]/s, '"catalog": []')
          .replace(/"catalog": \[\][^}]*$/, '"catalog": []}}'),
      ),
    ),
    expected: unmet,
  },
  {
    id: 'token-long-expired',
    does: 'hands out tokens that expired years ago',
    where: signIn,
    respond: alters(expiring('1999-01-01T00:00:00.000000Z')),
    expected: { codes: [0, 2, 3] },
  },
  {
    id: 'token-without-end',
    does: 'hands out tokens for thousands of years',
    where: signIn,
    respond: alters(expiring('9999-12-31T23:59:59.000000Z')),
    expected: { codes: [0] },
  },
  {
    id: 'token-odd-date',
    does: 'hands out tokens that expire at no date',
    where: signIn,
    respond: alters(expiring('soon')),
    expected: { ...unmet, says: /no token/ },
  },
  {
    id: 'clock-years-off',
    does: 'dates its replies years ago',
    where: everywhere,
    respond: alters((response) => withHeaders(response, { date: 'Thu, 01 Jan 1970 00:00:00 GMT' })),
    expected: { codes: [0] },
  },
  {
    id: 'endless-next',
    does: 'answers every list with a link to the next page',
    where: ({ method, path }) => method === 'GET' && /\/(servers|volumes)(\?|$)/.test(path),
    respond: next,
    expected: { codes: [0] },
  },
  {
    id: 'nothing-listed-and-lost',
    does: 'loses creations and lists pages without end',
    where: ({ path }) => /\/(servers|volumes)(\?|$)/.test(path),
    respond: async (asked) => {
      if (asked.method !== 'POST') return next(asked);
      await asked.carryOut();
      asked.socket.resetAndDestroy();
      return undefined;
    },
    expected: undecided,
  },
  {
    id: 'redirect-in-the-middle',
    does: 'redirects from the tenth request on',
    where: services,
    respond: from(10, answers(302, '', { location: metadata })),
    expected: { codes: [1, 2] },
  },
];
