import { z } from 'zod';
import { device, feedbackSettings, ownDevice } from '../../contracts/service/device.js';
import { DEVICE_KINDS } from '../../contracts/service/device-lists.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';
import type { StoredDevice } from './device-file.js';

const name = z.string().trim().min(1).max(100);
const newDevice = device
  .extend({
    pin: z.string().describe('Six digits that pair one tablet; shown this once.'),
    pinUntilTs: z.number().describe('When it can no longer be used.'),
  })
  .meta({ id: 'NewDevice' });
const paired = z
  .object({ id: z.string(), name: z.string(), token: z.string().describe('Shown this once.') })
  .meta({ id: 'PairedDevice' });

/** All devices guess against one account of the throttle. */
const THROTTLED_AS = 'device pairing';

/** Terminals that are paired by a PIN: what administrators do with them, and what they themselves may ask. */
export const deviceRoutes = (app: Api, { devices, ports, throttle, clock }: ApiContext): void => {
  const tags = ['devices'];
  const { registers, streams } = ports;

  /** Throws REFERENCE_UNKNOWN for a place or an object that the site does not have. */
  const assertKnown = (placeId: string, object: StoredDevice['settings']['object']): void => {
    const isPlace = (id: string): boolean =>
      registers.list('places').some((one) => one.id === id) || streams.get(id) !== null;
    if (!isPlace(placeId))
      throw new EmoscopeError('REFERENCE_UNKNOWN', {
        ru: `Нет места «${placeId}»: сначала добавьте его.`,
        en: `No place is called "${placeId}"; add it first.`,
      });
    if (object === undefined) return;
    const { kind, id } = object;
    const found = kind === 'place' ? isPlace(id) : registers.list(`${kind}s`).some((one) => one.id === id);
    if (!found)
      throw new EmoscopeError('REFERENCE_UNKNOWN', {
        ru: `Оценивать нечего: нет «${id}».`,
        en: `There is nothing to judge: no ${kind} is called "${id}".`,
      });
  };

  app.get(
    '/api/v1/devices',
    { schema: { tags, summary: 'Devices', response: { 200: z.object({ items: z.array(device) }), ...problems } } },
    () => ({ items: [...devices.list()] }),
  );

  app.post(
    '/api/v1/devices',
    {
      schema: {
        tags,
        summary: 'Add a device, and get the PIN that pairs it',
        description:
          'The PIN is valid for 10 minutes, for one tablet, and until the service is restarted. A name in use is refused (EXISTS).',
        body: z.strictObject({
          name,
          placeId: z.string().min(1).max(64),
          kind: z.enum(DEVICE_KINDS),
          settings: feedbackSettings.prefault({}),
        }),
        response: { 201: newDevice, ...problems },
      },
    },
    async ({ body }, reply) => {
      assertKnown(body.placeId, body.settings.object);
      const { device: made, ...pin } = await devices.add(body);
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...made, ...pin });
    },
  );

  app.delete(
    '/api/v1/devices/:id',
    {
      schema: {
        tags,
        summary: 'Revoke a device at once',
        description:
          'It stays on the list as revoked, and a second time leaves it; one that never was paired leaves it at once. What it has sent stays.',
        params: idParams,
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params }, reply) => {
      await devices.remove(params.id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/devices/pair',
    {
      schema: {
        tags,
        summary: 'Pair a tablet by the PIN',
        description: 'Answers the token of the device; a PIN works once. Guesses are throttled as logins are.',
        body: z.strictObject({ pin: z.string().regex(/^\d{6}$/) }),
        response: { 200: paired, ...problems },
      },
    },
    async (request, reply) => {
      const { clientAddress } = request.frontage;
      const waitMs = throttle.waitMs(THROTTLED_AS, clientAddress);
      if (waitMs > 0) {
        reply.header('retry-after', Math.ceil(waitMs / 1000));
        throw new EmoscopeError('RATE_LIMITED', {
          ru: 'Слишком много попыток. Подождите четверть часа и попробуйте снова.',
          en: 'Too many tries; try again in a quarter of an hour.',
        });
      }
      throttle.charge(THROTTLED_AS, clientAddress);
      const made = await devices.pair(request.body.pin);
      if (made === null)
        throw new EmoscopeError('UNAUTHENTICATED', {
          ru: 'PIN не подходит: он действует 10 минут и один раз.',
          en: 'The PIN does not fit: it is valid for 10 minutes, and once.',
        });
      throttle.forgive(THROTTLED_AS, clientAddress);
      request.device = made.device;
      return reply
        .header('cache-control', 'no-store')
        .send({ id: made.device.id, name: made.device.name, token: made.token });
    },
  );

  app.get(
    '/api/v1/device',
    {
      schema: {
        tags,
        summary: 'What a device shows, for itself',
        description: 'With the token of the device as a bearer.',
        response: { 200: ownDevice, ...problems },
      },
    },
    ({ device: own }) => {
      if (own === null) throw new EmoscopeError('FORBIDDEN', { ru: 'Это для устройств.', en: 'This is for devices.' });
      const { id, name: called, placeId, kind, settings } = own;
      return { id, name: called, placeId, kind, settings, now: clock.now() };
    },
  );
};
