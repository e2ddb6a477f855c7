/** One way in which a target is hostile or broken, and what a run against it has to come to. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { RunFacts } from '../../src/records/report.ts';

export interface Misbehaviour {
  readonly id: string;
  /** A clause with the target as its subject. */
  readonly does: string;
  /** The requests that meet it. */
  readonly where: Where;
  readonly respond: Responder;
  readonly expected: Expected;
  /** Looks behind the target, as an administrator of the embedded cloud. */
  readonly prepare?: (behind: Behind) => Promise<void>;
  readonly inspect?: (behind: Behind) => Promise<void>;
  readonly args?: readonly string[];
}

export type Where = (request: Pick<Asked, 'method' | 'path'>) => boolean;

/** Returns a reply to send, or nothing when it has taken the connection for itself. */
export type Responder = (asked: Asked) => Promise<Response | undefined> | Response | undefined;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the hostile target itself. */
  readonly origin: string;
  /** The first request that meets misbehaviour is 1. */
  readonly number: number;
  readonly socket: Socket;
  /** Lets the embedded cloud do what is asked. */
  readonly carryOut: (instead?: Instead) => Promise<Response>;
  /** Lets go of the port. */
  readonly shut: () => void;
}

/** What reaches the embedded cloud in the place of what was sent. */
export interface Instead {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

export interface Expected {
  /** How the run may end; `completed` when missing. */
  readonly ended?: readonly RunFacts['ended'][];
  /** Exit codes that may come out; never 0 unless nothing that matters was spoilt. */
  readonly codes: readonly number[];
  /** Must stand on stdout or stderr. */
  readonly says?: RegExp;
  /** Kinds of verdict that cases may have, where the run has any. */
  readonly cases?: readonly string[];
}

export interface Behind {
  readonly origin: string;
  readonly token: string;
  readonly userId: string;
  readonly projectId: string;
  readonly send: (method: string, path: string, body?: object) => Promise<{ status: number; body: string }>;
}
