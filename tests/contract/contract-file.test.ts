import { expect, test } from 'vitest';
import { ContractFileError, readContract, writeContract } from '../../src/contract/contract-file.ts';
import { assembleOwn, assembleUpstream, upstreamIsHere, upstreamReason } from '../assembly/compute-specs.ts';

const { contract } = assembleOwn();

test('a contract read back is the same', () => {
  expect(readContract(writeContract(contract))).toStrictEqual(contract);
});

test('a contract written again is the same text', () => {
  const text = writeContract(contract);
  expect(writeContract(readContract(text))).toBe(text);
});

test.skipIf(!upstreamIsHere)(`the contract of all of Nova survives the file${upstreamReason}`, () => {
  const { contract: whole } = assembleUpstream('nova-2026-08', []);
  expect(readContract(writeContract(whole))).toStrictEqual(whole);
});

test('ranges and sources are text in the file, and samples stay as they are', () => {
  const [first] = contract.operations;
  const sample = { side: 'request', file: 'a', value: { range: 'x', source: 'y' } } as const;
  const odd = {
    ...contract,
    operations: first ? [{ ...first, samples: [{ ...sample, range: first.range, source: first.source }] }] : [],
  };
  expect(readContract(writeContract(odd))).toStrictEqual(odd);
  expect(writeContract(odd)).toContain('"range": "2.1-"');
});

const broken = [
  ['no JSON', 'service: compute'],
  ['no object', '[]'],
  ['another format', '{"format": 2, "service": "compute", "operations": []}'],
  ['no operations', '{"format": 1, "service": "compute"}'],
  ['no range', '{"format": 1, "service": "compute", "operations": [{"range": "all"}]}'],
  ['no source', '{"format": 1, "service": "compute", "operations": [{"source": "here"}]}'],
] as const;

test.each(broken)('a contract file with %s is refused', (_, text) => {
  expect(() => readContract(text)).toThrow(ContractFileError);
});
