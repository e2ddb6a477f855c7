/** What one fragment's readers need from the tree: definitions, samples and status files, each looked up from it. */
import type { Position, Report } from '../diagnostic.ts';
import type { Sample } from './model.ts';
import { readDefinitions, type DefinitionFile } from './read-definitions.ts';
import { sampleReader, variantFiles } from './read-samples.ts';
import { readStatusFile, type StatusFile } from './read-status-file.ts';
import { findFile, readText, type FoundFile, type Reading } from './reading.ts';
import { joinPath } from './tree.ts';

export interface FragmentReading {
  readonly report: Report;
  readonly definitions: (argument: string, at: Position) => DefinitionFile | undefined;
  readonly statuses: (argument: string, at: Position) => StatusFile | undefined;
  /** The sample and its other forms; the file name as resolved also when there is no such file. */
  readonly sample: (argument: string, at: Position) => FoundSample;
}

export interface FoundSample {
  readonly file: string;
  readonly sample?: Sample;
  readonly variants: readonly Sample[];
}

/** The files of a tree are read once, whichever fragments ask for them. */
export interface TreeReading extends Reading {
  readonly parameterFiles: () => readonly DefinitionFile[];
  readonly forFragment: (fragment: string) => FragmentReading;
}

export function treeReading(reading: Reading): TreeReading {
  const definitions = filesRead(reading, readDefinitions);
  const statuses = filesRead(reading, readStatusFile);
  const readSample = sampleReader(reading);
  return {
    ...reading,
    parameterFiles: () => [...definitions.read.values()].flatMap((file) => file ?? []),
    forFragment: (fragment) => ({
      report: reading.report,
      definitions: (argument, at) => definitions.look(argument, fragment, at),
      statuses: (argument, at) => statuses.look(argument, fragment, at),
      sample: (argument, at) => {
        const found = findFile(reading, argument, fragment);
        if (!found) return reportMissingSample(reading, argument, at);
        const sample = readSample(found, at);
        const variants = variantFiles(found).flatMap((file) => readSample({ tree: found.tree, file }, at) ?? []);
        return { file: found.file, variants, ...(sample && { sample }) };
      },
    }),
  };
}

interface FilesRead<T> {
  readonly read: ReadonlyMap<string, T | undefined>;
  readonly look: (argument: string, fragment: string, at: Position) => T | undefined;
}

function filesRead<T>(reading: Reading, make: (text: string, file: string, report: Report) => T): FilesRead<T> {
  const { report } = reading;
  const read = new Map<string, T | undefined>();
  return {
    read,
    look: (argument, fragment, at) => {
      const found = findFile(reading, argument, fragment);
      if (!found) {
        const message = `there is no ${argument} beside this file or above it`;
        report({ severity: 'error', code: 'missing-file', at, message, expected: 'a file of the tree' });
        return undefined;
      }
      const key = keyOf(reading, found);
      if (!read.has(key)) {
        const text = readText(found, at, report);
        read.set(key, text === undefined ? undefined : make(text, found.file, report));
      }
      return read.get(key);
    },
  };
}

/** Two trees may contain files of one name. */
function keyOf({ trees }: Reading, { tree, file }: FoundFile): string {
  return `${trees.indexOf(tree)}:${file}`;
}

function reportMissingSample({ report, trees: [tree] }: Reading, argument: string, at: Position): FoundSample {
  const message = `there is no sample ${argument}`;
  report({ severity: 'error', code: 'missing-sample', at, message, expected: 'a file of the tree' });
  return { file: joinPath(tree?.source ?? '', argument) ?? argument.replace(/^(?:\.{0,2}\/)+/, ''), variants: [] };
}
