/** The options of `run`, as commander parses them. */
import type { ReferenceOptions } from '../chosen-contract.ts';
import type { LimitOptions } from './resource-limits.ts';

export interface RawOptions extends ReferenceOptions, LimitOptions {
  /** A profile file. */
  readonly target?: string;
  readonly targetName?: string;
  readonly requireTarget?: true;
  readonly osCloud?: string;
  readonly reader?: string;
  readonly other?: string;
  readonly admin?: string;
  readonly service?: string;
  readonly dynamicCredentials?: true;
  readonly resource?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly level?: string;
  readonly microversions?: string;
  readonly sweep?: true;
  readonly once?: true;
  readonly mode?: string;
  readonly output?: string;
  readonly reporter?: readonly string[];
  readonly concurrency?: string;
  readonly requestsPerSecond?: string;
  readonly timeoutFactor?: string;
  readonly deadline?: string;
  readonly flavor?: string;
  readonly resizeFlavor?: string;
  readonly image?: string;
  readonly network?: string;
  readonly volumeType?: string;
  readonly multiattachType?: string;
  readonly volumeSize?: string;
  readonly availabilityZone?: string;
  readonly capability?: readonly string[];
  readonly simulatorMaximum?: string;
  /** A file of known failures. */
  readonly waivers?: string;
  readonly writeWaivers?: string;
  readonly quotaServers?: string;
  readonly quotaVolumes?: string;
  readonly json?: true;
  readonly debug?: true;
  readonly keep?: true;
  /** Modules of extension suites. */
  readonly suite?: readonly string[];
}
