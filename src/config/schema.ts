import { z } from 'zod';
import { HAPPY_INDEX_READINGS } from '../contracts/contact.js';
import { ROLES } from '../contracts/role.js';
import { durationMs } from '../time/duration.js';
import { DAY_MS } from '../time/units.js';

const LONGEST_NAME = 200;
const LONGEST_PATH = 4096;
const LONGEST_URL = 2000;
/** An id, a slash and an id. */
const LONGEST_VIEW = 127;
const CERTIFICATE = /^(?:verify|off|ca:.+|sha256:(?:[0-9a-f]{2}:?){31}[0-9a-f]{2})$/i;

/** At most `longestMs`: what waits for longer than 24 days would not wait at all, since timers count in 32 bits. */
const duration = (fallback: string, about: string, longestMs = 200 * 365 * DAY_MS) =>
  z
    .string()
    .max(12, { abort: true })
    .regex(/^\d+(ms|s|m|h|d|y)$/, {
      error: 'expected a duration such as 500ms, 10s, 15m, 12h, 30d or 5y',
      abort: true,
    })
    .refine((text) => durationMs(text) <= longestMs, `expected at most ${String(longestMs / DAY_MS)} days`)
    .default(fallback)
    .describe(about);

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, 'expected letters, digits, "-" or "_", at most 63 characters');

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

const point = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

const server = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(255)
    .overwrite((host) => host.replace(/^\[(.*)\]$/, '$1'))
    .default('127.0.0.1')
    .describe('Address to listen on; anything beyond loopback needs accounts.'),
  port: z.int().min(0).max(65535).default(8080).describe('TCP port; 0 picks a free one.'),
  tls: z
    .strictObject({
      cert: z.string().min(1).max(LONGEST_PATH).describe('PEM certificate file.'),
      key: z.string().min(1).max(LONGEST_PATH).describe('PEM private key file.'),
    })
    .optional()
    .describe('Serve HTTPS with this certificate.'),
  corsOrigins: z
    .array(z.string().max(LONGEST_URL))
    .max(64)
    .default([])
    .describe('Origins other than our own that may call the API.'),
  rateLimitPerMinute: z.int().min(1).default(600).describe('Requests per client address and minute.'),
  trustProxy: z
    .union([z.boolean(), z.array(network).min(1).max(64)])
    .default(false)
    .describe(
      'Proxies in front of this service, as addresses or networks; their X-Forwarded-For, -Host and -Proto are believed. true: loopback and private networks.',
    ),
  accounts: z
    .string()
    .max(LONGEST_PATH)
    .default('./data/accounts.json')
    .describe('File of accounts and API keys (hashes only).'),
});

const store = z.strictObject({
  kind: z.enum(['duckdb', 'memory']).default('duckdb').describe('duckdb keeps a file; memory forgets at exit.'),
  path: z.string().min(1).max(LONGEST_PATH).default('./data/emoscope.duckdb').describe('Database file.'),
  memoryLimitMb: z.int().min(64).default(512).describe('Memory DuckDB may use, MB.'),
  maxBufferedRows: z
    .int()
    .min(100)
    .default(60_000)
    .describe('Rows that wait while the disk refuses; beyond, the oldest are given up and counted.'),
  retention: z
    .strictObject({
      samples: duration('30d', 'How long raw samples are kept.'),
      rollups: duration('5y', 'How long per-minute rollups, tracks and contacts are kept.'),
    })
    .prefault({}),
  audit: z
    .strictObject({
      fileMb: z
        .number()
        .min(0.01)
        .max(1000)
        .default(16)
        .describe('A file of the audit log that is as large is followed by the next, MB.'),
      files: z
        .int()
        .min(2)
        .max(10_000)
        .default(32)
        .describe('Files of the audit log that are kept; the oldest goes when there are more.'),
    })
    .prefault({}),
});

const inference = z.strictObject({
  engine: z.enum(['onnx', 'human']).default('onnx').describe('onnx: ONNX Runtime; human: @vladmandic/human.'),
  device: z
    .enum(['auto', 'cpu', 'webgpu', 'cuda'])
    .default('auto')
    .describe('auto tries cuda, then webgpu on a real GPU, then cpu.'),
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(256)])
    .default('auto')
    .describe('CPU threads for inference; auto: all cores.'),
  expression: z
    .enum(['fast', 'best'])
    .default('best')
    .describe('best: our own head and several views; fast: one view of the base net.'),
  cache: z
    .string()
    .max(LONGEST_PATH)
    .default('auto')
    .describe('Folder for converted models; auto: the user cache folder.'),
  maxFaces: z.int().min(1).max(200).default(60).describe('Faces followed per frame.'),
});

const quality = z.strictObject({
  minFacePx: z.number().min(8).default(24).describe('Shorter side of the face box, source pixels.'),
  minScore: z.number().min(0).max(1).default(0.6).describe('Detector confidence, 0–1.'),
  minSharpness: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'Variance of the Laplacian of the levelled face (88 px; with inference.expression fast its box, 112 px), grey levels²; 0 switches the limit off.',
    ),
  maxYawDeg: z.number().min(0).max(90).default(60).describe('|yaw| above this is not recognised, degrees.'),
  maxPitchDeg: z.number().min(0).max(90).default(45).describe('|pitch| above this is not recognised, degrees.'),
});

const attention = z.strictObject({
  maxYawDeg: z.number().min(0).max(90).default(15).describe('|yaw| for attention, degrees.'),
  maxPitchDeg: z.number().min(0).max(90).default(15).describe('|pitch| for attention, degrees.'),
});

/** The same keys without defaults, so that what a stream leaves out comes from the site's section. */
const overrides = <Shape extends Record<string, z.ZodDefault>>(object: z.ZodObject<Shape>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(object.shape).map(([key, value]) => [
        key,
        (value.unwrap() as z.ZodNumber).describe(value.description ?? '').optional(),
      ]),
    ) as { [Key in keyof Shape]: z.ZodOptional<z.ZodNumber> },
  );

const metrics = z.strictObject({
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

const privacy = z.strictObject({
  jurisdiction: z.enum(['ru', 'eu', 'other']).default('ru').describe('Profile of law; eu refuses seller analytics.'),
  sellerAnalytics: z.enum(['off', 'aggregate', 'on']).optional().describe('Default: off in eu, aggregate elsewhere.'),
  kAnonymity: z
    .int()
    .min(1)
    .default(5)
    .describe(
      'Nothing is told of fewer visitors than this, and time is released in intervals with at least as many (docs/privacy.md). 1: everything is open.',
    ),
  minorsAge: z
    .int()
    .min(0)
    .max(30)
    .default(18)
    .describe('Visitors younger than this are left out of cross-tabs and exports.'),
  sampleExport: z
    .array(z.enum(['analyst', 'admin']))
    .default([])
    .describe('Roles that may export samples row by row; nobody by default.'),
});

const zone = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional(),
  role: z.enum(ROLES).optional().describe("Default: the stream's role."),
  polygon: z.array(point).min(3).max(64).describe('Corners as fractions of width and height.'),
});

const stream = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional().describe('Shown to people; default: the id.'),
  url: z
    .string()
    .min(1)
    .max(LONGEST_URL)
    .describe(
      'rtsp(s), http(s), file path, v4l2 device or listen: to accept a push, as listen:rtmp://0.0.0.0:1935/live/KEY.',
    ),
  role: z.enum(ROLES).default('customer'),
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
});

const contactPoint = z.strictObject({
  id,
  name: z.string().max(LONGEST_NAME).optional(),
  seller: z.string().min(1).max(LONGEST_VIEW).describe('Stream id, or stream/zone.'),
  customer: z.string().min(1).max(LONGEST_VIEW).describe('Stream id, or stream/zone.'),
});

const mqtt = z.strictObject({
  url: z.string().max(LONGEST_URL).describe('mqtt(s)://user:pass@host:1883'),
  topicPrefix: z
    .string()
    .regex(/^[^#+\p{Cc}]{1,200}$/u, 'expected up to 200 characters without # and +')
    .default('emoscope')
    .describe('First part of every topic.'),
  homeAssistant: z.boolean().default(true).describe('Publish Home Assistant discovery.'),
});

/** The whole of `emoscope.yaml`; types, defaults, example file and docs table all come from here. */
export const configSchema = z.strictObject({
  site: z
    .strictObject({
      id: id.default('site').describe('Tells this site from others where figures of several are put together.'),
      name: z.string().max(LONGEST_NAME).default('EmoScope').describe('Shown in the interface and in reports.'),
      timeZone: z.string().max(100).default('auto').describe("IANA zone for days and midnight; auto: the machine's."),
      language: z
        .enum(['auto', 'ru', 'en'])
        .default('auto')
        .describe(
          "Language of reports, notices and, unless an account chose another, the dashboard; auto: Russian on paper, the browser's on screen.",
        ),
      operator: z.string().max(1000).default('').describe('Who answers for the processing; printed on the notice.'),
      contact: z.string().max(1000).default('').describe('How to reach them; printed on the notice.'),
    })
    .prefault({}),
  server: server.prefault({}),
  store: store.prefault({}),
  inference: inference.prefault({}),
  quality: quality.prefault({}),
  attention: attention.prefault({}),
  metrics: metrics.prefault({}),
  privacy: privacy.prefault({}),
  log: z
    .strictObject({
      level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
      pretty: z
        .union([z.literal('auto'), z.boolean()])
        .default('auto')
        .describe('Readable lines instead of JSON; auto: on a terminal.'),
    })
    .prefault({}),
  mqtt: mqtt.optional(),
  webhooks: z
    .strictObject({
      allowPrivateAddresses: z.boolean().default(false).describe('Let webhooks call private and loopback addresses.'),
    })
    .prefault({}),
  streams: z.array(stream).max(256).default([]),
  contacts: z.array(contactPoint).max(64).default([]),
});

export type ConfigInput = z.input<typeof configSchema>;
export type Config = z.output<typeof configSchema>;
export type StreamConfig = Config['streams'][number];
export type ZoneConfig = StreamConfig['zones'][number];
export type QualityLimits = Config['quality'];
export type AttentionLimits = Config['attention'];
export type MetricsConfig = Config['metrics'];
