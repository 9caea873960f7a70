import type { Config } from './schema.js';

export type SellerAnalytics = 'off' | 'aggregate' | 'on';

/** What may be measured of sellers: as configured, else nothing in the EU and figures per point and shift elsewhere. */
export const sellerAnalyticsOf = (privacy: Config['privacy']): SellerAnalytics =>
  privacy.sellerAnalytics ?? (privacy.jurisdiction === 'eu' ? 'off' : 'aggregate');
