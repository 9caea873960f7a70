import { z } from 'zod';
import type { StreamConfig } from '../../config/schema.js';
import type { StreamStatus } from '../../contracts/stream.js';
import { whenClientLeaves } from '../client-leaves.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { hideAddress } from '../../runtime/address/hide-address.js';
import { redact } from '../../runtime/redact.js';
import { mayLive } from '../auth/access.js';
import { may, type Identity } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';
import { probeAnswer, type ProbeAnswer } from '../../contracts/service/probe-answer.js';
import type { ProbeOutcome } from '../../contracts/service/probe-outcome.js';
import { problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';
import { probeInput, streamDetails, streamInput, streamPatch, streamStatus } from './stream-schemas.js';

const unknownStream = (): EmoscopeError =>
  new EmoscopeError('STREAM_UNKNOWN', { ru: 'Такой камеры нет.', en: 'No stream has this id.' });
const isAdmin = (identity: Identity | null): boolean => identity !== null && may(identity.role, 'administer');

const probeBody = (outcome: ProbeOutcome): ProbeAnswer =>
  outcome.ok
    ? {
        ok: true,
        ...outcome.result,
        reason: outcome.reason,
        detail: null,
        certificate: outcome.certificate,
        door: outcome.door,
        jpegBase64: outcome.jpeg === null ? null : Buffer.from(outcome.jpeg).toString('base64'),
      }
    : {
        ok: false,
        codec: null,
        width: null,
        height: null,
        sourceFps: null,
        reason: outcome.reason,
        detail: redact(outcome.detail),
        certificate: outcome.certificate,
        door: outcome.door,
        jpegBase64: null,
      };

/** The cameras: list, add, change, remove, try. Changes apply without a restart and are written to the configuration. */
export const streamRoutes = (app: Api, { ports, disclosure }: ApiContext): void => {
  const { streams } = ports;
  const tags = ['streams'];
  const shown = (status: StreamStatus, identity: Identity | null): StreamStatus =>
    disclosure.status(status, {
      url: isAdmin(identity),
      faces: identity !== null && mayLive(identity.role, 'faces'),
    });
  const configured = (id: string): StreamConfig => {
    const config = streams.configOf(id);
    if (config === null) throw unknownStream();
    return config;
  };

  app.get(
    '/api/v1/streams',
    {
      schema: {
        tags,
        summary: 'State, rate, drops and latency of every camera',
        response: { 200: z.object({ items: z.array(streamStatus) }), ...problems },
      },
    },
    (request) => ({ items: streams.list().map((status) => shown(status, request.identity)) }),
  );

  app.get(
    '/api/v1/streams/:id',
    {
      schema: {
        tags,
        summary: 'One camera with its configuration',
        params: idParams,
        response: { 200: streamDetails, ...problems },
      },
    },
    (request) => {
      const status = streams.get(request.params.id);
      if (status === null) throw unknownStream();
      const config = configured(request.params.id);
      const url = shown({ ...status, url: hideAddress(config.url) }, request.identity).url;
      return { status: shown(status, request.identity), config: { ...config, url } };
    },
  );

  app.post(
    '/api/v1/streams',
    { schema: { tags, summary: 'Add a camera', body: streamInput, response: { 201: streamStatus, ...problems } } },
    async (request, reply) => {
      const status = await streams.add(request.body);
      return reply.status(201).send(shown(status, request.identity));
    },
  );

  app.patch(
    '/api/v1/streams/:id',
    {
      schema: {
        tags,
        summary: 'Change a camera',
        description: 'Absent fields stay. The URL as this API shows it, with its secrets as ***, also stays.',
        params: idParams,
        body: streamPatch,
        response: { 200: streamStatus, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { url, ...rest } = request.body;
      const current = configured(id);
      const keepsUrl = url === undefined || url === hideAddress(current.url);
      if (!keepsUrl && url.includes('***')) {
        throw new EmoscopeError('VALIDATION', {
          ru: 'В адресе вместо секрета стоит ***: напишите секрет или не меняйте адрес.',
          en: 'The URL holds *** where a secret belongs; write it out, or leave the URL out.',
        });
      }
      return shown(await streams.patch(id, keepsUrl ? rest : { ...rest, url }), request.identity);
    },
  );

  app.delete(
    '/api/v1/streams/:id',
    { schema: { tags, summary: 'Remove a camera', params: idParams, response: { 204: z.null(), ...problems } } },
    async (request, reply) => {
      await streams.remove(request.params.id);
      return reply.status(204).send(null);
    },
  );

  const probe = async (source: z.output<typeof probeInput>, closed: AbortSignal): Promise<ProbeOutcome> =>
    streams.probe(source, AbortSignal.any([closed, AbortSignal.timeout(15_000)]));

  app.post(
    '/api/v1/streams/:id/probe',
    {
      schema: {
        tags,
        summary: 'Try a configured camera',
        params: idParams,
        response: { 200: probeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { url, transport, certificate, allow, rotate } = configured(request.params.id);
      return probeBody(await probe({ url, transport, certificate, allow, rotate }, whenClientLeaves(reply)));
    },
  );

  app.post(
    '/api/v1/probe',
    {
      schema: {
        tags,
        summary: 'Try a source before adding it',
        body: probeInput,
        response: { 200: probeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      return probeBody(await probe(request.body, whenClientLeaves(reply)));
    },
  );
};
