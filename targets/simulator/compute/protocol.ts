/**
 * The rules around the operations: versions, tokens, request ids, content types, and what no operation is for.
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
  /** Whether a microversion that cannot be had is refused at the root. */
  readonly rootHeedsVersionHeaders: boolean;
  readonly rootHasLinks: boolean;
  /** The newest microversion as the root tells it. */
  readonly rootMaximum: (maximum: Microversion) => Microversion;
  readonly versionNeedsToken: boolean;
  /** The newest microversion as the document tells it. */
  readonly versionMaximum: (maximum: Microversion) => Microversion;
}

/** The endpoint that is older than microversions. */
export interface LegacyBehaviour {
  readonly heedsVersionHeaders: boolean;
  readonly namesVersion: boolean;
  readonly tellsRange: boolean;
  readonly passesOverUnknownMembers: boolean;
  readonly checksBodies: boolean;
}

/** The answer to a request without a valid token. */
export interface UnauthorizedBehaviour {
  readonly challenge: boolean;
  readonly faultBody: boolean;
}

export interface RequestIdBehaviour {
  /** Whether every reply has an id of its own. */
  readonly unique: boolean;
  /** Whether both headers have the same one. */
  readonly agree: boolean;
  /** Whether a request is refused for the global id that its client has sent. */
  readonly refusesGlobal: (id: string) => boolean;
}

export interface ContentTypeBehaviour {
  readonly known: readonly string[];
  readonly inAnyCase: boolean;
  /** Whether a type may come with parameters. */
  readonly parameters: boolean;
  /** Whether a body without a type is refused. */
  readonly needed: boolean;
}

/** Requests that no operation is for. */
export interface OutsideBehaviour {
  /** What a method is answered with that a path does not have, though it has others. */
  readonly otherMethods: 404 | 405;
  /** Whether a 405 tells the methods that the path has. */
  readonly tellsMethods: boolean;
  /** Whether HEAD is answered where GET is. */
  readonly answersHead: boolean;
  /** Fault bodies as the operations have them, or the pages of the web framework. */
  readonly faults: 'bodies' | 'pages';
  /** What comes of a path that is no UTF-8. */
  readonly undecodablePaths: 'not-found' | 'break';
}

const asItIs = (maximum: Microversion): Microversion => maximum;

export const protocolBehaviour: ProtocolBehaviour = {
  negotiation: negotiationBehaviour,
  documents: {
    rootNeedsToken: false,
    rootHeedsVersionHeaders: false,
    rootHasLinks: true,
    rootMaximum: asItIs,
    versionNeedsToken: false,
    versionMaximum: asItIs,
  },
  legacy: {
    heedsVersionHeaders: false,
    namesVersion: false,
    tellsRange: false,
    passesOverUnknownMembers: true,
    checksBodies: true,
  },
  unauthorized: { challenge: true, faultBody: true },
  requestIds: { unique: true, agree: true, refusesGlobal: () => false },
  contentTypes: {
    known: ['text/plain', 'application/json', 'application/vnd.openstack.compute+json'],
    inAnyCase: false,
    parameters: true,
    needed: false,
  },
  outside: {
    otherMethods: 404,
    tellsMethods: true,
    answersHead: false,
    faults: 'pages',
    undecodablePaths: 'not-found',
  },
};
