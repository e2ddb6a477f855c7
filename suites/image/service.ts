/** The image service, Glance: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { imageChanges } from './changes.ts';
import { image } from './image.ts';

export const imageService: ServiceDefinition = {
  type: 'image',
  words: 'the Image API',
  resourceTypes: [image],
  changes: imageChanges,
};
