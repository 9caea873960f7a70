import { z } from 'zod';
import { employee, factor, place } from '../../contracts/place.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import type { Register, Registers } from './registers-port.js';

const longest = z.string().min(1).max(200);
const placeId = place.shape.id;

interface Words {
  readonly one: string;
  readonly many: string;
}

/** The four routes of one register; an item's own fields are `shape`, without its id. */
const registerRoutesOf = (
  app: Api,
  { ports: { registers } }: ApiContext,
  register: Register,
  shape: z.ZodObject,
  { one, many }: Words,
): void => {
  const tags = ['site'];
  const path = `/api/v1/${register}` as const;
  const params = z.object({ id: placeId });
  const answer = z.strictObject({ id: placeId, ...shape.shape });

  app.get(
    path,
    { schema: { tags, summary: many, response: { 200: z.object({ items: z.array(answer) }), ...problems } } },
    () => ({ items: [...registers.list(register)] }),
  );

  app.post(
    path,
    {
      schema: {
        tags,
        summary: `Add ${one}`,
        description: 'An id that is taken is refused (EXISTS).',
        body: answer,
        response: { 201: answer, ...problems },
      },
    },
    async ({ body }, reply) => {
      await registers.add(register, body as unknown as Registers[Register]);
      return reply.status(201).send(body);
    },
  );

  app.put(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `Put ${one}: what has this id is replaced`,
        params,
        body: z.strictObject(shape.shape),
        response: { 200: answer, ...problems },
      },
    },
    async ({ params: { id }, body }) => {
      const item = { ...body, id };
      await registers.put(register, item as unknown as Registers[Register]);
      return item;
    },
  );

  app.delete(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `Remove ${one}`,
        description: 'Facts that name it stay as they are.',
        params,
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params: { id } }, reply) => {
      await registers.remove(register, id);
      return reply.status(204).send(null);
    },
  );
};

const named = z.object({ name: longest });

const placeShape = place.omit({ id: true }).extend({
  name: longest,
  views: z.array(longest).max(64).optional().describe('Streams, or stream/zone, that see the place.'),
  contact: longest.optional().describe('The contact point at the place.'),
});

/** Places, factors and employees: what facts are about. */
export const registerRoutes = (app: Api, context: ApiContext): void => {
  registerRoutesOf(app, context, 'places', placeShape, { one: 'a place', many: 'Places of the site' });
  registerRoutesOf(app, context, 'factors', factor.omit({ id: true }).extend(named.shape), {
    one: 'a factor',
    many: 'Factors that customers judge',
  });
  registerRoutesOf(app, context, 'employees', employee.omit({ id: true }).extend(named.shape), {
    one: 'an employee',
    many: 'Employees that feedback, counts and checks may be about',
  });
};
