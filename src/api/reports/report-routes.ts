import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { printedLanguage } from '../../config/environment.js';
import { reportListing, type ReportListing } from '../../contracts/documents/report-listing.js';
import type { Language } from '../../contracts/language.js';
import type { ReportFile } from '../../contracts/documents/report-format.js';
import { addressesOf, querySchemaOf, type ReportOffer, type ReportQuery } from '../../reporting/offer.js';
import { may } from '../auth/roles.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { askerOf } from './asker.js';
import { reportTag } from './report-tag.js';
import { problems } from '../schemas/problem.js';

const tags = ['figures'];

interface Form {
  readonly format: ReportFile;
  readonly language?: Language | undefined;
}

/** The figures as JSON or as a document; 304 where they are as they were. */
const answer = async (
  context: ApiContext,
  { kind }: ReportOffer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { reports } = context.ports;
  const signal = whenClientLeaves(reply);
  const query = request.query as ReportQuery & Form;
  const { format, language = printedLanguage(context.config.site.language) } = query;
  const asker = askerOf(context, request.identity?.role ?? null);
  const model = await reports.make(kind, query, asker, signal);
  const etag = reportTag(kind, model, format === 'json' ? format : `${format} ${language}`);
  reply.header('cache-control', 'private, no-cache').header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  if (format === 'json') return reply.send(model);
  const { contentType, fileName, body } = await reports.render({ kind, model }, format, language, signal);
  const ascii = fileName.replace(/[^\w.-]+/g, '_');
  return reply
    .type(contentType)
    .header('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .serializer((payload: unknown) => payload as string)
    .send(Buffer.from(body));
};

const listingOf = (offer: ReportOffer): ReportListing => ({
  kind: offer.kind,
  title: offer.title,
  path: `/api/v1/reports/${offer.kind}`,
  covers: offer.covers,
  scope: offer.scope,
  parameters: Object.keys(querySchemaOf(offer).shape),
  formats: [...offer.formats],
});

/** Every report of the registry at its addresses, and the list of them. */
export const reportRoutes = (app: Api, context: ApiContext): void => {
  const { offers } = context.ports.reports;
  for (const offer of offers) {
    const schema = {
      tags,
      summary: offer.summary,
      querystring: querySchemaOf(offer),
      response: { 200: offer.response, ...problems },
    };
    for (const address of addressesOf(offer))
      app.get(address, { schema }, (request, reply) => answer(context, offer, request, reply));
  }

  app.get(
    '/api/v1/reports',
    {
      schema: {
        tags,
        summary: 'The reports that whoever asks may have, with what each can be asked',
        response: { 200: z.object({ items: z.array(reportListing) }), ...problems },
      },
    },
    ({ identity }) => ({
      items: offers.filter(({ needs }) => identity !== null && may(identity.role, needs)).map(listingOf),
    }),
  );
};
