/** The words that references write before status codes. They are no part of any answer. */
import { nearWord } from '../near-word.ts';

const NAMES: Readonly<Record<string, readonly number[]>> = {
  accepted: [202],
  badGateway: [502],
  badMediaType: [415],
  badMethod: [405],
  badRequest: [400],
  buildInProgress: [409],
  computeFault: [400, 500],
  conflict: [409],
  conflictingRequest: [409],
  created: [201],
  forbidden: [403],
  gatewayTimeout: [504],
  gone: [410],
  httpVersionNotSupported: [505],
  insufficientStorage: [507],
  internalError: [500],
  internalServerError: [500],
  itemNotFound: [404],
  lengthRequired: [411],
  locked: [423],
  methodNotAllowed: [405],
  methodNotImplemented: [501],
  multipleChoices: [300],
  multiStatus: [207],
  noContent: [204],
  notAcceptable: [406],
  notFound: [404],
  notImplemented: [501],
  ok: [200],
  overLimit: [413, 429],
  preconditionFailed: [412],
  requestEntityTooLarge: [413],
  requestTimeout: [408],
  resourceUnavailable: [503],
  serviceUnavailable: [503],
  tooManyRequests: [429],
  unauthorized: [401],
  unprocessableEntity: [422],
  unsupportedMediaType: [415],
};

const BY_PLAIN_NAME: ReadonlyMap<string, readonly [string, readonly number[]]> = new Map(
  Object.entries(NAMES).map((entry) => [plain(entry[0]), entry]),
);

/** The codes that a name stands for, in any spelling of `itemNotFound`, `Item Not Found`; none when unknown. */
export function codesNamed(name: string): readonly number[] {
  return BY_PLAIN_NAME.get(plain(name))?.[1] ?? [];
}

/** The known name that was probably meant. */
export function nameLike(name: string): string | undefined {
  const meant = nearWord(plain(name), [...BY_PLAIN_NAME.keys()]);
  return meant === undefined ? undefined : BY_PLAIN_NAME.get(meant)?.[0];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
