/** A journal and its evidence in which a target or an operator wrote something hostile wherever either of them can. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Journal } from '../../src/report/journal.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { hostile } from './hostile.ts';

/** In one string, short enough to be shown in full by what cuts at 200 characters. */
const injected = `${hostile.script}${hostile.terminal}${hostile.bidi}${hostile.ci}\n::error::twice`;

/** Words of ours with a closed list of values, and names that other lines refer to. */
const closed: ReadonlySet<string> = new Set([
  ...['line', 'format', 'is', 'kind', 'level', 'ended', 'when', 'purpose', 'exchange', 'state', 'side', 'place', 'of'],
  ...['id', 'clause', 'cases', 'operation', 'operations', 'errata', 'by', 'microversion', 'waives', 'required'],
  ...['startedAt', 'finishedAt', 'expires'],
]);

/** Ids that nothing refers to. */
const open: ReadonlySet<string> = new Set(['leaks', 'fixtureFacts', 'capabilities', 'changes']);

const waiver = {
  ...{ target: '*', reason: 'Known.', link: 'https://bugs.example/7', owner: 'Ada', expires: '2099-12-31' },
  ...{ listedAt: 'waivers.yaml:1', waives: 'compute/attach-volume#body', cases: ['compute/attach-volume#body@2.1'] },
};

export function hostileJournal(): Journal {
  const { header, ...rest } = fixedJournal;
  const run = { ...header.run, plan: 'plan', parts: [{ name: 'osc-000001', startedAt: header.run.startedAt }] };
  const target = { ...header.target, release: '2.104', insecure: ['member'] };
  return makeDirty({ ...rest, header: { ...header, run, target, waivers: [waiver] } }) as Journal;
}

export function hostileRecord(): RunRecord {
  return {
    ...recordOf(hostileJournal()),
    evidence: (id) => makeDirty(fixedRecord.evidence(id)) as readonly Exchange[],
  };
}

function makeDirty(value: unknown, key = '', holder = ''): unknown {
  if (typeof value === 'string') return closed.has(key) && !open.has(holder) ? value : `${value}${injected}`;
  if (Array.isArray(value)) return value.map((item) => makeDirty(item, key, holder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, makeDirty(inner, name, Array.isArray(inner) ? name : holder)]),
  );
}
