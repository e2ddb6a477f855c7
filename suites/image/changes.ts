/** The declared changes of the image service: what each request refers to and creates. */
import type { DeclaredChange } from '../../src/resources/declared-change.ts';
import { image } from './image.ts';

export const imageChanges: readonly DeclaredChange[] = [
  { call: 'DELETE /v2/images/{image_id}', refers: { 'path image_id': { to: image } } },
];
