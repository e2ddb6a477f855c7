/** Quotes from the part of the specs that applies to every operation. */
import { section } from '../quote.ts';

const file = 'negotiation.inc';

export const answering = section(file, 'Answering with a microversion');
export const requestIds = section(file, 'Request ids');
export const faultBodies = section(file, 'Fault bodies');
