import { z } from 'zod';
import { REJECT_REASONS } from '../face.js';
import { serviceCheck } from './service-check.js';

const count = z.int().nonnegative();

/** What an operator sees of the running service; all counts since the process started. */
export const serviceStatus = z
  .object({
    ready: z.boolean().describe('Models warm, store writable: work is taken.'),
    checks: z.record(z.string(), serviceCheck),
    uptimeMs: z.number(),
    cpuSeconds: z.number().describe('Processor time of this process, all cores together.'),
    residentBytes: count,
    loopDelayP99Ms: z
      .number()
      .describe('99 % of the turns of the event loop came no later than this; of the last 10 to 20 s.'),
    subscribers: count.describe('Live subscribers connected.'),
    facesLost: count.describe('Live faces events given up because a subscriber was slow.'),
    stages: z
      .array(z.object({ stage: z.string(), runs: count, meanMs: z.number().nullable() }))
      .readonly()
      .describe('Stages of the inference and of the store, in the order in which they first ran.'),
    rows: z.record(z.string(), count).describe('Rows of the store per table.'),
    rowsLost: count.describe('Rows that could not be written.'),
    recognisedFaces: z.record(z.string(), count).describe('Faces that the quality gate let through, per stream.'),
    refusedFaces: z
      .record(z.string(), z.partialRecord(z.enum(REJECT_REASONS), count))
      .describe('Faces that the quality gate refused, per stream and reason.'),
    rejectedFaces: z.record(z.string(), count).describe('Faces that the quality gate refused, per stream.'),
  })
  .meta({ id: 'ServiceStatus' });

export type ServiceStatus = z.infer<typeof serviceStatus>;
