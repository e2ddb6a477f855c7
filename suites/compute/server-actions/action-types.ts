/** What is declared of a server action, and what an accepted one has led to. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type {
  DeclaredOperation,
  Named,
  NotCompleted,
  OperationDeclaration,
} from '../../../src/clauses/define-operation.ts';
import type { Quote } from '../../../src/clauses/quote.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Json } from '../../../src/json.ts';
import type { StartState } from '../fixtures/server-states.ts';
import type { Outcome } from './outcome.ts';

export interface ServerAction extends Pick<
  Partial<OperationDeclaration>,
  | 'views'
  | 'lastVersion'
  | 'success'
  | 'capabilities'
  | 'refers'
  | 'refusedFirst'
  | 'oddMembers'
  | 'withheld'
  | 'creates'
> {
  /** The member of the body. */
  readonly key: string;
  /** The beginning of statements: `A pause`. */
  readonly noun: string;
  /** The section of the specs that describes it. */
  readonly section: string;
  /** The sentence on what it does. */
  readonly does: string;
  /** Its name among the actions of a server, where it is recorded and differs from the key. */
  readonly log?: string | false;
  /** What an accepted request needs beside its server. @throws NotBound where the target does not have it */
  readonly prepare?: (ctx: CheckContext, own: Named) => Promise<void>;
  /** Required members of its value and their values, by name; without any the value is null. */
  readonly argument?: (
    ctx: CheckContext,
    own: Named,
  ) => Promise<Readonly<Record<string, Json>>> | Readonly<Record<string, Json>>;
  /** Those of refused requests, where other values would do harm or cannot be had. */
  readonly refusedArgument?: Readonly<Record<string, Json>>;
  /** Values of optional members of its value, by name. */
  readonly members?: (
    ctx: CheckContext,
    own: Named,
  ) => Promise<Readonly<Record<string, Json>>> | Readonly<Record<string, Json>>;
  /** Names of the members whose values name no resource, where it has any. */
  readonly values?: readonly string[];
  /** Whose action it is. */
  readonly by: 'member' | 'admin';
  /** Nothing is promised to the administrators of other projects: its request names a resource of the project. */
  readonly isOfProject?: true;
  /** Its request names what other projects do not have: their requests do not show whether they find the server. */
  readonly namesOwn?: true;
  /** Its request is judged before the role of its caller: refused requests do not show the latter. */
  readonly isReservedLater?: true;
  /** The sentence that reserves it for administrators. */
  readonly reserved?: string;
  /** The state of the server in the accepted request. */
  readonly from: StartState;
  /** Whether that server is locked by its owner. */
  readonly fromLocked?: true;
  /** Whether its server needs a port. */
  readonly hasPort?: true;
  /** The other states in which it is accepted. */
  readonly also?: readonly StartState[];
  /** The sentence on the states in which it is accepted or refused. */
  readonly states: string;
  /** Further sentences on single states, and on `locked`. */
  readonly stateQuotes?: Readonly<Record<string, string>>;
  /** States about which nothing is promised. */
  readonly open?: readonly StartState[];
  /** Faults of single states, and of `locked`, without the service, in place of those of the operators. */
  readonly stateFaults?: Readonly<Record<string, string>>;
  /** The fault by which its effect is missing, where the server shows the same before and after it. */
  readonly effectFault?: string;
  /** While the owner has locked the server; refused when missing, except for administrators. `open`: no promise. */
  readonly locked?: 'accepted' | 'open';
  /** What the server shows afterwards; that of before when missing. */
  readonly leads?: Outcome | 'deleted';
  /** Observes another resource that an accepted request has led to. */
  readonly looks?: (ctx: CheckContext, response: Exchange, own: Named) => Promise<Exchange | NotCompleted>;
  /** Whether a refused request with this value has changed nothing but what its server shows. */
  readonly unmade?: (ctx: CheckContext, argument: Readonly<Record<string, Json>>) => Promise<readonly Finding[]>;
  /** Further statuses with which it is complete, on servers in other states than `from`. */
  readonly elsewhere?: readonly string[];
  /** The statuses with which it is complete in the state `from`, where they depend on the microversion. */
  readonly ends?: (ctx: CheckContext) => readonly string[];
  /** The server cannot be brought into another state afterwards: never, or not from another state than `from`. */
  readonly spends?: 'always' | 'elsewhere';
}

export interface DeclaredAction extends DeclaredOperation<Acted> {
  readonly declared: ServerAction;
  readonly quote: (sentence: string) => Quote;
}

/** What an accepted action has led to. */
export interface Acted {
  /** The server afterwards. */
  readonly shown: Exchange;
  /** Findings on its entry among the actions of the server. */
  readonly logged: readonly Finding[];
  /** Another resource that it led to. */
  readonly other?: Exchange;
}
