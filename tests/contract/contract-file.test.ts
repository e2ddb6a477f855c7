import { expect, test } from 'vitest';
import {
  ContractFileError,
  operationsIn,
  readContract,
  writeContract,
  writeHead,
  writeOperationFile,
} from '../../src/contract/contract-file.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import { assembleOwn, assembleUpstream, upstreamIsHere, upstreamReason } from '../assembly/compute-specs.ts';

const { contract, draft } = assembleOwn();

test('a contract read back is the same', () => {
  expect(readContract(writeContract(draft))).toStrictEqual(draft);
  expect(contractOf(readContract(writeContract(draft)))).toStrictEqual(contract);
});

test('a contract written again is the same text', () => {
  const text = writeContract(draft);
  expect(writeContract(readContract(text))).toBe(text);
});

test('a head with the files of operations is the same contract as one file', () => {
  const head = writeHead(draft);
  expect(operationsIn(head)).toEqual(draft.operations.map(({ id }) => id));
  expect(readContract(head, ...draft.operations.map(writeOperationFile))).toStrictEqual(draft);
  expect(readContract(head).operations).toEqual([]);
});

test.skipIf(!upstreamIsHere)(`the contract of all of Nova survives the file${upstreamReason}`, () => {
  const whole = assembleUpstream('nova-2026-08', []);
  const read = readContract(writeContract(whole.draft));
  expect(read).toStrictEqual(whole.draft);
  expect(contractOf(read)).toStrictEqual(whole.contract);
});

test('ranges and sources are text in the file, and samples stay as they are', () => {
  const first = draft.operations.find(({ id }) => id === 'compute/attach-volume');
  const sample = { side: 'request', file: 'a', value: { range: 'x', source: 'y' } } as const;
  const odd = {
    ...draft,
    operations: first ? [{ ...first, samples: [{ ...sample, range: first.range, source: first.source }] }] : [],
  };
  expect(readContract(writeContract(odd))).toStrictEqual(odd);
  expect(writeContract(odd)).toContain('"range": "2.1-"');
});

const head = '"format": 2, "service": "compute", "errata": [], "sentences": []';
const operation = (members: string): string =>
  `{${head}, "operations": [{"id": "a/b", "title": "", "method": "", "path": "", ${members}, "responses": []}]}`;
const body = (shape: string): string =>
  operation(`"range": "2.1-", "source": "a:1 b", "request": {"body": {"shape": ${shape}}}`);
const broken = [
  ['no JSON', 'service: compute'],
  ['no object', '[]'],
  ['another format', '{"format": 1, "service": "compute", "errata": [], "sentences": [], "operations": []}'],
  ['no operations', `{${head}}`],
  ['no range', operation('"range": "all", "source": "a:1 b"')],
  ['no source', operation('"range": "2.1-", "source": "here"')],
  ['an operation without an id', `{${head}, "operations": [{"range": "2.1-", "source": "a:1 b"}]}`],
  ['an unknown type', body('"text"')],
  ['no shape', body('7')],
  ['a choice of nothing', body('{"choice": []}')],
] as const;

test.each(broken)('a contract file with %s is refused', (_, text) => {
  expect(() => readContract(text)).toThrow(ContractFileError);
});
