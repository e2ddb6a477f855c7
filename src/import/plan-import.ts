/**
 * Plans an import: the fact files, ids for operations that have none yet, and the changes since the last import.
 *
 * Operations that our own texts describe are not imported; where the reference differs from them, it is reported.
 */
import type { ManifestEntry, ServiceManifest } from '../assembly/model.ts';
import { placeOf } from '../assembly/operation-ids.ts';
import { entriesFor, needsCall, placeKeys, type OperationPlace } from '../assembly/operation-places.ts';
import type { OperationId } from '../contract/model.ts';
import type { ChangedOperation, NewEntry, RemovedOperation } from '../records/reference-import.ts';
import type { Reference } from '../reference/model.ts';
import type { FactFile, OperationFacts } from './facts.ts';
import { factsOf, operationFacts } from './facts-of.ts';
import { differenceOf } from './operation-lines.ts';
import { suggestIds } from './suggest-ids.ts';

export interface Imported {
  readonly files: readonly FactFile[];
  readonly entries: readonly NewEntry[];
  readonly added: readonly OperationId[];
  readonly removed: readonly RemovedOperation[];
  readonly changed: readonly ChangedOperation[];
  /** Operations of our own texts from which the reference differs. */
  readonly differing: readonly ChangedOperation[];
  /** How many operations of the reference our own texts describe. */
  readonly own: number;
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
  const ourKeys = placeKeys(own.operations.map(placeOf));
  const ours = new Map(own.operations.map((operation, index) => [ourKeys[index] ?? '', operation] as const));
  const stated = factsOf(reference, folder);
  const all = placed(stated);
  const isOurs = new Set([...all].filter(([key]) => ours.has(key)).map(([, facts]) => facts));
  const files = stated.flatMap(({ source, operations }) => {
    const rest = operations.filter((facts) => !isOurs.has(facts));
    return rest.length > 0 ? [{ source, operations: rest }] : [];
  });
  const entries = newEntries(files, manifest);
  const places = [...placesIn(files), ...own.operations.map(placeOf)];
  const ids = idsByKey(places, [...manifest.operations, ...entries]);
  const [now, then] = [placed(files), placed(before)];
  const common = [...all].flatMap(([key, facts]) => {
    const operation = ours.get(key);
    return operation ? [{ key, facts, mine: operationFacts(operation) }] : [];
  });
  const change = (key: string, old: OperationFacts, facts: OperationFacts): readonly ChangedOperation[] => {
    const difference = differenceOf(old, facts);
    const id = ids.get(key);
    return id === undefined || difference.removed.length + difference.added.length === 0 ? [] : [{ id, ...difference }];
  };
  const added = [...now].flatMap(([key]) => (then.has(key) ? [] : (ids.get(key) ?? [])));
  return {
    files,
    entries,
    added,
    removed: removedOperations({ manifest, places, before, now, then, ids }),
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
  const keys = placeKeys(placesIn(files));
  const facts = files.flatMap(({ operations }) => operations);
  return new Map(facts.map((each, index) => [keys[index] ?? '', each] as const));
}

function placesIn(files: readonly FactFile[]): readonly OperationPlace[] {
  return files.flatMap(({ source, operations }) =>
    operations.map(({ title, call }) => ({ file: source, title, call })),
  );
}

function idsByKey(
  places: readonly OperationPlace[],
  entries: readonly (NewEntry | ManifestEntry)[],
): ReadonlyMap<string, OperationId> {
  const keys = placeKeys(places);
  const found = entriesFor(places, entries);
  return new Map(found.flatMap((entry, index) => (entry ? [[keys[index] ?? '', entry.id] as const] : [])));
}

function newEntries(files: readonly FactFile[], { service, operations }: ServiceManifest): readonly NewEntry[] {
  const places = placesIn(files);
  const known = entriesFor(places, operations);
  const nameless = places.filter((_, index) => !known[index]);
  const repeats = needsCall(places);
  const titled = nameless.map(({ title, file }) => ({ title, source: file }));
  const ids = suggestIds(service, titled, new Set(operations.map(({ id }) => id)));
  return nameless.flatMap((place, index) => {
    const id = ids[index];
    const { file, title, call } = place;
    return id === undefined ? [] : [{ id, file, section: title, ...(repeats(place) && { call }) }];
  });
}

interface Removal {
  readonly manifest: ServiceManifest;
  /** Those of the reference and of our own texts. */
  readonly places: readonly OperationPlace[];
  readonly before: readonly FactFile[];
  readonly now: Placed;
  readonly then: Placed;
  readonly ids: ReadonlyMap<string, OperationId>;
}

function removedOperations(removal: Removal): readonly RemovedOperation[] {
  const { manifest, places, before, now, then, ids } = removal;
  const present = new Set(entriesFor(places, manifest.operations));
  const placesThen = placesIn(before);
  const entriesThen = entriesFor(placesThen, manifest.operations);
  return manifest.operations.flatMap((entry) => {
    if (present.has(entry) || entry.retired !== undefined) return [];
    const call = placesThen[entriesThen.indexOf(entry)]?.call;
    const same = [...now].filter(([other, facts]) => facts.call === call && !then.has(other));
    return [{ id: entry.id, perhaps: same.flatMap(([other]) => ids.get(other) ?? []) }];
  });
}

/** Leaves out the forms: our samples have other values and are in other folders. */
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
