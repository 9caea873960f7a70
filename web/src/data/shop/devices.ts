import type { Device, FeedbackSettings } from '../../../../src/contracts/service/device.js';
import { BASE, call } from '../api.js';

export const loadDevices = async (signal: AbortSignal): Promise<readonly Device[]> =>
  (await call<{ items: readonly Device[] }>('/devices', { signal })).items;

/** A device that waits for its PIN, which is told this once. */
export type NewDevice = Device & { readonly pin: string; readonly pinUntilTs: number };

export const addDevice = (device: {
  readonly name: string;
  readonly placeId: string;
  readonly settings: Pick<FeedbackSettings, 'scale' | 'message'>;
}): Promise<NewDevice> => call('/devices', { method: 'POST', body: { ...device, kind: 'feedback' } });

/** Revokes a device; one that is revoked, or never was paired, leaves the list. */
export const removeDevice = (id: string): Promise<unknown> =>
  call(`/devices/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** Where a tablet opens the terminal. */
export const kioskAddress = (): string => `${location.origin}${BASE}kiosk`;
