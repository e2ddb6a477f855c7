/** The JSON Schemas of HAR 1.2 by name, as the package `har-schema` has them. */
declare module 'har-schema' {
  const schemas: Readonly<Record<string, object>>;
  export default schemas;
}
