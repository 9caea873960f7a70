import type { ContactPoint } from '../../contracts/contact.js';

/** Pairs of views at which contacts are detected; changes apply at once and are written back. */
export interface ContactPointsPort {
  list(): readonly (ContactPoint & { readonly name?: string | undefined })[];
  /** Throws EXISTS for an id that is taken, CONFIG_INVALID when a view does not exist, PRIVACY_REFUSED. */
  add(point: ContactPoint & { readonly name?: string | undefined }): Promise<void>;
  /** Adds or replaces; throws CONFIG_INVALID when a view does not exist, PRIVACY_REFUSED. */
  put(point: ContactPoint & { readonly name?: string | undefined }): Promise<void>;
  /** Throws NOT_FOUND. */
  remove(id: string): Promise<void>;
}
