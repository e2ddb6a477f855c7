/**
 * Images. Nothing boots, so they are names with a size.
 */

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly visibility: 'public' | 'private';
  readonly owner: string;
  readonly createdAt: Date;
  /** GB; 0 for one that fits anywhere. */
  readonly minDisk: number;
}

export interface ImageState {
  readonly images: Map<string, Image>;
}

export function emptyImages(): ImageState {
  return { images: new Map() };
}
