/**
 * The image service's rules.
 */

import { rulesByOperation } from '../kernel/endpoint.ts';
import type { ImageBehaviour } from './behaviour.ts';
import { imageServiceEndpoints } from './endpoints.ts';

export const imageBehaviour: ImageBehaviour = {
  policies: {
    get_images: ['anyone'],
    get_image: ['anyone'],
    delete_image: ['project-member', 'admin'],
  },
  endpoints: rulesByOperation(imageServiceEndpoints),
};
