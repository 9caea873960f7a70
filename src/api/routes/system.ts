import { z } from 'zod';
import { printedLanguage } from '../../config/environment.js';
import { auditRecord } from '../../contracts/service/audit-record.js';
import { engineInfo } from '../../contracts/service/models.js';
import { privacyReport } from '../../contracts/documents/privacy-report.js';
import { siteInfo } from '../../contracts/service/site-info.js';
import type { Api, ApiContext } from '../context.js';
import { fileAnswer, problems } from '../schemas/problem.js';
import { decodeCursor, encodeCursor, pageQuery } from '../schemas/query.js';

/** The service about itself: what runs, who did what, what is kept. */
export const systemRoutes = (app: Api, { ports, config, localTime, disclosure }: ApiContext, version: string): void => {
  const tags = ['system'];

  app.get(
    '/api/v1/info',
    {
      schema: {
        tags,
        summary: 'What a client needs to know of the configuration',
        response: { 200: siteInfo, ...problems },
      },
    },
    () => ({
      version,
      site: {
        name: config.site.name,
        timeZone: localTime.timeZone,
        language: config.site.language === 'auto' ? null : config.site.language,
      },
      threshold: config.metrics.threshold,
      smileAlarm: config.metrics.smileAlarm ?? null,
      privacy: {
        jurisdiction: config.privacy.jurisdiction,
        sellerAnalytics: disclosure.sellerAnalytics,
        kAnonymity: config.privacy.kAnonymity,
        minorsAge: config.privacy.minorsAge,
      },
    }),
  );

  app.get(
    '/api/v1/models',
    { schema: { tags, summary: 'Models and device in use', response: { 200: engineInfo, ...problems } } },
    () => {
      const current = ports.system.engine();
      return {
        ...current,
        models: current.models.map((model) => ({ ...model, file: model.file.replace(/^.*[\\/]/, '') })),
      };
    },
  );

  app.get(
    '/api/v1/audit',
    {
      schema: {
        tags,
        summary: 'Administrative and personal-data accesses, newest first',
        querystring: pageQuery,
        response: { 200: z.object({ items: z.array(auditRecord), nextCursor: z.string().nullable() }), ...problems },
      },
    },
    async ({ query }) => {
      const beforeSeq = decodeCursor(query.cursor, z.int());
      const records = await ports.audit.list({ beforeSeq, limit: query.limit + 1 });
      const items = records.slice(0, query.limit);
      const last = items.at(-1);
      return { items, nextCursor: records.length > items.length && last !== undefined ? encodeCursor(last.seq) : null };
    },
  );

  app.get(
    '/api/v1/log',
    {
      schema: {
        tags,
        summary: 'The last lines of the log, oldest first, without secrets',
        response: { 200: z.object({ lines: z.array(z.string()).readonly() }), ...problems },
      },
    },
    () => ({ lines: ports.system.recentLog() }),
  );

  app.get(
    '/api/v1/privacy/report',
    {
      schema: {
        tags,
        summary: 'What is collected, where, how long, who saw it',
        response: { 200: privacyReport, ...problems },
      },
    },
    () => ports.privacyDocuments.privacyReport(),
  );

  app.get(
    '/api/v1/notice',
    {
      schema: {
        tags,
        summary: 'The notice for the door',
        querystring: z.object({
          format: z.enum(['html', 'pdf']).default('html'),
          language: z.enum(['ru', 'en']).optional(),
        }),
        response: { 200: fileAnswer('The notice', 'text/html', 'application/pdf'), ...problems },
      },
    },
    async ({ query }, reply) => {
      const { contentType, body } = await ports.privacyDocuments.notice(
        query.format,
        query.language ?? printedLanguage(config.site.language),
      );
      return reply
        .type(contentType)
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
        )
        .serializer((payload: unknown) => payload as string)
        .send(Buffer.from(body));
    },
  );
};
