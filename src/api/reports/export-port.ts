import type { Readable } from 'node:stream';
import type { Period } from '../../contracts/period.js';

/**
 * Raw samples as a file, streamed; minors and (unless seller analytics is `on`) sellers are left out by the port. Throws
 * PRIVACY_REFUSED for a period with fewer visitors than k.
 */
export interface ExportPort {
  samples(
    request: Period & { readonly streams: readonly string[]; readonly format: 'csv' | 'parquet' },
    signal: AbortSignal,
  ): Promise<Readable>;
}
