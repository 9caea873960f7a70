import { z } from 'zod';
import type { Api, ApiContext } from '../context.js';

const readiness = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
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
    async (_request, reply) => {
      const checks = { ...(await ports.system.readiness()) };
      const ready = Object.values(checks).every(({ ok }) => ok);
      return reply.status(ready ? 200 : 503).send({ ready, checks });
    },
  );
};
