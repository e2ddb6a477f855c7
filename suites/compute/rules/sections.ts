/** The sections of the specs on all operations of the service, which rules quote. */
import { section } from '../../../src/clauses/written.ts';

export const asking = section('negotiation.inc', 'Asking for a microversion');
export const answering = section('negotiation.inc', 'Answering with a microversion');
export const requestIds = section('negotiation.inc', 'Request ids');
export const faultBodies = section('negotiation.inc', 'Fault bodies');
export const whoMayCall = section('negotiation.inc', 'Who may call');
export const whatIsFound = section('negotiation.inc', 'What is found');
export const whichComesFirst = section('negotiation.inc', 'Which refusal comes first');
export const versionDocuments = section('negotiation.inc', 'Version documents');
export const olderEndpoint = section('negotiation.inc', 'The older endpoint');
export const goodBehaviour = section('negotiation.inc', 'What good behaviour demands');
