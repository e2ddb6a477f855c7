/** Scripts, orders to terminals and to CI runners, and markup, wherever a target may put words. */
import { alters, answer, answers, everyString, withHeaders } from '../conducts.ts';
import type { Misbehaviour } from '../misbehaviour.ts';
import { acts, creates, discovery, services, signIn, versionDocument } from '../places.ts';

/** Colours, a window title, a link, the clipboard, text that runs backwards, and a bell. */
export const terminalOrders =
  '\x1b[31mred\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.test\x07link\x1b]52;c;ZXZpbA==\x07\u009b31m\u202egnp.exe\u2066\x08\x7f';
export const runnerOrders =
  '\n::error file=a.ts::gotcha\n::set-output name=x::y\n::add-mask::z\n##[error]gotcha\n##vso[task.setvariable variable=x]y\n[[ATTACHMENT|/etc/passwd]]\n';
export const markup =
  ']]></system-out><script>alert(1)</script>"\'><img src=x onerror=alert(1)> | `a` | [x](javascript:alert(1)) \n\n# Heading\n<!-- ${{ 7*7 }} {{7*7}} $(touch /tmp/osc-pwned) `touch /tmp/osc-pwned` %s %n';
const everything = terminalOrders + runnerOrders + markup;

const fault = (status: number) =>
  answers(status, JSON.stringify({ badRequest: { code: status, message: everything } }));

export const words: readonly Misbehaviour[] = [
  {
    id: 'orders-at-sign-in',
    does: 'puts orders into the reply to a sign-in',
    where: signIn,
    respond: answers(401, everything, { 'www-authenticate': 'x' }),
    expected: { codes: [3] },
  },
  {
    id: 'orders-at-discovery',
    does: 'puts orders into the reply to discovery',
    where: discovery,
    respond: answers(500, everything),
    expected: { codes: [3], says: /500/ },
  },
  {
    id: 'orders-as-version',
    does: 'puts orders into its version',
    where: versionDocument,
    respond: answers(200, JSON.stringify({ version: { min_version: everything, version: everything } })),
    expected: { codes: [3] },
  },
  {
    id: 'orders-in-catalogue',
    does: 'puts orders into a URL of its catalogue',
    where: signIn,
    respond: alters((response) => ({
      ...response,
      body: Buffer.from(
        response.body.toString().replace(/http:[^"]*\/compute\/v2\.1/g, JSON.stringify(everything).slice(1, -1)),
      ),
    })),
    expected: { codes: [3] },
  },
  {
    id: 'orders-in-preparation',
    does: 'puts orders into what it answers to creations',
    where: creates,
    respond: fault(400),
    expected: { codes: [2] },
  },
  {
    id: 'orders-at-acts',
    does: 'puts orders into what it answers to acts',
    where: acts,
    respond: fault(400),
    expected: { codes: [1, 2] },
  },
  {
    id: 'orders-in-every-string',
    does: 'puts orders into every string',
    where: services,
    respond: alters((response) => everyString(response, everything)),
    expected: { codes: [0, 1, 2] },
  },
  {
    id: 'orders-in-headers',
    does: 'puts orders into headers',
    where: services,
    respond: ({ socket }) =>
      void socket.end(
        Buffer.from(
          `HTTP/1.1 400 \x1b[31m::error::x\r\nX-Openstack-Request-Id: ${terminalOrders}##[error]x\r\nContent-Length: 2\r\n\r\n{}`,
          'latin1',
        ),
      ),
    expected: { codes: [2] },
  },
  {
    id: 'orders-as-ids',
    does: 'hands out orders as ids',
    where: creates,
    respond: () => answer(202, JSON.stringify({ server: { id: everything }, volume: { id: everything } })),
    expected: { codes: [2] },
  },
  {
    id: 'cookies',
    does: 'sets cookies',
    where: services,
    respond: alters((response) => withHeaders(response, { 'set-cookie': ['session=canary-cookie; Path=/'] })),
    expected: { codes: [0] },
  },
];
