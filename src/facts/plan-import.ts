/**
 * What an import comes to: the fact files, ids for operations that have none yet, and what changed since the last one.
 *
 * Operations that our own texts describe stay ours; where the reference says something else of them it is told.
 */
import type { ServiceManifest } from '../assembly/model.ts';
import { placeKey } from '../assembly/operation-ids.ts';
import type { OperationId } from '../contract/model.ts';
import type { Reference } from '../reference/model.ts';
import type { FactFile, OperationFacts } from './facts.ts';
import { factsOf, operationFacts } from './facts-of.ts';
import type { NewEntry } from './manifest-entries.ts';
import { differenceOf, type LineDifference } from './operation-lines.ts';
import { suggestIds } from './suggest-ids.ts';

export interface Imported {
  readonly files: readonly FactFile[];
  readonly entries: readonly NewEntry[];
  readonly added: readonly OperationId[];
  readonly removed: readonly RemovedOperation[];
  readonly changed: readonly ChangedOperation[];
  /** Operations of our own texts of which the reference says something else. */
  readonly differing: readonly ChangedOperation[];
  /** How many operations of the reference our own texts describe. */
  readonly own: number;
}

export interface ChangedOperation extends LineDifference {
  readonly id: OperationId;
}

export interface RemovedOperation {
  readonly id: OperationId;
  /** New operations with the same call: it may have a new title. */
  readonly perhaps: readonly OperationId[];
}

export interface ImportSources {
  readonly reference: Reference;
  /** The folder of its fragments. */
  readonly folder: string;
  /** Our own texts. */
  readonly own: Reference;
  readonly manifest: ServiceManifest;
  /** The facts of the last import. */
  readonly before: readonly FactFile[];
}

export function planImport({ reference, folder, own, manifest, before }: ImportSources): Imported {
  const ours = new Map(own.operations.map((operation) => [placeKey(operation.at.file, operation.title), operation]));
  const all = factsOf(reference, folder);
  const files = all.flatMap(({ source, operations }) => {
    const rest = operations.filter(({ title }) => !ours.has(placeKey(source, title)));
    return rest.length > 0 ? [{ source, operations: rest }] : [];
  });
  const entries = newEntries(files, manifest);
  const ids = new Map(
    [...manifest.operations, ...entries].map(({ id, file, section }) => [placeKey(file, section), id] as const),
  );
  const [now, then] = [placed(files), placed(before)];
  const common = [...placed(all)].flatMap(([key, facts]) => {
    const operation = ours.get(key);
    return operation ? [{ key, facts, mine: operationFacts(operation) }] : [];
  });
  const change = (key: string, old: OperationFacts, facts: OperationFacts): readonly ChangedOperation[] => {
    const difference = differenceOf(old, facts);
    const id = ids.get(key);
    return id === undefined || difference.gone.length + difference.come.length === 0 ? [] : [{ id, ...difference }];
  };
  const added = [...now].flatMap(([key]) => (then.has(key) ? [] : (ids.get(key) ?? [])));
  return {
    files,
    entries,
    added,
    removed: removedOperations({ manifest, now, then, ours: new Set(ours.keys()), ids }),
    changed: [...now].flatMap(([key, facts]) => {
      const old = then.get(key);
      return old ? change(key, old, facts) : [];
    }),
    differing: common.flatMap(({ key, facts, mine }) => change(key, withoutForms(mine), withoutForms(facts))),
    own: common.length,
  };
}

type Placed = ReadonlyMap<string, OperationFacts>;

function placed(files: readonly FactFile[]): Placed {
  return new Map(
    files.flatMap(({ source, operations }) =>
      operations.map((facts) => [placeKey(source, facts.title), facts] as const),
    ),
  );
}

function newEntries(files: readonly FactFile[], { service, operations }: ServiceManifest): readonly NewEntry[] {
  const known = new Set(operations.map(({ file, section }) => placeKey(file, section)));
  const nameless = files.flatMap(({ source, operations: facts }) =>
    facts.filter(({ title }) => !known.has(placeKey(source, title))).map(({ title }) => ({ title, source })),
  );
  const ids = suggestIds(service, nameless, new Set(operations.map(({ id }) => id)));
  return nameless.flatMap(({ title, source }, index) => {
    const id = ids[index];
    return id === undefined ? [] : [{ id, file: source, section: title }];
  });
}

interface Removal {
  readonly manifest: ServiceManifest;
  readonly now: Placed;
  readonly then: Placed;
  readonly ours: ReadonlySet<string>;
  readonly ids: ReadonlyMap<string, OperationId>;
}

function removedOperations({ manifest, now, then, ours, ids }: Removal): readonly RemovedOperation[] {
  return manifest.operations.flatMap(({ id, file, section, retired }) => {
    const key = placeKey(file, section);
    if (now.has(key) || ours.has(key) || retired !== undefined) return [];
    const call = then.get(key)?.call;
    const same = [...now].filter(([other, facts]) => facts.call === call && !then.has(other));
    return [{ id, perhaps: same.flatMap(([other]) => ids.get(other) ?? []) }];
  });
}

/** Our samples have values of our own and stand in other folders. */
function withoutForms({ samples = [], ...facts }: OperationFacts): OperationFacts {
  return {
    ...facts,
    samples: samples.map(({ side, file, forms }) => ({
      side,
      file,
      forms: { [Object.keys(forms).join(' ').split(' ').sort().join(' ')]: '' },
    })),
  };
}
