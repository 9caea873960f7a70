import { z } from 'zod';
import { observationInput } from '../../contracts/observation.js';
import { type ObservationResult, observationResult } from '../../contracts/service/observation-result.js';
import { type AskedLanguage, askedLanguage } from '../asked-language.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import type { StoredDevice } from '../devices/device-file.js';
import type { FactOrigin, TakenFact } from './observations-port.js';

/** Most facts of one request. */
const MOST_FACTS = 1000;

const told = ({ id, status, newestRev, refused }: TakenFact, language: AskedLanguage): ObservationResult => ({
  ...{ id, status },
  ...(newestRev === undefined ? {} : { newestRev }),
  ...(refused === null ? {} : { code: refused.code, message: refused.reason[language] }),
});

/** A device speaks of its own place under its own name, whatever its facts say. */
const ofDevice = ({ id, placeId }: StoredDevice): FactOrigin => ({ source: 'kiosk', placeId, deviceId: id });

/** A fact of a device that does not name a place is of its own. */
const placed = (fact: unknown, placeId: string): unknown =>
  typeof fact === 'object' && fact !== null && !('placeId' in fact) ? { ...fact, placeId } : fact;

/** Facts that are told: presses, counts, receipts, surveys, checks. */
export const observationRoutes = (app: Api, { ports }: ApiContext): void => {
  app.post(
    '/api/v1/observations',
    {
      schema: {
        tags: ['site'],
        summary: 'Tell facts: presses, counts, amounts, surveys, checks',
        description:
          'Each is answered on its own, in the order sent; one that is refused keeps no other from being stored. The id makes it safe to send again: the same fact sent twice is one fact (duplicate), a higher revision corrects it (revised). Facts may come late and in any order: they count when they happened.',
        body: z.strictObject({
          // Anything is taken here, so that one wrong fact does not refuse the others; the second half documents it.
          observations: z
            .array(z.union([z.unknown(), observationInput]))
            .min(1)
            .max(MOST_FACTS),
        }),
        response: { 200: z.object({ results: z.array(observationResult) }), ...problems },
      },
    },
    async ({ body, headers, device }) => {
      const facts = device === null ? body.observations : body.observations.map((fact) => placed(fact, device.placeId));
      const taken = await ports.observations.take(facts, device === null ? { source: 'api' } : ofDevice(device));
      const language = askedLanguage(headers['accept-language']);
      return { results: taken.map((one) => told(one, language)) };
    },
  );
};
