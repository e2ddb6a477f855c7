/**
 * Images. Nothing boots from them, so they have no data.
 */

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly visibility: 'public' | 'private';
  readonly owner: string;
  readonly createdAt: Date;
  /** GB; 0 for an image that fits on any disk. */
  readonly minDisk: number;
  status: 'queued' | 'active';
  /** Shown next to its own members. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface ImageState {
  readonly images: Map<string, Image>;
}

export function emptyImages(): ImageState {
  return { images: new Map() };
}
