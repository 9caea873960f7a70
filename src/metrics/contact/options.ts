import type { MetricsConfig } from '../../config/schema.js';

/** The configured limits of contacts, smiles, responses and bursts. */
export type ContactOptions = Pick<
  MetricsConfig,
  | 'sellerSmile'
  | 'sellerSmileMinMs'
  | 'customerPeak'
  | 'customerMedianMs'
  | 'beforeMs'
  | 'responseRise'
  | 'responseWindowMs'
  | 'unhappyMargin'
  | 'minMeasuredShare'
  | 'contactMinMs'
  | 'contactGapMs'
  | 'baselineMs'
  | 'burstRise'
  | 'burstMinMs'
>;
