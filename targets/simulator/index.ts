/**
 * The embedded cloud: an OpenStack small enough to start within a test, with its own reading of the API.
 */

import { Cloud } from './cloud.ts';
import { type CloudsFile, cloudsFile } from './clouds.ts';
import { dispatch, type Tamper } from './dispatch.ts';
import { faultsById, withFaults } from './faults.ts';
import { type SimulatorOptions, settingsFrom } from './options.ts';
import { behaviourOf } from './releases.ts';
import { seed } from './seed.ts';
import { listen } from './server.ts';

export type { CloudEntry, CloudsFile } from './clouds.ts';
export { type Fault, type FaultId, faults } from './faults.ts';
export { type DeviceNaming, maxima, type Maximum, type Quotas, type SimulatorOptions } from './options.ts';

export interface Simulator {
  /** The identity service's v3 endpoint. */
  readonly url: string;
  /** The content of a clouds.yaml. */
  readonly clouds: CloudsFile;
  /** Errors of the simulator itself, in an exchange or in work that no client waited for; empty unless it is wrong. */
  readonly mishaps: readonly unknown[];
  /**
   * Makes these deviations, and no others, from now on. What is there already stays.
   * @throws RangeError for an id that is no fault.
   */
  setFaults(ids: readonly string[]): void;
  /** Lets go of the port and drops whatever is still going on. */
  close(): Promise<void>;
}

/** Starts a cloud of its own on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsFrom(options);
  const correct = behaviourOf(settings);
  const cloud = new Cloud(settings, correct);
  let tampers: readonly Tamper[] = [];
  const setFaults = (ids: readonly string[]): void => {
    const chosen = withFaults(correct, faultsById(ids));
    cloud.behaviour = chosen.behaviour;
    tampers = chosen.tampers;
  };
  setFaults(options.faults ?? []);
  seed(cloud);
  const server = await listen(settings.port, async (request) => {
    try {
      return await dispatch(request, cloud, tampers);
    } catch (error) {
      cloud.schedule.keep(error);
      throw error;
    }
  });
  const url = `${server.origin}/identity/v3`;
  return {
    url,
    clouds: cloudsFile(url),
    get mishaps() {
      return cloud.schedule.mishaps;
    },
    setFaults,
    close: async () => {
      cloud.schedule.close();
      await server.close();
    },
  };
}
