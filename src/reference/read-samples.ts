/** Samples that `literalinclude` shows, with the forms of the same sample at other microversions. */
import type { Position, Report } from '../diagnostic.ts';
import { linePositions } from '../line-positions.ts';
import { compareMicroversions, parseMicroversion, type Microversion } from '../microversion.ts';
import { parseJson } from './json-text.ts';
import type { Sample, Side } from './model.ts';
import { readText, type FoundFile, type Reading } from './reading.ts';
import { baseName, folderOf, type ReferenceTree } from './tree.ts';

/** Reads a sample file that exists; undefined, with a diagnostic, when it is not JSON. Each file is read once. */
export type SampleReader = (found: FoundFile, askedAt: Position) => Sample | undefined;

const VERSION_FOLDER = /^v(\d+\.\d+)$/;
/** `get-things-1.19.json`, `things-v2.5-resp.json`. */
const VERSION_SUFFIX = /[-_]v?(\d+\.\d+)(?=(?:[-_](?:req|request|resp|response))?\.\w+$)/i;
const SIDE_SUFFIX = /[-_](?:(req|request)|(?:resp|response))$/i;

export function sampleReader({ report }: Pick<Reading, 'report'>): SampleReader {
  const readers = new Map<ReferenceTree, SampleReader>();
  return (found, askedAt) => {
    const reader = readers.get(found.tree) ?? readerOfTree(found.tree, report);
    readers.set(found.tree, reader);
    return reader(found, askedAt);
  };
}

function readerOfTree(tree: ReferenceTree, report: Report): SampleReader {
  const known = new Map<string, { readonly sample: Sample | undefined }>();
  return ({ file }, askedAt) => {
    const entry = known.get(file) ?? { sample: readSample({ tree, file }, askedAt, report) };
    known.set(file, entry);
    return entry.sample;
  };
}

function readSample(found: FoundFile, askedAt: Position, report: Report): Sample | undefined {
  const text = readText(found, askedAt, report);
  if (text === undefined) return undefined;
  const { file } = found;
  const parsed = parseJson(text);
  const version = versionOfPath(file);
  if ('value' in parsed) return { file, ...(version && { version }), value: parsed.value };
  if (isText(file, text)) {
    const message = `${file} is a text; it shows no body`;
    report({ severity: 'info', code: 'sample-is-text', at: askedAt, message, expected: 'one JSON value' });
    return undefined;
  }
  const at = linePositions(text, file)(parsed.offset);
  const message = `the sample ${file} cannot be used: ${parsed.mistake}`;
  report({ severity: 'error', code: 'sample-not-json', at, message, expected: 'one JSON value' });
  return undefined;
}

/** A command, a form or a whole HTTP message. What begins as JSON was meant as JSON, whatever the name of its file. */
function isText(file: string, text: string): boolean {
  return !file.endsWith('.json') && !/^\s*[[{]/.test(text);
}

/** The version of the nearest folder that is named like one, else the version at the end of the file name. */
export function versionOfPath(file: string): Microversion | undefined {
  return versionOfFolder(file) ?? parseMicroversion(VERSION_SUFFIX.exec(baseName(file))?.[1] ?? '');
}

/** The version of the nearest folder that is named like one. */
export function versionOfFolder(file: string): Microversion | undefined {
  const folder = baseName(folderOf(file));
  const match = VERSION_FOLDER.exec(folder);
  if (match) return parseMicroversion(match[1] ?? '');
  return folder === '' ? undefined : versionOfFolder(folderOf(file));
}

/** The side that a file name shows: `-req.json`, `-resp.json`. */
export function sideOfFile(file: string): Side | undefined {
  const match = SIDE_SUFFIX.exec(
    baseName(file)
      .replace(VERSION_SUFFIX, '')
      .replace(/\.\w+$/, ''),
  );
  if (!match) return undefined;
  return match[1] === undefined ? 'response' : 'request';
}

/** The file name without folder and suffix of a version: what the forms of one sample share. */
export function familyOf(file: string): string {
  return file.replace(VERSION_SUFFIX, '').replace(/(^|\/)v\d+\.\d+\/(?=[^/]+$)/, '$1');
}

/** The files of the same name in the sibling version folders and in the unversioned one, the oldest first. */
export function variantFiles({ tree, file }: FoundFile): readonly string[] {
  const folder = folderOf(file);
  const area = VERSION_FOLDER.test(baseName(folder)) ? folderOf(folder) : folder;
  const prefix = area === '' ? '' : `${area}/`;
  const folders = tree
    .list(area)
    .filter((name) => name.endsWith('/') && VERSION_FOLDER.test(name.slice(0, -1)))
    .sort(compareFolders);
  return ['', ...folders]
    .map((name) => `${prefix}${name}${baseName(file)}`)
    .filter((candidate) => candidate !== file && tree.read(candidate) !== undefined);
}

function compareFolders(a: string, b: string): number {
  const [first, second] = [a, b].map((name) => parseMicroversion(name.slice(1, -1)));
  return first && second ? compareMicroversions(first, second) : a.localeCompare(b);
}
