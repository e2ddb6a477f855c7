/**
 * The embedded cloud: a small OpenStack that starts within a test, written from the reference of the API.
 */

import type { Behaviour } from './behaviour.ts';
import { Cloud } from './cloud.ts';
import { type CloudsFile, cloudsFile } from './clouds.ts';
import { dispatch } from './dispatch.ts';
import type { Tamper } from './handler.ts';
import { faultsById, withFaults } from './faults.ts';
import { type SimulatorOptions, settingsFrom } from './options.ts';
import { behaviourOf } from './releases.ts';
import { reset } from './reset.ts';
import { seed } from './seed.ts';
import { listen } from './server.ts';
import { type Paths, traced } from './tracing.ts';

export { isTrait, type TraitId, traits } from './traits.ts';
export type { CloudEntry, CloudsFile } from './clouds.ts';
export type { Fault, FaultId } from './faults/fault.ts';
export { faults } from './faults.ts';
export { changedPaths } from './tracing.ts';
export { type DeviceNaming, maxima, type Maximum, type Quotas, type SimulatorOptions } from './options.ts';

export interface Simulator {
  /** The identity service's v3 endpoint. */
  readonly url: string;
  /** The content of a clouds.yaml. */
  readonly clouds: CloudsFile;
  /** Internal errors, in an exchange or in background work; empty unless the simulator has a defect. */
  readonly internalErrors: readonly unknown[];
  /** The rules without any fault. */
  readonly behaviour: Behaviour;
  /**
   * Enables these faults, and no others, from now on. Existing resources stay as they are.
   * @throws RangeError for an unknown fault.
   */
  setFaults(ids: readonly string[]): void;
  /** By value of `x-simulator-trace`: the rules read for those requests, also by their background work. */
  readonly traces: ReadonlyMap<string, ReadonlySet<string>>;
  /** With `faultsByRequest`: method and path of the requests that arrived since the last call. */
  takeRequests(): readonly string[];
  /** Drops every server, volume and so on that was made since the start; none may be in use. */
  reset(): void;
  /** Frees the port and drops all pending work. */
  close(): Promise<void>;
}

/** With `faultsByRequest`: the comma-separated ids of the faults that apply to this request. */
export const faultsHeader = 'x-simulator-faults';
/** With `faultsByRequest`: the name under which to record the rules that this request reads. */
export const traceHeader = 'x-simulator-trace';

/** Starts an independent cloud on 127.0.0.1. */
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
  const images = new Set(cloud.image.images.keys());
  const traces = new Map<string, Paths>();
  const wanted = faultsByName(correct);
  const requests = new Set<string>();
  const server = await listen(settings.port, async (request) => {
    try {
      if (settings.faultsByRequest) requests.add(`${request.method} ${request.path}`);
      const trace = settings.faultsByRequest ? request.headers[traceHeader] : undefined;
      if (trace !== undefined) return await dispatch(request, cloud.under(traced(correct, traceOf(traces, trace))), []);
      const named = settings.faultsByRequest ? request.headers[faultsHeader] : undefined;
      if (named === undefined) return await dispatch(request, cloud, tampers);
      const chosen = wanted(named);
      return await dispatch(request, cloud.under(chosen.behaviour), chosen.tampers);
    } catch (error) {
      cloud.schedule.keep(error);
      throw error;
    }
  });
  const url = `${server.origin}/identity/v3`;
  return {
    url,
    clouds: cloudsFile(url),
    get internalErrors() {
      return cloud.schedule.internalErrors;
    },
    behaviour: correct,
    setFaults,
    traces,
    takeRequests: () => {
      const taken = [...requests];
      requests.clear();
      return taken;
    },
    reset: () => reset(cloud, images),
    close: async () => {
      cloud.schedule.close();
      await server.close();
    },
  };
}

function traceOf(traces: Map<string, Paths>, name: string): Paths {
  const known = traces.get(name) ?? new Set();
  traces.set(name, known);
  return known;
}

/** @throws RangeError for an unknown fault. */
function faultsByName(correct: Behaviour): (names: string) => ReturnType<typeof withFaults> {
  const known = new Map<string, ReturnType<typeof withFaults>>();
  return (names) => {
    const chosen = known.get(names) ?? withFaults(correct, faultsById(names.split(',')));
    known.set(names, chosen);
    return chosen;
  };
}
