import { z } from 'zod';
import { attention, quality } from './face-limits-schema.js';
import { duration, id, LONGEST_NAME, LONGEST_PATH, LONGEST_URL, network } from './field-kinds.js';
import { metrics } from './metrics-schema.js';
import { employees, factors, places } from './place-schema.js';
import { contactPoint, stream } from './stream-schema.js';

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
  detector: z
    .enum(['blazeface', 'yunet'])
    .default('blazeface')
    .describe('Finds the faces (engine onnx). yunet: the file that was added by `emoscope models add`.'),
  cache: z
    .string()
    .max(LONGEST_PATH)
    .default('auto')
    .describe('Folder for converted and added models; auto: the user cache folder.'),
  maxFaces: z.int().min(1).max(200).default(60).describe('Faces followed per frame.'),
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

const mqtt = z.strictObject({
  url: z.string().max(LONGEST_URL).describe('mqtt(s)://user:pass@host:1883'),
  topicPrefix: z
    .string()
    .regex(/^[^#+\p{Cc}]{1,200}$/u, 'expected up to 200 characters without # and +')
    .default('emoscope')
    .describe('First part of every topic.'),
  observe: z
    .boolean()
    .default(false)
    .describe('Take facts from <topicPrefix>/observe/<place>/<kind>: whoever may publish there tells what counts.'),
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
  places,
  factors,
  employees,
});

export type ConfigInput = z.input<typeof configSchema>;
export type Config = z.output<typeof configSchema>;
export type StreamConfig = Config['streams'][number];
export type ZoneConfig = StreamConfig['zones'][number];
export type QualityLimits = Config['quality'];
export type AttentionLimits = Config['attention'];
export type MetricsConfig = Config['metrics'];
