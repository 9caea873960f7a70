import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { feedbackSettings } from '../../contracts/service/device.js';
import { DEVICE_KINDS } from '../../contracts/service/device-lists.js';
import { readEntries, type RefusedEntry } from '../file-entries.js';

const ts = z.number().nullable();

const stored = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{12}$/),
  name: z.string().min(1).max(100),
  placeId: z.string().min(1).max(64),
  kind: z.enum(DEVICE_KINDS),
  settings: feedbackSettings,
  createdTs: z.number(),
  pairedTs: ts,
  lastSeenTs: ts,
  revokedTs: ts,
  /** SHA-256 of the secret half of its token, hex; null: not paired yet, or revoked. */
  secretSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

const fileSchema = z.strictObject({ version: z.literal(1), devices: z.array(z.unknown()) });

export type StoredDevice = z.output<typeof stored>;

export interface DeviceFile {
  readonly devices: readonly StoredDevice[];
  readonly refused: readonly RefusedEntry[];
  /** Why nothing of the file can be taken, which then must not be replaced; null where it can. */
  readonly fault: 'unreadable' | 'damaged' | null;
}

/** Reads the file; a missing one holds none, and what a person broke in it is left out and named. */
export const readDevices = async (path: string): Promise<DeviceFile> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    return { devices: [], refused: [], fault: missing ? null : 'unreadable' };
  }
  try {
    const { devices } = fileSchema.parse(JSON.parse(text));
    const { good, refused } = readEntries('devices', devices, stored, ({ id }) => id);
    return { devices: good, refused, fault: null };
  } catch {
    return { devices: [], refused: [], fault: 'damaged' };
  }
};

/** The file's text: the devices, and behind them what could not be taken, as it stood. */
export const devicesText = (devices: readonly StoredDevice[], refused: readonly RefusedEntry[]): string =>
  `${JSON.stringify({ version: 1, devices: [...devices, ...refused.map(({ raw }) => raw)] }, null, 2)}\n`;
