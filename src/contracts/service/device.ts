import { z } from 'zod';
import { LANGUAGES } from '../language.js';
import { judged } from '../place.js';
import { DEVICE_KINDS, FEEDBACK_SCALES } from './device-lists.js';

const sentence = z.strictObject({ ru: z.string().min(1).max(120), en: z.string().min(1).max(120) });

/** How a feedback terminal asks. */
export const feedbackSettings = z.strictObject({
  scale: z
    .union(FEEDBACK_SCALES.map((n) => z.literal(n)))
    .default(2)
    .describe('Faces: 2 are green and red, 3 green, yellow and red; 4 and 5 are grades from 1, the worst.'),
  object: judged.optional().describe('What every press is about; absent: the place.'),
  question: sentence.optional().describe('Absent: «Вам у нас понравилось?»'),
  reasonQuestion: sentence.optional().describe('Asked after a low grade; absent: «Что не понравилось?»'),
  reasons: z
    .array(z.strictObject({ id: z.string().min(1).max(64), name: sentence }))
    .max(8)
    .default([])
    .describe('Buttons after a low grade; none: nothing more is asked.'),
  message: z.boolean().default(false).describe('Whether a low grade may be followed by a text of the customer.'),
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .default([...LANGUAGES])
    .describe('The first is shown to each customer; more get a button.'),
  idleSeconds: z.number().min(5).max(300).default(20).describe('Untouched for this long it goes back to the faces.'),
  misuseSeconds: z
    .number()
    .min(0)
    .max(60)
    .default(3)
    .describe('A press within this many seconds of the one before is marked `misuse`.'),
  sound: z.boolean().default(true).describe('Whether a touch is heard.'),
});

const common = {
  id: z.string(),
  name: z.string(),
  placeId: z.string(),
  kind: z.enum(DEVICE_KINDS),
  settings: feedbackSettings,
};

/** A device as administrators see it. */
export const device = z
  .object({
    ...common,
    state: z
      .enum(['waiting', 'expired', 'paired', 'revoked'])
      .describe('`expired`: its PIN ran out before it was used.'),
    createdTs: z.number(),
    pairedTs: z.number().nullable(),
    lastSeenTs: z.number().nullable().describe('When it last called; kept on disk to a quarter of an hour.'),
    revokedTs: z.number().nullable(),
  })
  .meta({ id: 'Device' });

/** What a device learns of itself. */
export const ownDevice = z
  .object({
    ...common,
    now: z.number().describe('The time of the service, epoch ms UTC: clocks of tablets are wrong.'),
  })
  .meta({ id: 'OwnDevice' });

export type FeedbackSettings = z.infer<typeof feedbackSettings>;
export type FeedbackSettingsInput = z.input<typeof feedbackSettings>;
export type Device = z.infer<typeof device>;
export type OwnDevice = z.infer<typeof ownDevice>;
