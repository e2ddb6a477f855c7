/** A mutation run on an embedded cloud without defects, where asynchronous steps take no time. */
import { shorten } from '../../src/execution/timeouts.ts';
import { ownLimits } from '../../src/planning/limits.ts';
import { tampered } from '../../src/mutation/tampered.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { simulatorCredentials } from '../run/open-target.ts';
import { openMutationRun, type MutationRun } from './mutation-run.ts';

export interface SimulatorMutationRun extends MutationRun {
  readonly simulator: Simulator;
}

export async function openSimulatorMutationRun(): Promise<SimulatorMutationRun> {
  // On this cloud, whatever takes longer never completes.
  shorten({ transitionMs: 1_500, caseMs: 20_000 });
  const simulator = await startSimulator({
    respond: 'exemplary',
    faultsByRequest: true,
    pace: 1,
    reclaimInstanceInterval: 3600,
    serviceSeesMigrations: true,
  });
  const mutationRun = await openMutationRun({
    name: 'simulator',
    credentials: simulatorCredentials(simulator.clouds),
    embedded: true,
    fixtures: {},
    capabilities: { exclusive: true, 'service-sees-migrations': true, 'whole-api': false },
    limits: ownLimits(resourceKinds, { server: 60, volume: 200 }),
    through: (http, fault, recognise) => (fault ? tampered(http, fault, recognise) : http),
    pools: 'separate',
    append: () => undefined,
  });
  const close = async (): Promise<void> => {
    await mutationRun.close();
    await simulator.close();
  };
  return { ...mutationRun, simulator, close };
}
