import { z } from 'zod';
import { judged } from './place.js';
import { spotCheckFields } from './service/spot-check.js';

/** What is counted by hand, by a device or from a till. */
export const COUNTERS = ['consultation', 'visitor', 'receipt', 'item', 'request', 'served'] as const;
export type Counter = (typeof COUNTERS)[number];

/** Which way somebody passed a counter's line. */
export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** How a fact came in. */
export const OBSERVATION_SOURCES = ['kiosk', 'api', 'mqtt', 'import', 'camera'] as const;

/** How a survey that was shown to somebody ended. */
export const SESSION_OUTCOMES = ['completed', 'partial', 'refused', 'ignored'] as const;

const ts = z.int().nonnegative().describe('Epoch ms UTC.');
const name = z.string().min(1).max(200);

const common = {
  id: z.uuid().describe('Made where the fact happened; version 7 when made by us. The same id is the same fact.'),
  rev: z.int().nonnegative().default(0).describe('A correction comes with the same id and a higher revision.'),
  ts: ts.describe('When it happened, epoch ms UTC.'),
  placeId: name,
  deviceId: name.optional(),
};

/** Facts that are told: by a press, a survey, a counter, a till, a mystery shopper, somebody who counts beside a camera. */
export const observationInput = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('press'),
    grade: z.union([z.enum(['green', 'yellow', 'red']), z.int().min(1).max(5)]),
    object: judged.optional(),
    reason: name.optional(),
    text: z.string().max(4000).optional(),
    misuse: z
      .boolean()
      .optional()
      .describe('One of several in a row, as children press; kept, and told apart. Absent: not.'),
  }),
  z.object({
    ...common,
    kind: z.literal('count'),
    counter: z.enum(COUNTERS),
    n: z.int().describe('How many; a correction by hand may take some back.'),
    direction: z.enum(DIRECTIONS).optional().describe('Which way they went, where the counter tells; absent: in.'),
    employeeId: name.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('amount'),
    counter: z.literal('revenue'),
    value: z.number(),
    currency: z
      .string()
      .length(3)
      .regex(/^[A-Z]{3}$/),
  }),
  z.object({
    ...common,
    kind: z.literal('session'),
    surveyId: name,
    version: z.int().nonnegative(),
    mode: z.enum(['kiosk', 'interviewer', 'link']),
    outcome: z.enum(SESSION_OUTCOMES),
    customer: z.enum(['new', 'returning', 'unknown']),
    employeeId: name.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('answer'),
    sessionId: z.uuid(),
    surveyId: name,
    questionId: name,
    value: z.union([z.number(), z.boolean(), z.string().max(4000), z.array(name).max(100).readonly()]),
  }),
  z.object({
    ...common,
    kind: z.literal('check'),
    checklistId: name,
    version: z.int().nonnegative(),
    employeeId: name.optional(),
    items: z
      .array(z.object({ id: name, points: z.number(), max: z.number().positive(), applicable: z.boolean() }))
      .max(500)
      .readonly(),
  }),
  z.object({
    ...common,
    kind: z.literal('spot-check'),
    ...spotCheckFields,
    withdrawn: z.boolean().optional().describe('Taken back by a later revision; absent: not.'),
  }),
]);

/** What the store adds to a fact that came in. */
export const receipt = z.object({
  receivedTs: ts.describe('When it reached this machine, epoch ms UTC; days later for a device without a network.'),
  siteId: name,
  source: z.enum(OBSERVATION_SOURCES),
  seen: z
    .enum(['yes', 'no', 'unknown'])
    .optional()
    .describe('Whether a camera that watches the device saw somebody before it at that time.'),
});

/** One immutable fact that no camera made, as it is kept: the newest revision of an id counts. */
export const observation = observationInput.and(receipt);

export type ObservationInput = z.infer<typeof observationInput>;
export type Observation = z.infer<typeof observation>;
export type ObservationKind = ObservationInput['kind'];
export type CountObservation = Extract<Observation, { readonly kind: 'count' }>;
export type SpotCheckObservation = Extract<Observation, { readonly kind: 'spot-check' }>;
