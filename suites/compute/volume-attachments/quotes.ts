/** The sections of the specs that written clauses quote. */
import { section } from '../../../src/clauses/written.ts';

const main = 'os-volume-attachments.inc';

export const listing = section(main, 'List volume attachments for an instance');
export const attaching = section(main, 'Attach a volume to an instance');
export const showing = section(main, 'Show a detail of a volume attachment');
export const updating = section(main, 'Update a volume attachment');
export const detaching = section(main, 'Detach a volume from an instance');
export const swapping = section('os-volume-attachments-swap.inc', 'Update(swapping) a volume attachment');

/** The description of a parameter. */
export const parameter = (key: string) => section('parameters.yaml', key);
