/** The type of a service's handler, and of a fault that wraps it. */

import type { Cloud } from './cloud.ts';
import type { SimRequest, SimResponse } from './kernel/http.ts';

export type Handler = (request: SimRequest, cloud: Cloud) => SimResponse | Promise<SimResponse>;

export type Tamper = (next: Handler) => Handler;
