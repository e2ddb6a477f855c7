/**
 * Merges the shards of a run into one journal, as a run of the whole plan would have written it.
 */
import type { CaseLine, ConfirmationLine, EarlierLine, EndLine, JournalLine, RunLine } from '../../records/journal.ts';
import type { Journal } from '../journal.ts';
import type { Cost } from '../../records/run-facts.ts';
import type { RunFacts } from '../../records/report.ts';
import { verdictFrom } from './from-run.ts';
import { shardsInOrder, type NamedJournal } from './refuse-shards.ts';

/** `output`: the folder of the merged run. `refuseShards` must have accepted the shards. */
export function mergeShards(shards: readonly NamedJournal[], name: string, output: string): readonly JournalLine[] {
  const journals = shardsInOrder(shards).map(({ journal }) => journal);
  const [first] = journals;
  if (!first) return [];
  return [
    wholeHeader(first.header, journals, name, output),
    ...journals.flatMap(({ header, earlier = [] }) => earlier.map((line) => lineFrom(header.run.name, line))),
    ...journals.flatMap(({ header, results }) => results.map((line) => lineFrom(header.run.name, line))),
    ...journals.flatMap(({ header, confirmations = [] }) =>
      confirmations.map((line) => lineFrom(header.run.name, line)),
    ),
    ...journals.flatMap(({ inventories = [] }) => inventories),
    wholeEnd(journals),
  ];
}

function wholeHeader(first: RunLine, journals: readonly Journal[], name: string, output: string): RunLine {
  const headers = journals.map(({ header }) => header);
  const { command, plan } = first.run;
  const parts = headers.map((header) => ({ name: header.run.name, startedAt: header.run.startedAt }));
  const startedAt = headers.map((header) => header.run.startedAt).reduce((a, b) => (a < b ? a : b));
  return {
    ...first,
    // The merged run is not a shard.
    run: {
      name,
      startedAt,
      command: wholeCommand(command, output),
      ...(plan !== undefined && { plan }),
      parts,
    },
    clauses: byId(headers.flatMap(({ clauses }) => clauses)),
    cases: byId(headers.flatMap(({ cases }) => cases)),
    errata: byId(headers.flatMap(({ errata }) => errata)),
  };
}

/** The options of a shard without `--shard` and its own `--output`. */
function wholeCommand(command: readonly string[], output: string): readonly string[] {
  const own = command.filter((word, index) => {
    const option = /^--(?:shard|output)(?:=|$)/;
    return !option.test(word) && !/^--(?:shard|output)$/.test(command[index - 1] ?? '');
  });
  return [...own, '--output', output];
}

function byId<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function lineFrom<T extends CaseLine | ConfirmationLine | EarlierLine>(run: string, line: T): T {
  return { ...line, verdict: verdictFrom(run, line.verdict) };
}

/** From the best to the worst. */
const endings = [
  'completed',
  'interrupted',
  'deadline',
  'lost-target',
  'write-error',
  'crashed',
] as const satisfies readonly RunFacts['ended'][];

function wholeEnd(journals: readonly Journal[]): EndLine {
  const started = Math.min(...journals.map(({ header }) => Date.parse(header.run.startedAt)));
  const finishedAt = journals
    .flatMap(({ header, results, confirmations = [], footer }) => [
      header.run.startedAt,
      ...[...results, ...confirmations].map((line) => line.finishedAt),
      ...(footer ? [footer.finishedAt] : []),
    ])
    .reduce((a, b) => (a > b ? a : b));
  const kept = journals.flatMap(({ footer }) => footer?.kept ?? []);
  const rebuilds = journals.flatMap(({ footer }) => footer?.rebuilds ?? []);
  const worst = journals.map(({ footer }) => endings.indexOf(footer?.ended ?? 'crashed'));
  return {
    line: 'end',
    ended: endings[Math.max(...worst)] ?? 'crashed',
    finishedAt,
    durationMs: Math.max(0, Date.parse(finishedAt) - started),
    cost: journals.map(costOf).reduce(addCost),
    leaks: journals.flatMap(({ footer }) => footer?.leaks ?? []),
    ...(kept.length > 0 && { kept }),
    ...(rebuilds.length > 0 && { rebuilds }),
  };
}

/** Of a shard that crashed only the number of exchanges is known. */
function costOf({ results, confirmations = [], footer }: Journal): Cost {
  if (footer) return footer.cost;
  const exchanges = [...results, ...confirmations].reduce((sum, line) => sum + line.exchanges, 0);
  return { exchanges, targetBusyMs: 0, targetMs: 0, ownCpuMs: 0, created: {} };
}

function addCost(a: Cost, b: Cost): Cost {
  const types = [...new Set([...Object.keys(a.created), ...Object.keys(b.created)])].sort();
  return {
    exchanges: a.exchanges + b.exchanges,
    targetBusyMs: a.targetBusyMs + b.targetBusyMs,
    targetMs: a.targetMs + b.targetMs,
    ownCpuMs: a.ownCpuMs + b.ownCpuMs,
    created: Object.fromEntries(types.map((type) => [type, (a.created[type] ?? 0) + (b.created[type] ?? 0)])),
  };
}
