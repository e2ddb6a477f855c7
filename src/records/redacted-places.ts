/** The parts of an exchange that can be redacted, apart from their declaration so that the client can load them alone. */

export const redactedPlaces = [
  'request url',
  'request headers',
  'request body',
  'response headers',
  'response body',
  'failure',
] as const;
