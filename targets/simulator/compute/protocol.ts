/**
 * The rules common to all operations: versions, tokens, request ids, content types, and unmatched requests.
 */

import type { Microversion } from '../../../src/microversion.ts';
import { type NegotiationBehaviour, negotiationBehaviour } from './negotiation.ts';

export interface ProtocolBehaviour {
  readonly negotiation: NegotiationBehaviour;
  readonly documents: DocumentBehaviour;
  readonly legacy: LegacyBehaviour;
  readonly unauthorized: UnauthorizedBehaviour;
  readonly requestIds: RequestIdBehaviour;
  readonly contentTypes: ContentTypeBehaviour;
  readonly outside: OutsideBehaviour;
}

/** The list of versions at the root, and the document of `v2.1`. */
export interface DocumentBehaviour {
  readonly rootNeedsToken: boolean;
  /** Whether the root refuses a requested microversion that is not served. */
  readonly rootChecksVersionHeaders: boolean;
  readonly rootHasLinks: boolean;
  /** The newest microversion that the root shows. */
  readonly rootMaximum: (maximum: Microversion) => Microversion;
  readonly versionNeedsToken: boolean;
  /** The newest microversion that the document shows. */
  readonly versionMaximum: (maximum: Microversion) => Microversion;
}

/** The legacy endpoint, without microversions. */
export interface LegacyBehaviour {
  readonly appliesVersionHeaders: boolean;
  readonly namesVersion: boolean;
  readonly showsRange: boolean;
  readonly ignoresUnknownMembers: boolean;
  readonly checksBodies: boolean;
}

/** The response to a request without a valid token. */
export interface UnauthorizedBehaviour {
  readonly challenge: boolean;
  readonly errorBody: boolean;
}

export interface RequestIdBehaviour {
  /** Whether every response has a different id. */
  readonly unique: boolean;
  /** Whether both headers have the same one. */
  readonly agree: boolean;
  /** Whether a request is refused because of its global request id. */
  readonly refusesGlobal: (id: string) => boolean;
}

export interface ContentTypeBehaviour {
  readonly known: readonly string[];
  readonly inAnyCase: boolean;
  /** Whether a type may have parameters. */
  readonly parameters: boolean;
  /** Whether a body without a type is refused. */
  readonly needed: boolean;
}

/** Requests that match no operation. */
export interface OutsideBehaviour {
  /** The status for a method that a path does not have, though it has others. */
  readonly otherMethods: 404 | 405;
  /** Whether a 405 has an Allow header. */
  readonly sendsAllow: boolean;
  /** Whether a path with GET accepts HEAD. */
  readonly answersHead: boolean;
  /** OpenStack error bodies, as operations have, or pages of the web framework. */
  readonly errors: 'bodies' | 'pages';
  /** The response to a path that is not UTF-8. */
  readonly undecodablePaths: 'not-found' | 'break';
}

const unchanged = (maximum: Microversion): Microversion => maximum;

export const protocolBehaviour: ProtocolBehaviour = {
  negotiation: negotiationBehaviour,
  documents: {
    rootNeedsToken: false,
    rootChecksVersionHeaders: false,
    rootHasLinks: true,
    rootMaximum: unchanged,
    versionNeedsToken: false,
    versionMaximum: unchanged,
  },
  legacy: {
    appliesVersionHeaders: false,
    namesVersion: false,
    showsRange: false,
    ignoresUnknownMembers: true,
    checksBodies: true,
  },
  unauthorized: { challenge: true, errorBody: true },
  requestIds: { unique: true, agree: true, refusesGlobal: () => false },
  contentTypes: {
    known: ['text/plain', 'application/json', 'application/vnd.openstack.compute+json'],
    inAnyCase: false,
    parameters: true,
    needed: false,
  },
  outside: {
    otherMethods: 404,
    sendsAllow: true,
    answersHead: false,
    errors: 'pages',
    undecodablePaths: 'not-found',
  },
};
