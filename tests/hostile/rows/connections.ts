/** Connections that are refused, break off, or never come to an end. */
import { answers, drips, from, pours, says, saysAndEnds } from '../conducts.ts';
import type { Responder, Misbehaviour } from '../misbehaviour.ts';
import { acts, creates, discovery, everywhere, responses, services, signIn } from '../places.ts';

const resets: Responder = ({ socket }) => void socket.resetAndDestroy();
const ends: Responder = ({ socket }) => void socket.end();
const silent: Responder = () => undefined;
const resetsInBody: Responder = ({ socket }) => {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":', () => socket.resetAndDestroy());
  return undefined;
};
const shuts: Responder = ({ shut }) => void shut();
const head = ['HTTP/1.1 200 OK', 'Content-Type: application/json'];
const undecided = { codes: [2], cases: ['inconclusive', 'error', 'not-attempted'] } as const;
/** A run as short as this may be over before its target counts as lost. */
const gone = { ...undecided, ended: ['completed', 'lost-target'] } as const;
const unmet = { codes: [3] } as const;

export const connections: readonly Misbehaviour[] = [
  {
    id: 'closed-port',
    does: 'listens no more after some requests',
    where: services,
    respond: from(3, shuts),
    expected: gone,
  },
  {
    id: 'reset-at-sign-in',
    does: 'resets the connection',
    where: signIn,
    respond: resets,
    expected: { ...unmet, says: /sign-in of member at .* failed: .* closed the connection .*\. Check / },
  },
  {
    id: 'reset-at-discovery',
    does: 'resets the connection',
    where: discovery,
    respond: resets,
    expected: { ...unmet, says: /no response/ },
  },
  {
    id: 'reset-at-every-request',
    does: 'resets the connection',
    where: services,
    respond: resets,
    expected: gone,
  },
  { id: 'reset-at-acts', does: 'resets the connection', where: acts, respond: resets, expected: undecided },
  {
    id: 'reset-in-body',
    does: 'resets the connection in the middle of a body',
    where: acts,
    respond: resetsInBody,
    expected: undecided,
  },
  {
    id: 'second-sign-in-lost',
    does: 'resets every sign-in but the first',
    where: signIn,
    respond: from(2, resets),
    expected: undecided,
  },
  {
    id: 'end-without-reply',
    does: 'ends the connection without a reply',
    where: services,
    respond: ends,
    expected: gone,
  },
  {
    id: 'silence-at-sign-in',
    does: 'never replies',
    where: signIn,
    respond: silent,
    expected: { ...unmet, says: /sign-in of member at .* failed: .* did not respond in time .*--timeout-factor/ },
  },
  { id: 'silence-at-acts', does: 'never replies', where: acts, respond: silent, expected: undecided },
  {
    id: 'slow-head',
    does: 'drips the head of a reply',
    where: acts,
    respond: drips(['HTTP/1.1 200 OK', 'X-Slow: '], 'x'),
    expected: undecided,
  },
  {
    id: 'slow-head-at-sign-in',
    does: 'drips the head of a reply',
    where: signIn,
    respond: drips(['HTTP/1.1 201 Created', ''], 'x-slow: x\r\n'),
    expected: unmet,
  },
  {
    id: 'slow-body',
    does: 'drips a body',
    where: acts,
    respond: drips([...head, 'Content-Length: 1000000', '', ''], ' '),
    expected: undecided,
  },
  {
    id: 'lost-creation',
    does: 'does what it is asked and loses the reply',
    where: creates,
    respond: async (asked) => void (await asked.carryOut().then(() => asked.socket.resetAndDestroy())),
    expected: { codes: [0] },
  },
  {
    id: 'no-http',
    does: 'speaks another protocol',
    where: everywhere,
    respond: saysAndEnds('SSH-2.0-OpenSSH_9.2', ''),
    expected: unmet,
  },
  {
    id: 'http-1.0',
    does: 'answers in HTTP/1.0, without a length and with another body',
    where: acts,
    respond: saysAndEnds('HTTP/1.0 200 OK', '', '{"volumeAttachments": []}'),
    args: responses,
    expected: { codes: [1], cases: ['fail', 'inconclusive', 'not-applicable', 'pass'] },
  },
  {
    id: 'switches-protocols',
    does: 'answers 101 and goes on in another protocol',
    where: acts,
    respond: says('HTTP/1.1 101 Switching Protocols', 'Connection: upgrade', 'Upgrade: websocket', '', ''),
    expected: undecided,
  },
  {
    id: 'early-hints-flood',
    does: 'sends interim replies without end',
    where: acts,
    respond: pours([], Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(100))),
    expected: undecided,
  },
  {
    id: 'early-hints-flood-at-sign-in',
    does: 'sends interim replies without end',
    where: signIn,
    respond: pours([], Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100))),
    expected: unmet,
  },
  { id: 'upgrade-at-sign-in', does: 'answers 101', where: signIn, respond: answers(101), expected: unmet },
];
