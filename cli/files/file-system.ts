/** The calls of the file system that write: tests put one in place that fails where they want it to. */
import fs from 'node:fs';

export type FileSystem = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'mkdirSync'
  | 'openSync'
  | 'renameSync'
  | 'rmSync'
  | 'writeFileSync'
  | 'writeSync'
>;

export const fileSystem: FileSystem = fs;
