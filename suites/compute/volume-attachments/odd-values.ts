/** Odd values of the members of requests on attachments. */
import type { Json } from '../../../src/json.ts';

export const oddTexts: readonly Json[] = [
  '',
  ' ',
  'x'.repeat(5000),
  '\u0000',
  '💩',
  '\ud800',
  [],
  {},
  true,
  1e308,
  null,
];
export const oddTags: readonly Json[] = ['', 'a,b', 'a/b', 'x'.repeat(61), '\ud800', 1, [], {}, null];
export const oddDevices: readonly Json[] = [
  '',
  'vdb',
  '/dev/',
  '/dev/VDB',
  '/dev/vdb ',
  '/dev/nvme0n1',
  '/foo',
  1,
  true,
  [],
  {},
];
export const oddFlags: readonly Json[] = [1, 0, 1.5, null, '', 'y', 't', 'oFF', 'null', [], {}];
