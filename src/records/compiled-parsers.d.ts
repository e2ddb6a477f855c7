/** The validators that the build compiles from the declarations: `packaging/write-record-parsers.mjs`. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { parsed } from './parsed.ts';

export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

export declare const validators: Readonly<Record<keyof typeof parsed, Validate>>;
