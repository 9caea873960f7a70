import type { Config } from '../../config/schema.js';

export type SellerAnalytics = 'off' | 'aggregate' | 'on';

/** What may be shown about sellers: the configuration's choice, `off` in the EU whatever it says, `aggregate` by default. */
export const sellerAnalyticsOf = ({ jurisdiction, sellerAnalytics }: Config['privacy']): SellerAnalytics =>
  jurisdiction === 'eu' ? 'off' : (sellerAnalytics ?? 'aggregate');
