/** The words that references write before status codes. They are no part of any answer. */

const NAMES: Readonly<Record<string, readonly number[]>> = {
  accepted: [202],
  badgateway: [502],
  badmediatype: [415],
  badmethod: [405],
  badrequest: [400],
  buildinprogress: [409],
  computefault: [400, 500],
  conflict: [409],
  conflictingrequest: [409],
  created: [201],
  forbidden: [403],
  gatewaytimeout: [504],
  gone: [410],
  httpversionnotsupported: [505],
  insufficientstorage: [507],
  internalerror: [500],
  internalservererror: [500],
  itemnotfound: [404],
  lengthrequired: [411],
  locked: [423],
  methodnotallowed: [405],
  methodnotimplemented: [501],
  multiplechoices: [300],
  multistatus: [207],
  nocontent: [204],
  notacceptable: [406],
  notfound: [404],
  notimplemented: [501],
  ok: [200],
  overlimit: [413, 429],
  preconditionfailed: [412],
  requestentitytoolarge: [413],
  requesttimeout: [408],
  resourceunavailable: [503],
  serviceunavailable: [503],
  toomanyrequests: [429],
  unauthorized: [401],
  unprocessableentity: [422],
  unsupportedmediatype: [415],
};

export const STATUS_NAMES: readonly string[] = Object.keys(NAMES);

/** The codes that a name stands for, in any spelling of `itemNotFound`, `Item Not Found`; none when unknown. */
export function codesNamed(name: string): readonly number[] {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(NAMES, plain) ? (NAMES[plain] ?? []) : [];
}
