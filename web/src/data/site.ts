import type { SiteInfo } from '../../../src/contracts/service/site-info.js';
import { signal } from '@preact/signals';
import { call } from './api.js';

export const siteInfo = signal<SiteInfo | null>(null);

/** Reads the site's facts; without them the dashboard works with the browser's own time zone. */
export const loadSite = async (): Promise<void> => {
  siteInfo.value = await call<SiteInfo>('/info');
};

/** Time zone in which days are counted. */
export const siteTimeZone = (): string | undefined => siteInfo.value?.site.timeZone;
