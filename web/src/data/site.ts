import { signal } from '@preact/signals';
import { call } from './api.js';

/** What the dashboard needs to know of the configuration. */
export interface SiteInfo {
  readonly version: string;
  readonly site: { readonly name: string; readonly timeZone: string; readonly language: 'ru' | 'en' | null };
  readonly threshold: number;
  readonly smileAlarm: number | null;
  readonly privacy: {
    readonly jurisdiction: 'ru' | 'eu' | 'other';
    readonly sellerAnalytics: 'off' | 'aggregate' | 'on';
    readonly kAnonymity: number;
    readonly minorsAge: number;
  };
}

export const siteInfo = signal<SiteInfo | null>(null);

/** Reads the site's facts; without them the dashboard works with the browser's own time zone. */
export const loadSite = async (): Promise<void> => {
  siteInfo.value = await call<SiteInfo>('/info');
};

/** Time zone in which days are counted. */
export const siteTimeZone = (): string | undefined => siteInfo.value?.site.timeZone;
