/** A request of each operation, for what holds of all of them: who may call, what is found, which refusal comes first. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectResponse, expectValue } from '../../../src/conformance/matchers.ts';
import type { CallOptions, Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { given, type Spoilable } from '../given.ts';
import { rootsOf } from '../server.ts';
import type { Server } from '../server.ts';
import type { Untouched } from '../fixture-kinds.ts';
import {
  attach,
  control,
  detach,
  expectRefused,
  list,
  listedVolumes,
  lookAtVolume,
  show,
  swap,
  update,
} from './operations.ts';

export type ActName = 'list' | 'show' | 'attach' | 'update' | 'swap' | 'detach';

/** In the order of the contract. */
export const everyAct = ['list', 'show', 'attach', 'update', 'swap', 'detach'] as const satisfies readonly ActName[];

export interface Act {
  readonly operation: `compute/${string}`;
  /** As a statement begins: `A detach`. */
  readonly words: string;
  readonly call: (stage: Stage, on: Place, options?: Omit<CallOptions, 'path'>) => Promise<Exchange>;
}

/** What an act is aimed at. */
export interface Place {
  readonly server: Pick<Server, 'id'>;
  /** Of the attachment. */
  readonly volume: Pick<Volume, 'id'>;
  /** To attach, or to put in the place of the attached one. */
  readonly free: Pick<Volume, 'id'>;
}

/** Each would change something if it were accepted, reads apart. */
export const acts: Readonly<Record<ActName, Act>> = {
  list: {
    operation: 'compute/list-volume-attachments',
    words: 'A list',
    call: (stage, { server }, options) => list(stage, server, options),
  },
  show: {
    operation: 'compute/show-volume-attachment',
    words: 'A show',
    call: (stage, { server, volume }, options) => show(stage, server, volume, options),
  },
  attach: {
    operation: 'compute/attach-volume',
    words: 'An attach',
    call: (stage, { server, free }, options) => attach(stage, server, free, {}, options),
  },
  update: {
    operation: 'compute/update-volume-attachment',
    words: 'An update',
    call: (stage, { server, volume }, options) =>
      update(stage, server, volume, { delete_on_termination: true }, options),
  },
  swap: {
    operation: 'compute/swap-volume',
    words: 'A swap',
    call: (stage, { server, volume, free }, options) => swap(stage, server, volume, free, options),
  },
  detach: {
    operation: 'compute/detach-volume',
    words: 'A detach',
    call: (stage, { server, volume }, options) => detach(stage, server, volume, options),
  },
};

type RefusalCode = 400 | 403 | 404 | 409;

function placeOf({ attached, free }: Untouched): Place {
  return { server: attached.server, volume: attached.volume, free };
}

type Send = (place: Place) => Promise<Exchange>;

/** Refused with a code. */
export async function refused(stage: Stage, status: RefusalCode, send: Send): Promise<readonly Finding[]> {
  const untouched = await given(stage).untouched();
  const findings = expectRefused(await send(placeOf(untouched)), status);
  if (findings.length > 0) untouched.spoil();
  return findings;
}

/** Refused with a code, and nothing has changed, as the member sees it. */
export async function refusedUntouched(stage: Stage, status: RefusalCode, send: Send): Promise<readonly Finding[]> {
  const untouched = await given(stage).untouched();
  const reply = await send(placeOf(untouched));
  const findings = [...expectRefused(reply, status), ...(await changes(stage, untouched))];
  if (findings.length > 0) untouched.spoil();
  return findings;
}

async function changes(stage: Stage, { attached, free }: Spoilable<Untouched>): Promise<readonly Finding[]> {
  const listed = await list(stage, attached.server, { microversion: 'none', purpose: 'observation' });
  const volumes = listedVolumes(control(listed, 'listing the attachments of the server'));
  const pointer = '/volumeAttachments';
  const expected = [attached.volume.id, ...rootsOf(attached.server)];
  const differs: Finding = {
    kind: 'value',
    exchange: listed.id,
    pointer,
    expected,
    seen: volumes,
  };
  const [held, unheld] = [await lookAtVolume(stage, attached.volume), await lookAtVolume(stage, free)];
  return [
    ...([...volumes].sort().join() === expected.sort().join() ? [] : [differs]),
    ...expectResponse(held, 200, (shown) => expectValue(shown, '/volume/status', 'in-use')),
    ...expectResponse(unheld, 200, (shown) => expectValue(shown, '/volume/status', 'available')),
  ];
}

/** The id of nothing that there is. */
export function nowhere(stage: Stage): { readonly id: string } {
  return { id: stage.uuid() };
}

/** The attachment and the free volume of the untouched server. */
export async function untouchedPlace(stage: Stage): Promise<Place> {
  return placeOf(await given(stage).untouched());
}
