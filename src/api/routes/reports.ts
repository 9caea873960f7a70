import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Me1Params } from '../../contracts/me1.js';
import { ROLES } from '../../contracts/role.js';
import { readingNotes, readingOf, SMILE_READING_NAMES, withReadingNotes } from '../../contracts/smile-reading.js';
import { printedLanguage } from '../../config/environment.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { may } from '../auth/roles.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { REPORT_FORMATS, type ReportModel } from '../ports.js';
import { contactsReport, happyIndexReading, shiftSummary } from '../schemas/contacts.js';
import {
  comparisonReport,
  me1Report,
  notes,
  questionsReport,
  seriesPoint,
  visitorsReport,
} from '../schemas/figures.js';
import { bucketMsOf } from '../../time/bucket.js';
import { problems } from '../schemas/problem.js';
import { bucket, idsOf, instant, periodOf, periodQuery, pointsQuery, streamsQuery } from '../schemas/query.js';

const threshold = z.coerce.number().min(0).max(100).optional().describe('T, percent; default: the configured one.');
const smileIndex = z
  .enum(SMILE_READING_NAMES)
  .default('face')
  .describe(
    'Reading: face (samples ≥ T ÷ samples), person (visitors who smiled ÷ visitors), frame (samples ≥ T ÷ frames with faces), level (mean Happiness ÷ T). share is the old name of frame.',
  );
const role = z.enum(ROLES).optional();

const otherInstant = instant.describe('Of the second period, whose figures are compared with those of the first.');

const formatQuery = z.object({
  format: z.enum(REPORT_FORMATS).default('json'),
  language: z.enum(['ru', 'en']).optional().describe('Of the printed forms; default: the language of the site.'),
});

const me1Query = periodQuery.extend({
  ...streamsQuery.shape,
  ...formatQuery.shape,
  threshold,
  smileIndex,
  role,
  zone: z.string().max(64).optional(),
  minFacePx: z.coerce.number().min(0).max(4000).optional(),
  bucket: bucket.optional(),
});

/** Digits of a figure that count for the tag: the last ones depend on the order in which the store's threads add up. */
const TAG_DIGITS = 12;

const figuresOnly = (key: string, value: unknown): unknown => {
  if (key === 'generatedTs') return undefined;
  return typeof value === 'number' ? Number(value.toPrecision(TAG_DIGITS)) : value;
};

/** Weak tag of what a report says: equal figures give equal tags, whenever they were computed. */
const reportTag = ({ kind, model }: ReportModel, form: string): string => {
  const hash = createHash('sha256')
    .update(`${kind} ${form} ${JSON.stringify(model, figuresOnly)}`)
    .digest('base64url');
  return `W/"${hash}"`;
};

/** Figures of past periods as JSON or as a document. */
export const reportRoutes = (app: Api, { ports, config, clock, localTime, disclosure }: ApiContext): void => {
  const { streams } = ports;
  /** The reports for one client, whose questions end when they go away. */
  const reportsFor = (reply: FastifyReply) => ports.reports.askedBy(whenClientLeaves(reply));
  const tags = ['figures'];

  const assertStreams = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) {
      const status = streams.get(id);
      if (status === null)
        throw new EmoscopeError('STREAM_UNKNOWN', {
          ru: 'Одной из этих камер нет.',
          en: 'No stream has one of these ids.',
        });
      disclosure.assertRole(status.role);
    }
    return ids;
  };

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    report: ReportModel,
    query: z.output<typeof formatQuery>,
  ): Promise<FastifyReply> => {
    const { format, language = printedLanguage(config.site.language) } = query;
    const etag = reportTag(report, format === 'json' ? format : `${format} ${language}`);
    reply.header('cache-control', 'private, no-cache').header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    if (format === 'json') return reply.send(report.model);
    const { contentType, fileName, body } = await reportsFor(reply).render(report, format, language);
    const ascii = fileName.replace(/[^\w.-]+/g, '_');
    return reply
      .type(contentType)
      .header(
        'content-disposition',
        `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      )
      .serializer((payload: unknown) => payload as string)
      .send(Buffer.from(body));
  };

  app.get(
    '/api/v1/metrics/series',
    {
      schema: {
        tags,
        summary: 'Smile-Index, share of visitors who smiled, absolute level and frames with faces over time',
        querystring: periodQuery.extend({
          metric: z
            .enum(['smile-index', 'smiling-persons', 'absolute', 'frames-with-faces'])
            .default('smile-index')
            .describe('Repeated in the answer as `value`.'),
          stream: z.string().max(4000).optional().describe('Comma-separated ids; absent: all.'),
          bucket: bucket.default('1m'),
          role,
          threshold,
          smileIndex,
        }),
        response: {
          200: z.object({
            metric: z.string(),
            bucketMs: z.number(),
            timeZone: z.string(),
            points: z.array(seriesPoint.extend({ value: z.number().nullable() })),
            notes,
          }),
          ...problems,
        },
      },
    },
    async ({ query }, reply) => {
      const period = periodOf(query, clock.now(), localTime);
      disclosure.assertRole(query.role ?? null);
      const bucketMs = bucketMsOf(query.bucket, period);
      const points = await reportsFor(reply).series({
        ...period,
        streams: assertStreams(idsOf(query.stream)),
        role: query.role ?? null,
        threshold: query.threshold ?? config.metrics.threshold,
        smileIndex: readingOf(query.smileIndex),
        bucketMs,
      });
      const value = {
        'smile-index': 'smileIndex',
        'smiling-persons': 'smilingPersons',
        absolute: 'absolute',
        'frames-with-faces': 'framesWithFaces',
      } as const;
      return {
        metric: query.metric,
        bucketMs,
        timeZone: localTime.timeZone,
        points: disclosure.series(points, bucketMs).map((point) => ({ ...point, value: point[value[query.metric]] })),
        notes: readingNotes(query.smileIndex),
      };
    },
  );

  app.get(
    '/api/v1/reports/me1',
    {
      schema: {
        tags,
        summary: 'МЭ-1, the general emotional portrait',
        querystring: me1Query,
        response: { 200: me1Report, ...problems },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const period = periodOf(query, clock.now(), localTime);
      disclosure.assertRole(query.role ?? null);
      const ids = assertStreams(idsOf(query.streams));
      const params: Me1Params = {
        ...period,
        ...(ids.length === 0 ? {} : { streams: ids }),
        ...(query.role === undefined ? {} : { role: query.role }),
        ...(query.zone === undefined ? {} : { zoneId: query.zone }),
        ...(query.minFacePx === undefined ? {} : { minFacePx: query.minFacePx }),
        threshold: query.threshold ?? config.metrics.threshold,
        smileIndex: readingOf(query.smileIndex),
      };
      const bucketMs = query.bucket === undefined ? null : bucketMsOf(query.bucket, period);
      const model = withReadingNotes(disclosure.me1(await reportsFor(reply).me1(params, bucketMs)), query.smileIndex);
      return send(request, reply, { kind: 'me1', model }, query);
    },
  );

  app.get(
    '/api/v1/reports/comparison',
    {
      schema: {
        tags,
        summary: 'Two periods of МЭ-1 side by side, with differences and verdicts',
        querystring: periodQuery.extend({
          ...streamsQuery.shape,
          ...formatQuery.shape,
          otherFrom: otherInstant,
          otherTo: otherInstant,
          threshold,
        }),
        response: { 200: comparisonReport, ...problems },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const [now, ids] = [clock.now(), assertStreams(idsOf(query.streams))];
      const paramsOf = (asked: {
        readonly from?: string | undefined;
        readonly to?: string | undefined;
      }): Me1Params => ({
        ...periodOf(asked, now, localTime),
        ...(ids.length === 0 ? {} : { streams: ids }),
        threshold: query.threshold ?? config.metrics.threshold,
        smileIndex: 'face',
      });
      const [a, b] = [paramsOf(query), paramsOf({ from: query.otherFrom, to: query.otherTo })];
      return send(request, reply, { kind: 'comparison', model: await reportsFor(reply).comparison(a, b) }, query);
    },
  );

  app.get(
    '/api/v1/reports/questions',
    {
      schema: {
        tags,
        summary: 'The five questions with their answers',
        querystring: periodQuery.extend(formatQuery.shape),
        response: { 200: questionsReport, ...problems },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const model = disclosure.questions(await reportsFor(reply).questions(periodOf(query, clock.now(), localTime)));
      return send(request, reply, { kind: 'questions', model }, query);
    },
  );

  const visitorsQuery = periodQuery.extend({ ...streamsQuery.shape, ...formatQuery.shape });
  for (const path of ['/api/v1/visitors/summary', '/api/v1/reports/visitors'] as const) {
    app.get(
      path,
      {
        schema: {
          tags,
          summary: 'Visitors: count, dwell, attention, age, gender, cross-tab',
          querystring: visitorsQuery,
          response: { 200: visitorsReport, ...problems },
        },
      },
      async (request, reply) => {
        const { query } = request;
        const period = periodOf(query, clock.now(), localTime);
        const model = disclosure.visitors(
          await reportsFor(reply).visitors({ ...period, streams: assertStreams(idsOf(query.streams)) }),
        );
        return send(request, reply, { kind: 'visitors', model }, query);
      },
    );
  }

  app.get(
    '/api/v1/reports/contacts',
    {
      schema: {
        tags,
        summary: 'Contacts of a period with the figures of each point',
        querystring: periodQuery.extend({
          ...pointsQuery.shape,
          ...formatQuery.shape,
          happyIndex: happyIndexReading,
        }),
        response: { 200: contactsReport, ...problems },
      },
    },
    async (request, reply) => {
      const { query } = request;
      disclosure.assertSellers();
      const period = periodOf(query, clock.now(), localTime);
      const singles = request.identity !== null && may(request.identity.role, 'contacts');
      const { happyIndex = config.metrics.happyIndex } = query;
      const report = await reportsFor(reply).contacts({ ...period, points: idsOf(query.points), singles, happyIndex });
      const model = { ...report, contacts: report.contacts.map((contact) => disclosure.contact(contact)) };
      return send(request, reply, { kind: 'contacts', model }, query);
    },
  );

  app.get(
    '/api/v1/reports/shifts',
    {
      schema: {
        tags,
        summary: "Sellers' smiles per point and shift, never per person",
        querystring: periodQuery,
        response: { 200: z.object({ items: z.array(shiftSummary) }), ...problems },
      },
    },
    async ({ query }, reply) => {
      disclosure.assertSellers();
      return { items: [...(await reportsFor(reply).shifts(periodOf(query, clock.now(), localTime)))] };
    },
  );
};
