import { z } from 'zod';
import { serviceCheck } from '../../contracts/service/service-check.js';
import type { Api, ApiContext } from '../context.js';

const readiness = z.object({
  ready: z.boolean(),
  checks: z.record(
    z.string(),
    serviceCheck.extend({ detail: z.string().describe('Empty for callers who are not logged in.') }),
  ),
});

/** `/healthz`: the process answers. `/readyz`: models warm, store writable. */
export const healthRoutes = (app: Api, { ports }: ApiContext): void => {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['system'],
        summary: 'The process is alive',
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    () => ({ ok: true as const }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        tags: ['system'],
        summary: 'The service can take work: models warm, store writable',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (request, reply) => {
      const found = Object.entries(await ports.health.readiness());
      const ready = found.every(([, { ok }]) => ok);
      const checks = Object.fromEntries(
        found.map(([name, { ok, detail }]) => [name, { ok, detail: request.identity === null ? '' : detail }]),
      );
      return reply.status(ready ? 200 : 503).send({ ready, checks });
    },
  );
};
