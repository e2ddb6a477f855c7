/** The lab of an embedded cloud without defects, which takes no time. */
import { hasten } from '../../src/conformance/budgets.ts';
import { ownLimits } from '../../src/conformance/limits.ts';
import { tampered } from '../../src/refutation/tampered.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { simulatorCredentials } from '../run/open-target.ts';
import { openLab, type Lab } from './lab.ts';

export interface SimulatorLab extends Lab {
  readonly simulator: Simulator;
}

export async function openSimulatorLab(): Promise<SimulatorLab> {
  // What takes longer than this here never comes.
  hasten({ transitionMs: 1_500, caseMs: 20_000 });
  const simulator = await startSimulator({
    conduct: 'exemplary',
    faultsByRequest: true,
    pace: 1,
    reclaimInstanceInterval: 3600,
    serviceSeesMigrations: true,
  });
  const lab = await openLab({
    name: 'simulator',
    credentials: simulatorCredentials(simulator.clouds),
    embedded: true,
    fixtures: {},
    capabilities: { 'service-sees-migrations': true, 'whole-api': false },
    limits: ownLimits({ servers: 60, volumes: 200 }),
    through: (http, fault, recognise) => (fault ? tampered(http, fault, recognise) : http),
    stock: 'own',
    append: () => undefined,
  });
  const close = async (): Promise<void> => {
    await lab.close();
    await simulator.close();
  };
  return { ...lab, simulator, close };
}
