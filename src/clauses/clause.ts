/**
 * A clause: one sentence with MUST, SHOULD or MAY, where it comes from, and the check that decides it.
 *
 * Derived clauses are generated from the contract, written ones are in `suites/`; both have the same type.
 */
import type { NonEmpty } from '../json.ts';
import type { OperationId, Source, Topic } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Quote } from './quote.ts';
import type { CheckContext } from './check-context.ts';
import type { Finding, Level } from './verdict.ts';
import type { Identity } from './identity.ts';

export type ClauseId = `${OperationId}#${string}`;

/** A sentence without one of the levels is rejected by the type. */
export type Statement = `${string} ${Level} ${string}`;

/** Returns every finding; none when the target conforms. Throws `Unreached` or an error, never a finding. */
export type Check = (ctx: CheckContext) => Promise<readonly Finding[]>;

export interface Clause {
  readonly id: ClauseId;
  readonly operation: OperationId;
  /** Name of the extension suite that it belongs to, which its id begins with: `acme`. Missing for ours. */
  readonly suite?: string;
  readonly statement: Statement;
  readonly kind: 'derived' | 'written';
  /** Source of the first quoted sentence, or of the code or parameter that it is derived from. */
  readonly source: Source;
  /** The sentences of the specs that it decides. */
  readonly quotes: readonly Quote[];
  /** The members, parameters and codes of the operation that it decides, where it is derived from them. */
  readonly about: readonly Topic[];
  /** The microversions that it applies to, in order. */
  readonly ranges: NonEmpty<MicroversionRange>;
  /**
   * `boundaries`: a case at the first and last microversion of each revision in the range; `ends`: at the first and
   * last of the range, for what the revisions inside it do not change; `once`: at the last, for what no microversion
   * changes.
   */
  readonly cases: 'boundaries' | 'ends' | 'once';
  /** Identities that it needs in addition to `member`. */
  readonly identities: readonly Identity[];
  /** Optional behaviour that the target must have. */
  readonly capabilities: readonly string[];
  /** Ids of the errata that it is based on. */
  readonly errata: readonly string[];
  /** The first release that it binds, by its newest microversion; set where the text is younger than the operation. */
  readonly since?: Since;
  /** It only reads, and needs no created resource. */
  readonly reads?: true;
  /** Why the suites cannot prepare any case of it; missing for most clauses. */
  readonly unprepared?: string;
  /** Seeded faults that make it fail. */
  readonly killedBy: NonEmpty<string>;
  readonly check: Check;
}

export interface Since {
  /** As text: `2.100`. */
  readonly maximum: string;
  /** A full sentence. */
  readonly because: string;
}

/** What a report lists a clause under: its operation, prefixed with the name of an extension suite. */
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
