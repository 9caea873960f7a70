import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { EmoscopeError } from '../../runtime/errors.js';

export const WEBHOOK_EVENTS = ['contact:end', 'happy-index', 'status'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const stored = z.strictObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  /** Key of the HMAC; has to be kept as it is, since we sign with it. */
  secret: z.string(),
  createdTs: z.number(),
});

const fileSchema = z.strictObject({ version: z.literal(1), webhooks: z.array(stored) });

export type StoredWebhook = z.output<typeof stored>;

/** Reads the file; a missing one holds none, a damaged one throws CONFIG_INVALID. */
export const readWebhooks = async (path: string): Promise<StoredWebhook[]> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw new EmoscopeError('CONFIG_INVALID', 'The webhooks file cannot be read.', { cause: error });
  }
  try {
    return fileSchema.parse(JSON.parse(text)).webhooks;
  } catch (error) {
    throw new EmoscopeError('CONFIG_INVALID', 'The webhooks file is damaged.', { cause: error });
  }
};

export const webhooksText = (webhooks: readonly StoredWebhook[]): string =>
  `${JSON.stringify({ version: 1, webhooks }, null, 2)}\n`;
