/** The types of declarations, which declaration files show instead of those of the library. */

/** A JSON Schema whose values have the type T. */
export interface Declaration<T> {
  readonly '~unsafe': T;
}

/** Of a member that may be missing. */
export type OptionalDeclaration<T> = Declaration<T> & { readonly '~optional': true };

/** The type of the values. */
export type Of<D extends Declaration<unknown>> = D['~unsafe'];
