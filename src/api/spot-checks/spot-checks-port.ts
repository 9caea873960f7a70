import type { SpotCheckError } from '../../contracts/figures/spot-check-schema.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { Period } from '../../contracts/period.js';
import type { SpotCheck, SpotCheckInput } from '../../contracts/service/spot-check.js';

/** What people counted before the cameras, and the error that it measures. */
export interface SpotChecksPort {
  /**
   * Keeps a check on disk before it answers; one that is there already is answered as it is kept. Throws STREAM_UNKNOWN,
   * VALIDATION for times that cannot be, PRIVACY_REFUSED for a camera of sellers, STORE_WRITE.
   */
  add(check: SpotCheckInput): Promise<SpotCheck>;
  /** Those of a period and the 90 days before its end, oldest first, with the error over all that may be told. */
  list(
    asked: Period & { readonly streams: readonly string[] },
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly SpotCheck[]; readonly error: SpotCheckError; readonly note: Bilingual | null }>;
  /** Takes one back, by which the checks that are told with it go too; throws NOT_FOUND, STORE_WRITE. */
  remove(id: string): Promise<void>;
}
