/**
 * Keystone's error responses, and the messages that its handlers share.
 */

import { json, type SimResponse } from '../kernel/http.ts';
import { forbidden, Refusal } from '../kernel/refusal.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
};

export function identityError(status: number, message: string): SimResponse {
  return json(status, { error: { code: status, message, title: titles[status] ?? 'Error' } });
}

export function unauthorized(): Refusal {
  return new Refusal(401, 'The request you have made requires authentication.');
}

export function notPermitted(rule: string): Refusal {
  return forbidden(`You are not authorized to perform the requested action: identity:${rule}.`);
}

export function expected(attribute: string, location: string): Refusal {
  return new Refusal(
    400,
    `Expecting to find ${attribute} in ${location}. The server could not comply with the request since it is either ` +
      'malformed or otherwise incorrect. The client is assumed to be in error.',
  );
}

export function missing(kind: string, id: string): Refusal {
  return new Refusal(404, `Could not find ${kind}: ${id}.`);
}
