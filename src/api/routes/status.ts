import { serviceStatus, type ServiceStatus } from '../../contracts/service/service-status.js';
import { LoopDelay } from '../../runtime/process/loop-delay.js';
import type { Api, ApiContext } from '../context.js';
import type { LiveHub } from '../live/hub.js';
import type { Telemetry } from '../../contracts/service/telemetry.js';
import { problems } from '../schemas/problem.js';

const stagesOf = ({ stageSeconds }: Telemetry): ServiceStatus['stages'] =>
  Object.entries(stageSeconds).map(([stage, { count, sum }]) => ({
    stage,
    runs: count,
    meanMs: count === 0 ? null : (1000 * sum) / count,
  }));

const rejectedOf = ({ rejected }: Telemetry): ServiceStatus['rejectedFaces'] =>
  Object.fromEntries(
    Object.entries(rejected).map(([stream, reasons]) => [
      stream,
      Object.values(reasons).reduce((sum, faces) => sum + faces, 0),
    ]),
  );

/** What an operator looks at, as JSON; for machines that watch machines there is `/metrics`. */
export const statusRoutes = (app: Api, { ports }: ApiContext, hub: LiveHub): void => {
  const loop = new LoopDelay();
  app.addHook('onClose', () => {
    loop.stop();
    return Promise.resolve();
  });
  app.get(
    '/api/v1/status',
    {
      schema: {
        tags: ['system'],
        summary: 'Readiness, load, stages and losses of the running service',
        response: { 200: serviceStatus, ...problems },
      },
    },
    async (): Promise<ServiceStatus> => {
      const [checks, telemetry] = await Promise.all([ports.health.readiness(), ports.telemetry.telemetry()]);
      const { user, system } = process.cpuUsage();
      const { subscribers, facesLost } = hub.stats();
      return {
        ready: Object.values(checks).every(({ ok }) => ok),
        checks,
        uptimeMs: 1000 * process.uptime(),
        cpuSeconds: (user + system) / 1e6,
        residentBytes: process.memoryUsage.rss(),
        loopDelayP99Ms: loop.p99Ms(),
        subscribers,
        facesLost,
        stages: stagesOf(telemetry),
        rows: telemetry.storeRows,
        rowsLost: telemetry.storeRowsLost,
        recognisedFaces: telemetry.faces,
        refusedFaces: telemetry.rejected,
        rejectedFaces: rejectedOf(telemetry),
      };
    },
  );
};
