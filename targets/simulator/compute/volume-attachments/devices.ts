/**
 * Names of disks on a compute host.
 */

import type { Cloud } from '../../cloud.ts';
import type { DeviceNaming } from '../../options.ts';
import type { Server } from '../state.ts';

/** The pattern of a name that can be requested; the first group is the prefix, the second the letters. */
export const devicePattern = '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$';

const prefixes: Readonly<Record<DeviceNaming, string>> = {
  honoured: '/dev/vd',
  rewritten: '/dev/sd',
  ignored: '/dev/vd',
};

export function rootDevice(cloud: Cloud): string {
  return `${prefixes[cloud.settings.deviceNaming]}a`;
}

/** The name of a new disk: the host's prefix with the requested letters or the first free ones. */
export function deviceName(cloud: Cloud, server: Server, wanted: string | null): string {
  const { deviceNaming } = cloud.settings;
  const requested = wanted === null || deviceNaming === 'ignored' ? undefined : letterOf(wanted);
  return prefixes[deviceNaming] + (requested ?? freeLetter(usedLetters(server)));
}

export function letterOf(device: string): string | undefined {
  return new RegExp(devicePattern.replace(/\$$/, '\\n?$')).exec(device)?.[2];
}

export function usedLetters(server: Server): ReadonlySet<string> {
  return new Set(server.mappings.flatMap(({ device }) => (device === null ? [] : (letterOf(device) ?? []))));
}

function freeLetter(used: ReadonlySet<string>): string {
  for (let index = 0; ; index += 1) {
    const letter = letterAt(index);
    if (!used.has(letter)) return letter;
  }
}

/** a, b … z, aa, ab … */
function letterAt(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letterAt(Math.floor(index / 26) - 1) + last;
}
