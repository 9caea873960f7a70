import type { Config } from './schema.js';

export type SellerAnalytics = 'off' | 'aggregate' | 'on';

/** What may be measured of sellers: nothing in the EU whatever is configured, elsewhere figures per point and shift by default. */
export const sellerAnalyticsOf = (privacy: Config['privacy']): SellerAnalytics =>
  privacy.jurisdiction === 'eu' ? 'off' : (privacy.sellerAnalytics ?? 'aggregate');
