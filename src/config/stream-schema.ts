import { z } from 'zod';
import { ROLES, STREAM_ROLES } from '../contracts/role.js';
import { DAY_MS } from '../time/units.js';
import { attention, overrides, quality } from './face-limits-schema.js';
import { duration, id, LONGEST_NAME, LONGEST_PATH, LONGEST_URL, LONGEST_VIEW, network } from './field-kinds.js';

const CERTIFICATE = /^(?:verify|off|ca:.+|sha256:(?:[0-9a-f]{2}:?){31}[0-9a-f]{2})$/i;

const point = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

const zone = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional(),
  role: z.enum(ROLES).optional().describe("Default: the stream's role."),
  polygon: z.array(point).min(3).max(64).describe('Corners as fractions of width and height.'),
});

/** A camera or file, and how it is read. */
export const stream = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional().describe('Shown to people; default: the id.'),
  url: z
    .string()
    .min(1)
    .max(LONGEST_URL)
    .describe(
      'rtsp(s), http(s), file path, v4l2 device or listen: to accept a push, as listen:rtmp://0.0.0.0:1935/live/KEY.',
    ),
  role: z
    .enum(STREAM_ROLES)
    .default('customer')
    .describe('Whose faces are seen; counter: none, people are counted as they pass a line (key line, fps 10).'),
  fps: z.number().min(0.1).max(60).default(5).describe('Analysed frames per second.'),
  maxWidth: z
    .int()
    .min(64)
    .max(7680)
    .default(1920)
    .describe('Wider pictures are scaled down to this on decode, pixels.'),
  transport: z.enum(['tcp', 'udp']).default('tcp').describe('RTSP transport.'),
  certificate: z
    .string()
    .max(LONGEST_PATH)
    .regex(CERTIFICATE, 'expected verify, off, ca:FILE or sha256: and 64 hexadecimal digits')
    .default('verify')
    .describe(
      'Which certificate of an https or rtsps camera is trusted: verify (of an authority known here, for its name), ca:FILE (of the authority in this PEM file), sha256:… (this one alone, as the probe shows it), off (any).',
    ),
  allow: z
    .array(network)
    .min(1)
    .max(64)
    .optional()
    .describe(
      'Who may push to a listen: address, as addresses or networks; without it whoever knows its key. Needed by tcp and udp, which have no key, beyond loopback.',
    ),
  decode: z
    .enum(['software', 'auto', 'vaapi', 'cuda', 'qsv'])
    .default('software')
    .describe('Video decoding: software, or this hardware where present (auto: whichever is found).'),
  rotate: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .default(0)
    .describe('Turn the picture clockwise by this, degrees: for a camera that hangs turned.'),
  loop: z.boolean().default(false).describe('Play a file again and again, as if it were a camera.'),
  clockOffsetMs: z.number().default(0).describe("Added to this camera's capture times, ms."),
  stallTimeout: duration('10s', 'No frame for this long: stalled, then reconnected.', DAY_MS),
  stillFaces: z
    .enum(['leave-out', 'keep'])
    .default('leave-out')
    .describe(
      'Faces that do not live (posters, screens): leave-out tells them from people; keep counts them too, for material made of photographs.',
    ),
  enabled: z.boolean().default(true),
  quality: overrides(quality).prefault({}).describe('Overrides of the quality gate.'),
  attention: overrides(attention).prefault({}).describe('Overrides of the attention limits.'),
  zones: z.array(zone).max(32).default([]),
  line: z
    .tuple([point, point])
    .nullable()
    .default(null)
    .describe(
      'For a counter: two points as fractions of width and height. Who passes between them from the left to the right, seen from the first to the second, comes in; who passes the other way goes out.',
    ),
});

/** Where a seller and customers meet. */
export const contactPoint = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional(),
  seller: z.string().min(1).max(LONGEST_VIEW).describe('Stream id, or stream/zone.'),
  customer: z.string().min(1).max(LONGEST_VIEW).describe('Stream id, or stream/zone.'),
});
