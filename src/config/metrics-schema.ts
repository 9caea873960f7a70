import { z } from 'zod';
import { HAPPY_INDEX_READINGS } from '../contracts/contact.js';

/** How figures are reckoned. */
export const metrics = z.strictObject({
  threshold: z.number().min(0).max(100).default(20).describe('T: Happiness that counts as a smile, percent.'),
  smoothingMs: z.number().min(0).default(300).describe('Time constant of per-track smoothing, ms.'),
  sellerSmile: z.number().min(0).max(100).default(40).describe("Happiness that counts as the seller's smile, percent."),
  sellerSmileMinMs: z.number().min(0).default(500).describe("Shortest seller's smile, ms."),
  customerPeak: z
    .number()
    .min(0)
    .max(100)
    .default(40)
    .describe("Happiness the customer's answer must cross; from it on in the second before, they smiled already."),
  responseRise: z
    .number()
    .min(0)
    .max(100)
    .default(20)
    .describe('Points an answer must rise over the second before the onset.'),
  customerMedianMs: z
    .number()
    .min(0)
    .max(5000)
    .default(1500)
    .describe("Running median over the customer's curves, ms; at least three frames, so that no single one decides."),
  beforeMs: z
    .number()
    .min(100)
    .max(10_000)
    .default(1000)
    .describe('Time before the onset with which the customer is compared, ms; at least three frames.'),
  responseWindowMs: z.number().min(100).default(4000).describe("Response window after the seller's onset, ms."),
  unhappyMargin: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('Points that blue or red must gain on green over the second before to be unhappy.'),
  minMeasuredShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .describe("Share of the window, and of the second before, in which the customer's face must be measured."),
  happyIndex: z
    .enum(HAPPY_INDEX_READINGS)
    .default('answer')
    .describe('peak: show the literal reading (any smile, a peak is enough) beside the Happy-Index.'),
  contactMinMs: z.number().min(0).default(3000).describe('Shortest contact, ms.'),
  contactGapMs: z.number().min(0).default(3000).describe('Gaps shorter than this do not end a contact, ms.'),
  baselineMs: z
    .number()
    .min(100)
    .default(2000)
    .describe("Start of the contact whose median is the customer's baseline, ms."),
  burstRise: z.number().min(0).max(100).default(20).describe('Rise above baseline that is a burst, points.'),
  burstMinMs: z.number().min(0).default(500).describe('Shortest burst; closer bursts merge, ms.'),
  cValueK: z.number().min(0).default(1).describe('K in C-Value = (P − K·N) ÷ contacts.'),
  smileAlarm: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Alarm when the 15-minute Smile-Index and the share of visitors who smiled fall below this.'),
});
