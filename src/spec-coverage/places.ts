/** The paths of the checked files, for diagnostics. */
import type { Source } from '../contract/model.ts';
import type { Position } from '../diagnostic.ts';

export interface Places {
  /** The folder of the specs of a service. */
  readonly specs: (service: string) => string;
  readonly untested: string;
  readonly lock: string;
}

export function positionIn(folder: string, { file, line }: Source): Position {
  return { file: `${folder}/${file}`, line, column: 1 };
}
