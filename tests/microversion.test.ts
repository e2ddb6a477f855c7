/** Microversions and ranges: properties over many versions, and the forms that are read. */
import { expect, test } from 'vitest';
import {
  compareMicroversions,
  formatMicroversion,
  formatRange,
  includes,
  intersect,
  microversion,
  nextMicroversion,
  parseMicroversion,
  parseRange,
  previousMicroversion,
  range,
  splitRange,
  type Microversion,
  type MicroversionRange,
} from '../src/microversion.ts';

const texts = [
  '1.0',
  '1.39',
  '2.0',
  '2.1',
  '2.2',
  '2.9',
  '2.10',
  '2.11',
  '2.70',
  '2.79',
  '2.99',
  '2.100',
  '2.104',
  '3.0',
];
const versions = texts.map(microversion);
const ranges: readonly MicroversionRange[] = versions.flatMap((first) => [
  { first, last: undefined },
  ...versions.filter((last) => compareMicroversions(first, last) <= 0).map((last) => ({ first, last })),
]);

test('keep what they were read from', () => {
  for (const text of texts) expect(formatMicroversion(microversion(text))).toBe(text);
  for (const one of ranges) expect(parseRange(formatRange(one))).toEqual(one);
});

test.each(['', '2', '2.', '.1', '2.01', '02.1', '2.1.0', 'v2.1', '2.1 ', '-2.1', '2.x', 'latest', '2,1'])(
  'takes %j for no microversion',
  (text) => {
    expect(parseMicroversion(text)).toBeUndefined();
    expect(() => microversion(text)).toThrow(RangeError);
  },
);

test.each(['', '2.9-2.8', '2.10-2.9', '2.1-2.2-2.3', '-2.1', '2.1-x', 'x'])('takes %j for no range', (text) => {
  expect(parseRange(text)).toBeUndefined();
  expect(() => range(text)).toThrow(RangeError);
});

test('are in order: total, and by integers rather than by text', () => {
  versions.forEach((a, i) => {
    versions.forEach((b, j) => {
      expect(Math.sign(compareMicroversions(a, b))).toBe(Math.sign(i - j));
    });
  });
});

test('have a next one just above and a previous one just below', () => {
  for (const version of versions) {
    expect(compareMicroversions(version, nextMicroversion(version))).toBeLessThan(0);
    expect(previousMicroversion(nextMicroversion(version))).toEqual(version);
  }
  expect(previousMicroversion(microversion('2.0'))).toBeUndefined();
});

test('meet in exactly the versions that both ranges include', () => {
  for (const a of ranges) {
    for (const b of ranges) {
      const both = intersect(a, b);
      const wrong = versions.filter((version) => {
        return (both !== undefined && includes(both, version)) !== (includes(a, version) && includes(b, version));
      });
      expect(wrong).toEqual([]);
    }
  }
});

/** Cuts of every kind: none, all, twice the same, in no order, outside. */
const cuts: readonly (readonly Microversion[])[] = [
  [],
  versions,
  [...versions].reverse(),
  ['2.10', '2.10', '2.2', '2.100'].map(microversion),
  ['2.79'].map(microversion),
  ['1.5', '4.0'].map(microversion),
];

test('are cut without gaps or overlaps, and only where asked', () => {
  for (const whole of ranges.filter(({ first, last }) => (last?.major ?? first.major) === first.major)) {
    for (const firsts of cuts.map((cut) => cut.filter(({ major }) => major === whole.first.major))) {
      const pieces = splitRange(whole, firsts);
      expect(pieces[0]?.first).toEqual(whole.first);
      expect(pieces.at(-1)?.last).toEqual(whole.last);
      pieces.slice(1).forEach((piece, index) => {
        const before = pieces[index]?.last;
        expect(before && nextMicroversion(before)).toEqual(piece.first);
        expect(firsts).toContainEqual(piece.first);
      });
      for (const first of firsts.filter((version) => includes(whole, version))) {
        expect(pieces.map((piece) => formatMicroversion(piece.first))).toContain(formatMicroversion(first));
      }
    }
  }
});
