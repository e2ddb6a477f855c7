/**
 * A clause: one sentence with MUST, SHOULD or MAY, where it comes from, and the check that decides it.
 *
 * Derived clauses are made from the contract, written ones stand in `suites/`; both are the same type.
 */
import type { NonEmpty } from '../json.ts';
import type { OperationId, Source, Topic } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Quote } from './quote.ts';
import type { Stage } from './stage.ts';
import type { Finding, Level } from './verdict.ts';
import type { Identity } from './identity.ts';

export type ClauseId = `${OperationId}#${string}`;

/** Levels other than these are no statement: the type refuses them. */
export type Statement = `${string} ${Level} ${string}`;

/** Every finding that the check can see; empty when the clause holds. Throws `Unreached` or an error, never a finding. */
export type Check = (stage: Stage) => Promise<readonly Finding[]>;

export interface Clause {
  readonly id: ClauseId;
  readonly operation: OperationId;
  /** Whose it is, where it is none of ours: `acme`, which its id begins with. */
  readonly suite?: string;
  readonly statement: Statement;
  readonly kind: 'derived' | 'written';
  /** Of the first sentence quoted, or of the code or parameter that it is derived from. */
  readonly source: Source;
  /** The sentences of the specs that it decides. */
  readonly quotes: readonly Quote[];
  /** The members, parameters and codes of the operation that it decides, where it is derived from them. */
  readonly about: readonly Topic[];
  /** The microversions that it speaks of, in order. */
  readonly ranges: NonEmpty<MicroversionRange>;
  /**
   * `boundaries`: a case at the first and last microversion of each revision in the range; `ends`: at the first and
   * last of the range, for what the revisions inside it do not change; `once`: at the last, for what no microversion
   * changes.
   */
  readonly cases: 'boundaries' | 'ends' | 'once';
  /** Identities besides `member`. */
  readonly identities: readonly Identity[];
  /** Optional behaviour that the target must have. */
  readonly capabilities: readonly string[];
  /** Ids of the errata that it rests on. */
  readonly errata: readonly string[];
  /** From which target on it binds, told by the newest microversion of the target, where the text is younger. */
  readonly since?: Since;
  /** It only reads, and finds what it looks at where nothing may be made. */
  readonly reads?: true;
  /** Why no case of it can be tried with what the suites know; missing for most. */
  readonly unprepared?: string;
  /** Faults that make it fail. */
  readonly refutedBy: NonEmpty<string>;
  readonly check: Check;
}

export interface Since {
  /** As text: `2.100`. */
  readonly maximum: string;
  /** A full sentence. */
  readonly because: string;
}

/** What a report lists a clause under: its operation, with the name of the suite where it is none of ours. */
export function groupOf({ suite, operation }: Pick<Clause, 'suite' | 'operation'>): OperationId {
  return suite === undefined ? operation : `${suite}/${operation}`;
}

const levels = ['MUST NOT', 'SHOULD NOT', 'MUST', 'SHOULD', 'MAY'] as const satisfies readonly Level[];

/** The first RFC 2119 word of a statement. */
export function levelOf(statement: Statement): Level {
  const found = levels
    .map((level) => ({ level, at: statement.search(new RegExp(`\\b${level}\\b`)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.level.length - a.level.length)[0];
  if (!found) throw new RangeError(`"${statement}" has none of ${levels.join(', ')}`);
  return found.level;
}

export function isBinding(level: Level): boolean {
  return level === 'MUST' || level === 'MUST NOT';
}
