import { z } from 'zod';
import { CERTIFICATE_PROBLEMS, PUSH_KEYS, PUSH_REACHES } from '../stream.js';

const cameraCertificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Epoch ms. */
  validFromTs: z.number(),
  validToTs: z.number(),
  fingerprint: z.string().describe('As `certificate` of a stream takes it, to trust this one alone.'),
  problem: z.enum(CERTIFICATE_PROBLEMS).nullable(),
  /** Without a problem, or not to be checked. */
  trusted: z.boolean(),
});

/** The certificate that a camera showed. */
export type CameraCertificate = z.infer<typeof cameraCertificate>;

const pushDoor = z.object({
  reach: z.enum(PUSH_REACHES),
  /** As configured; empty where none are named. */
  networks: z.array(z.string()).readonly(),
  key: z.enum(PUSH_KEYS).describe('`short`: it can be found by trying.'),
  /** Whether pictures and key are encrypted on their way. */
  encrypted: z.boolean(),
});

/** How far a `listen:` address is open. */
export type PushDoor = z.infer<typeof pushDoor>;

/** What a one-off look at a source found, as the API tells it. */
export const probeAnswer = z
  .object({
    ok: z.boolean(),
    codec: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    sourceFps: z.number().nullable(),
    reason: z
      .string()
      .nullable()
      .describe(
        'One of the offline reasons when not ok; `awaiting-key-frame` also when ok, where no picture came yet.',
      ),
    detail: z.string().nullable(),
    certificate: cameraCertificate
      .nullable()
      .describe('Of an https or rtsps source, also where it is not trusted and nothing was read; null for others.'),
    door: pushDoor
      .nullable()
      .describe('From where and with which key a `listen:` address can be pushed to; null for other sources.'),
    jpegBase64: z.string().nullable().describe('A frame, for drawing zones on; only to those who may see faces.'),
  })
  .meta({ id: 'ProbeAnswer' });

export type ProbeAnswer = z.infer<typeof probeAnswer>;
