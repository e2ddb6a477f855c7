/** The body of `POST /v3/auth/tokens` for each auth type of Keystone. */
import type { Json } from '../json.ts';
import type { Auth, Named, Scope } from './credentials.ts';

export function authRequestBody(auth: Exclude<Auth, { type: 'none' | 'http_basic' }>): Json {
  switch (auth.type) {
    case 'password': {
      const user = { ...person(auth.user), password: auth.password };
      return { auth: { identity: { methods: ['password'], password: { user } }, ...scope(auth.scope) } };
    }
    case 'token':
      return { auth: { identity: { methods: ['token'], token: { id: auth.token } }, ...scope(auth.scope) } };
    case 'v3applicationcredential': {
      const { credential, secret } = auth;
      const which: Json =
        'id' in credential ? { id: credential.id } : { name: credential.name, user: person(credential.user) };
      const application: Json = { ...which, secret };
      return {
        auth: { identity: { methods: ['application_credential'], application_credential: application } },
      };
    }
  }
}

function person(named: Named): Readonly<Record<string, Json>> {
  return 'id' in named ? { id: named.id } : { name: named.name, domain: named.domain };
}

function scope(value: Scope): Readonly<Record<string, Json>> {
  switch (value.kind) {
    case 'project':
      return { scope: { project: person(value.project) } };
    case 'domain':
      return { scope: { domain: value.domain } };
    case 'system':
      return { scope: { system: { all: true } } };
    case 'unscoped':
      return {};
  }
}
