/** The sections of the specs that written clauses quote. */
import { section } from '../../../src/clauses/written.ts';

const main = 'os-volume-attachments.inc';

export const listing = section(main, 'List volume attachments for an instance');
export const attaching = section(main, 'Attach a volume to an instance');
export const showing = section(main, 'Show a detail of a volume attachment');
export const updating = section(main, 'Update a volume attachment');
export const detaching = section(main, 'Detach a volume from an instance');
export const swapping = section('os-volume-attachments-swap.inc', 'Update(swapping) a volume attachment');
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

/** The description of a parameter. */
export const parameter = (key: string) => section('parameters.yaml', key);
