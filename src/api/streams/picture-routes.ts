import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MISSING_ROLE } from '../../contracts/service/account-role.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { may } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';
import { actOf, beginAct } from '../plugins/access.js';
import type { LivePicture, PictureOptions } from '../../contracts/service/live-picture.js';
import { fileAnswer, problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';
import { pictureQuery, turn } from './stream-schemas.js';

/** A viewer who takes nothing for so long reads no more. */
const UNREAD_MS = 15_000;
const BOUNDARY = 'emoscope-frame';
const EMPTY_VIEW =
  'With silhouettes the header `x-empty-view` says `known`, or `unknown` while the camera has not been seen empty for a ' +
  'minute: until then only faces that were found are drawn.';

/** The headers of a picture: what it says of the empty view. */
const emptyViewHeader = ({ emptyViewKnown }: LivePicture): Record<string, string> =>
  emptyViewKnown === null ? {} : { 'x-empty-view': emptyViewKnown ? 'known' : 'unknown' };

/** Pictures of a camera: the newest one, and a live view whose slow viewers lose pictures instead of queueing them. */
export const pictureRoutes = (app: Api, { ports, clock }: ApiContext): void => {
  const { streams, pictures } = ports;

  /** Silhouettes unless asked for otherwise by someone who may see faces; such looks are audited before anything is shown. */
  const optionsFor = async (
    request: FastifyRequest,
    reply: FastifyReply,
    query: z.output<typeof pictureQuery>,
    look: { readonly action: string; readonly isEndless: boolean },
  ): Promise<PictureOptions> => {
    const blurred = query.blurred === 'true';
    const { id } = request.params as { id: string };
    if (streams.get(id) === null)
      throw new EmoscopeError('STREAM_UNKNOWN', { ru: 'Такой камеры нет.', en: 'No stream has this id.' });
    if (!blurred) {
      const act = { kind: 'personal-data', target: id, ...look } as const;
      if (request.identity === null || !may(request.identity.role, 'faces')) {
        ports.audit.note(actOf(request, { kind: act.kind, action: act.action, target: id }), 'refused');
        throw new EmoscopeError('FORBIDDEN', MISSING_ROLE.faces[request.identity?.role ?? 'viewer']);
      }
      await beginAct(ports.audit, request, reply, act);
    }
    return { blurred, maxWidthPx: query.maxWidth };
  };

  app.get(
    '/api/v1/streams/:id/snapshot.jpg',
    {
      schema: {
        tags: ['streams'],
        summary: 'The newest frame; drawn silhouettes by default',
        description: EMPTY_VIEW,
        params: idParams,
        querystring: pictureQuery.extend({ turn }),
        response: { 200: fileAnswer('A picture', 'image/jpeg'), ...problems },
      },
    },
    async (request, reply) => {
      const look = { action: 'snapshot.view', isEndless: false };
      const options = await optionsFor(request, reply, request.query, look);
      const picture = await pictures.snapshot(request.params.id, options);
      if (picture === null)
        throw new EmoscopeError('NOT_FOUND', {
          ru: 'Эта камера ещё не дала кадра.',
          en: 'This camera has not given a frame yet.',
        });
      return reply
        .type('image/jpeg')
        .header('cache-control', 'no-store')
        .header('x-timestamp', String(picture.ts))
        .headers(emptyViewHeader(picture))
        .header('last-modified', new Date(picture.ts).toUTCString())
        .serializer((body: unknown) => body as string)
        .send(Buffer.from(picture.jpeg));
    },
  );

  app.get(
    '/api/v1/streams/:id/live.mjpg',
    {
      compress: false,
      schema: {
        tags: ['streams'],
        summary: 'Live view as multipart JPEG; drawn silhouettes by default',
        description: EMPTY_VIEW,
        params: idParams,
        querystring: pictureQuery,
        response: { 200: fileAnswer('Pictures without end', 'multipart/x-mixed-replace'), ...problems },
      },
    },
    async (request, reply) => {
      const look = { action: 'live-view.view', isEndless: true };
      const options = await optionsFor(request, reply, request.query, look);
      const { raw } = reply;
      if (raw.destroyed) return reply.hijack();
      reply.hijack();
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
        'cache-control': 'no-store',
        connection: 'close',
      });
      raw.flushHeaders();
      let takenMs = clock.monotonic();
      const stop = pictures.watch(request.params.id, options, (picture) => {
        const { ts, jpeg } = picture;
        if (raw.destroyed) return;
        const now = clock.monotonic();
        if (!raw.writableNeedDrain) takenMs = now;
        else {
          if (now - takenMs > UNREAD_MS) raw.destroy();
          return;
        }
        raw.cork();
        const headers = {
          'content-type': 'image/jpeg',
          'content-length': jpeg.byteLength,
          'x-timestamp': ts,
          ...emptyViewHeader(picture),
        };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        raw.write(`--${BOUNDARY}\r\n${lines.join('')}\r\n`);
        raw.write(jpeg);
        raw.write('\r\n');
        raw.uncork();
      });
      raw.once('close', stop);
      return reply;
    },
  );
};
