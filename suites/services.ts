/** The registry of services. */
import { undeclaredService, type ServiceDefinition } from '../src/clauses/service-definition.ts';
import type { VersionHeaders } from '../src/contract/version-header.ts';
import { blockStorage } from './block-storage/service.ts';
import { compute } from './compute/service.ts';
import { identity } from './identity/service.ts';
import { imageService } from './image/service.ts';
import { network } from './network/service.ts';

export const services: readonly ServiceDefinition[] = [compute, blockStorage, imageService, network, identity];

export function serviceDefinition(type: string): ServiceDefinition {
  return services.find((service) => service.type === type) ?? undeclaredService(type);
}

export const declaredVersionHeaders: VersionHeaders = Object.fromEntries(
  services.flatMap(({ type, versionHeader }) => (versionHeader ? [[type, versionHeader]] : [])),
);

/** Optional behaviour that clauses of some service may need. */
export const knownCapabilities = services.flatMap(({ capabilities = [] }) => capabilities);

/** The service that a command is about when nothing names one. */
export const defaultService = compute.type;
