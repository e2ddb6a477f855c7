/**
 * The results of a mutation test as files, one for each API resource: which faults make which of its clauses fail, and
 * digests of what these results depend on.
 *
 * They are golden files, so that a lost kill is noticed. A fault that breaks more clauses than a file lists is no loss.
 */
import { createHash } from 'node:crypto';
import type { Kills } from '../subjects.ts';
import type { GroupName } from './dependencies.ts';
import type { RequestForm } from './requests.ts';

/** `compute/volume-attachments` */
export type ResourceName = string;

export interface ResultRecord {
  readonly clauses: number;
  /** Digest of what all results depend on. */
  readonly common: string;
  /** What the clauses of the resource requested: it decides what `common` covers. */
  readonly requests: readonly RequestForm[];
  /** Digests of the groups of its clauses, and of the faults that were tried against them. */
  readonly groups: ReadonlyMap<GroupName, string>;
  /** The clauses that each fault breaks; none for an equivalent one. */
  readonly kills: Kills;
  /** By fault: why no client can detect it. */
  readonly equivalents: ReadonlyMap<string, string>;
}

export interface ReadRecord extends ResultRecord {
  /** Whether the file is as it was written; after a merge or an edit its digests prove nothing. */
  readonly isIntact: boolean;
}

export function recordFile(resource: ResourceName): string {
  return `suites/${resource}/mutation.txt`;
}

export function writeRecord(resource: ResourceName, record: ResultRecord): string {
  const { common, requests, groups, kills, equivalents } = record;
  const content = [
    `common ${common}`,
    ...[...groups].map(([name, value]) => `group ${value} ${name}`).sort(byName),
    ...[...requests].sort().map((form) => `request ${form}`),
    '',
    ...[...kills]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([fault, clauses]) => {
        const why = equivalents.get(fault);
        return why === undefined ? `${fault}: ${formatClauses(clauses)}`.trimEnd() : `${fault}: equivalent. ${why}`;
      }),
    '',
  ].join('\n');
  return [
    `# Which faults break which clauses of ${resource} on the embedded cloud.`,
    '# Written by `npm run mutation-test`: in a conflict, take either side and run it. See docs/mutation-testing.md.',
    `# ${figuresOf([record])}`,
    `checksum ${checksum(content)}`,
    content,
  ].join('\n');
}

export function readRecord(text: string): ReadRecord {
  const [, written, content = ''] = /^checksum (.*)\n([\s\S]*)$/m.exec(text) ?? [];
  const [head = '', ...table] = content.split('\n\n');
  const values = (key: string): readonly string[] =>
    head.split('\n').flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
  const lines = table.flatMap((part) => part.split('\n')).flatMap(readLine);
  return {
    isIntact: written === checksum(content),
    clauses: Number(/^# \d+ of (\d+) clauses/m.exec(text)?.[1] ?? 0),
    common: values('common')[0] ?? '',
    requests: values('request') as readonly RequestForm[],
    groups: new Map(values('group').map((line) => [line.slice(line.indexOf(' ') + 1), line.split(' ')[0] ?? ''])),
    kills: new Map(lines.map(({ fault, clauses }) => [fault, clauses])),
    equivalents: new Map(lines.flatMap(({ fault, why }) => (why === undefined ? [] : [[fault, why] as const]))),
  };
}

/** `582 of 582 clauses proven; 1381 of 1381 faults killed, 10 equivalent.` */
export function figuresOf(records: readonly Pick<ResultRecord, 'clauses' | 'kills' | 'equivalents'>[]): string {
  const clauses = records.reduce((sum, one) => sum + one.clauses, 0);
  const proven = new Set(records.flatMap(({ kills }) => [...kills.values()].flat())).size;
  const equivalent = new Set(records.flatMap(({ equivalents }) => [...equivalents.keys()]));
  const killable = new Set(records.flatMap(({ kills }) => [...kills.keys()].filter((fault) => !equivalent.has(fault))));
  const killed = [...killable].filter((fault) => records.some(({ kills }) => (kills.get(fault) ?? []).length > 0));
  return `${proven} of ${clauses} clauses proven; ${killed.length} of ${killable.size} faults killed, ${equivalent.size} equivalent.`;
}

/** The clauses that each fault breaks, of all resources. */
export function killsIn(records: Iterable<Pick<ResultRecord, 'kills'>>): Kills {
  const kills = new Map<string, readonly string[]>();
  for (const record of records) {
    for (const [fault, clauses] of record.kills) kills.set(fault, [...(kills.get(fault) ?? []), ...clauses]);
  }
  return kills;
}

/** Recorded pairs, `fault: clause`, that are not among the kills, of the faults that were tried. */
export function lostKills(recorded: Kills, kills: Kills): readonly string[] {
  return [...recorded].flatMap(([fault, clauses]) => {
    const now = kills.get(fault);
    return now ? clauses.filter((clause) => !now.includes(clause)).map((clause) => `${fault}: ${clause}`) : [];
  });
}

/** `attach-volume #ends-in-use #keeps-the-tag, detach-volume #ends-free` */
function formatClauses(clauses: readonly string[]): string {
  const byOperation = new Map<string, string[]>();
  for (const clause of clauses) {
    const [operation = '', word = ''] = clause.split('#');
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), `#${word}`]);
  }
  return [...byOperation].map(([operation, words]) => `${operation} ${words.join(' ')}`).join(', ');
}

interface Line {
  readonly fault: string;
  readonly clauses: readonly string[];
  readonly why?: string;
}

function readLine(line: string): readonly Line[] {
  const at = line.search(/:( |$)/);
  if (at < 0) return [];
  const [fault, rest] = [line.slice(0, at), line.slice(at + 2)];
  const [, why] = /^equivalent\. (.*)$/.exec(rest) ?? [];
  if (why !== undefined) return [{ fault, clauses: [], why }];
  const clauses = rest.split(', ').flatMap((part) => {
    const [operation, ...words] = part.split(' ');
    return words.filter((word) => word.startsWith('#')).map((word) => `${operation}${word}`);
  });
  return [{ fault, clauses }];
}

/** `group DIGEST NAME` by its name, so that a changed digest changes one line. */
function byName(a: string, b: string): number {
  const [first, second] = [a, b].map((line) => line.split(' ').slice(2).join(' ')) as [string, string];
  return first < second ? -1 : 1;
}

function checksum(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
