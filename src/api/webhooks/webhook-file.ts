import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readEntries, type RefusedEntry } from '../file-entries.js';
import { isWebhookAddress } from './address.js';

export const WEBHOOK_EVENTS = ['contact:end', 'happy-index', 'status'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const stored = z.strictObject({
  id: z.string().min(1).max(128),
  url: z
    .string()
    .max(2000)
    .refine(isWebhookAddress, { error: 'no http or https address without a user name', abort: true }),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  /** Key of the HMAC; has to be kept as it is, since we sign with it. */
  secret: z.string().min(16),
  createdTs: z.number(),
});

const fileSchema = z.strictObject({ version: z.literal(1), webhooks: z.array(z.unknown()) });

export type StoredWebhook = z.output<typeof stored>;

export interface WebhookFile {
  readonly webhooks: readonly StoredWebhook[];
  readonly refused: readonly RefusedEntry[];
  /** Why nothing of the file can be taken, which then must not be replaced; null where it can. */
  readonly fault: 'unreadable' | 'damaged' | null;
}

/** Reads the file; a missing one holds none, and what a person broke in it is left out and named. */
export const readWebhooks = async (path: string): Promise<WebhookFile> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    return { webhooks: [], refused: [], fault: missing ? null : 'unreadable' };
  }
  try {
    const { webhooks } = fileSchema.parse(JSON.parse(text));
    const { good, refused } = readEntries('webhooks', webhooks, stored, ({ id }) => id);
    return { webhooks: good, refused, fault: null };
  } catch {
    return { webhooks: [], refused: [], fault: 'damaged' };
  }
};

/** The file's text: the webhooks, and behind them what could not be taken, as it stood. */
export const webhooksText = (webhooks: readonly StoredWebhook[], refused: readonly RefusedEntry[]): string =>
  `${JSON.stringify({ version: 1, webhooks: [...webhooks, ...refused.map(({ raw }) => raw)] }, null, 2)}\n`;
