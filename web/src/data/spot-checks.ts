import type { Bilingual } from '../../../src/contracts/bilingual.js';
import type { SpotCheck, SpotCheckInput } from '../../../src/contracts/service/spot-check.js';
import { call } from './api.js';

/** The checks of the last 90 days, and in a sentence what they say of the camera. */
export interface SpotChecks {
  readonly items: readonly SpotCheck[];
  readonly note: Bilingual | null;
}

export const loadSpotChecks = (streamId: string, signal: AbortSignal): Promise<SpotChecks> =>
  call<SpotChecks>('/spot-checks', { query: { streams: [streamId] }, signal });

/** Sends a check; the clock that it was counted by is told as it is now. */
export const sendSpotCheck = (check: Omit<SpotCheckInput, 'sentTs'>): Promise<SpotCheck> =>
  call<SpotCheck>('/spot-checks', { method: 'POST', body: { ...check, sentTs: Date.now() } });

export const removeSpotCheck = (id: string): Promise<unknown> =>
  call(`/spot-checks/${encodeURIComponent(id)}`, { method: 'DELETE' });
