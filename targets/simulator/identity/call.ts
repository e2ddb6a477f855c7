/**
 * The input of a handler of the identity service, and the entry of a route.
 */

import type { Cloud } from '../cloud.ts';
import type { Json, SimRequest, SimResponse } from '../kernel/http.ts';
import type { Caller } from './caller.ts';

export interface IdentityCall {
  readonly request: SimRequest;
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Who is permitted: any authenticated user, the user of the path, members of the project of the path, or admins. */
export type IdentityGrant = 'anyone' | 'self' | 'own-project' | 'admin';

export interface IdentityHandle {
  /** The name of Keystone's policy, such as `list_projects`. */
  readonly rule: string;
  readonly grant: IdentityGrant;
  readonly answer: (call: IdentityCall) => SimResponse;
}
