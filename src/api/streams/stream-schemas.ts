import { z } from 'zod';
import { configSchema, type StreamConfig } from '../../config/schema.js';
import { ROLES, STREAM_ROLES } from '../../contracts/role.js';
import { LIGHT_FAULTS, OFFLINE_REASONS, SHORTFALLS, STREAM_STATES, type StreamStatus } from '../../contracts/stream.js';

/** A stream as configured; the same schema that reads `emoscope.yaml`. */
export const streamInput = configSchema.shape.streams.unwrap().element;

/** The field without its default, so that what a PATCH leaves out stays as it is. */
const bare = (field: z.ZodType): z.ZodType =>
  field instanceof z.ZodDefault || field instanceof z.ZodPrefault || field instanceof z.ZodOptional
    ? bare(field.unwrap() as z.ZodType)
    : field;

export type StreamPatch = Partial<Omit<StreamConfig, 'id'>>;

/** Fields of a stream to change; absent ones stay. */
export const streamPatch = z.strictObject(
  Object.fromEntries(
    Object.entries(streamInput.shape)
      .filter(([name]) => name !== 'id')
      .map(([name, field]) => [name, bare(field).optional()]),
  ),
) as unknown as z.ZodType<StreamPatch>;

const count = z.int().min(0);

/** One stream as the API shows it. */
export const streamStatus = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(STREAM_ROLES),
    url: z.string().describe('Secrets are `***`; roles below admin see scheme and host alone.'),
    state: z.enum(STREAM_STATES),
    reason: z.enum(OFFLINE_REASONS).nullable(),
    detail: z.string().nullable(),
    sinceTs: z.number(),
    targetFps: z.number().describe('Analysed frames per second the configuration asks for.'),
    fps: z.number().describe('Analysed frames per second over the last 10 s.'),
    shortfall: z
      .enum(SHORTFALLS)
      .nullable()
      .describe(
        'Why fewer frames than asked for are analysed: `overload` of this machine, or too few from the `source`.',
      ),
    stillSinceTs: z
      .number()
      .nullable()
      .describe('Since when every picture has been the same, epoch ms; null while they change.'),
    lightFault: z
      .enum(LIGHT_FAULTS)
      .nullable()
      .describe('Why people are seen badly: `too-dark`, or `against-light`; null while there is light enough.'),
    suggestedRotate: z
      .literal([0, 90, 180, 270])
      .nullable()
      .describe('What `rotate` should be, where faces are found only in turned pictures.'),
    stillFaces: count.describe(
      'Faces in the newest frame that do not live (posters, screens): left out of every figure.',
    ),
    longStays: count.describe('People in view for more than half an hour: left out from then on.'),
    framesIn: count,
    framesAnalysed: count,
    drops: z.object({ superseded: count, stopping: count, 'engine-error': count }),
    reconnects: count,
    lastFrameTs: z.number().nullable(),
    latencyP50Ms: z.number().nullable(),
    latencyP95Ms: z.number().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    codec: z.string().nullable(),
  })
  .meta({ id: 'StreamStatus' }) satisfies z.ZodType<StreamStatus>;

const zone = z.object({
  id: z.string(),
  name: z.string().optional(),
  role: z.enum(ROLES).optional(),
  polygon: z.array(z.array(z.number())),
});

/** A stream's state with what was configured, for the page that edits it. */
export const streamDetails = z
  .object({
    status: streamStatus,
    config: z
      .looseObject({
        id: z.string(),
        url: z.string(),
        zones: z.array(zone),
        line: z.array(z.array(z.number())).nullable(),
      })
      .describe('As configured, defaults filled in; secrets in the URL are `***`.'),
  })
  .meta({ id: 'StreamDetails' });

export const probeInput = z.strictObject({
  url: z.string().min(1).max(2000).describe('As in the configuration.'),
  transport: z.enum(['tcp', 'udp']).default('tcp'),
  certificate: streamInput.shape.certificate,
  allow: streamInput.shape.allow,
  rotate: streamInput.shape.rotate,
});

/** Browsers keep a picture they have shown under the same address, whatever its headers say. */
export const turn = z.string().max(20).optional().describe('Of no meaning; another value makes a browser ask anew.');

export const pictureQuery = z.object({
  maxWidth: z.coerce.number().int().min(64).max(3840).default(1280).describe('Wider pictures are scaled down, pixels.'),
  blurred: z
    .enum(['true', 'false'])
    .default('true')
    .describe(
      'true: plain drawn silhouettes, nothing of the frame itself; false: recognisable faces, for operators, audited.',
    ),
});
