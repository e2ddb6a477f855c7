/** A service under test: its contract, its schemas, and where and at which microversions the target has it. */
import type { Contracts } from '../contract/contracts.ts';
import type { Contract } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Target } from '../planning/target.ts';
import { schemaStore, type SchemaStore } from '../schema/schema-store.ts';
import { HarnessError } from './errors.ts';

export interface TestedService {
  readonly contract: Contract;
  readonly schemas: SchemaStore;
  /** The microversions that the target supports. */
  readonly range: MicroversionRange;
  /** Of the member, without a trailing slash. */
  readonly endpoint: string;
}

/** By service type. @throws HarnessError for a service that the run does not test */
export type FindService = (type: string) => TestedService;

export function testedServices(contracts: Contracts, target: Target): FindService {
  const tested = new Map(
    contracts.flatMap((contract): (readonly [string, TestedService])[] => {
      const { endpoint, range } = target.services[contract.service] ?? {};
      if (endpoint === undefined || !range) return [];
      return [[contract.service, { contract, schemas: schemaStore(contract), range, endpoint }]];
    }),
  );
  return (type) => {
    const found = tested.get(type);
    if (found) return found;
    throw new HarnessError(`The run does not test the service ${type}`);
  };
}
