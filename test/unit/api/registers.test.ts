import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../fixtures/api-ports.js';

describe.each([
  ['places', { name: 'Касса', views: ['a'], served: 'contacts' }],
  ['factors', { name: 'Цены' }],
  ['employees', { name: 'Анна' }],
] as const)('the register of %s', (register, fields) => {
  let service: TestApp;
  beforeAll(async () => {
    service = await testApp();
  });
  afterAll(() => service.app.close());

  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', id = '', body?: object) =>
    service.app.fastify.inject({
      method,
      url: `/api/v1/${register}${id}`,
      headers: { 'accept-language': 'en' },
      ...(body === undefined ? {} : { body }),
    });
  const listed = async (): Promise<unknown> => (await call('GET')).json<{ items: unknown }>().items;

  it('adds, replaces, removes; refuses a name that is taken, and what is not there', async () => {
    const item = { id: 'one', ...fields };
    expect((await call('POST', '', item)).statusCode).toBe(201);
    expect((await call('POST', '', item)).json()).toMatchObject({ code: 'EXISTS' });
    expect((await call('PUT', '/one', { ...fields, name: 'B' })).json()).toEqual({ ...item, name: 'B' });
    expect((await call('PUT', '/two', { name: 'C' })).statusCode).toBe(200);
    expect(await listed()).toEqual([
      { ...item, name: 'B' },
      { id: 'two', name: 'C' },
    ]);
    expect((await call('DELETE', '/one')).statusCode).toBe(204);
    expect((await call('DELETE', '/one')).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect(await listed()).toEqual([{ id: 'two', name: 'C' }]);
  });

  it('refuses ids and fields that nobody knows, and names without letters', async () => {
    expect((await call('POST', '', { id: 'A b', ...fields })).statusCode).toBe(400);
    expect((await call('POST', '', { id: 'x', ...fields, colour: 1 })).statusCode).toBe(400);
    expect((await call('PUT', '/x', { ...fields, name: '' })).statusCode).toBe(400);
  });
});

it('a place that names a camera that is not there is refused, and nothing is changed', async () => {
  const service = await testApp();
  const answer = await service.app.fastify.inject({
    method: 'POST',
    url: '/api/v1/places',
    headers: { 'accept-language': 'ru' },
    body: { id: 'till', name: 'Касса', views: ['attic'] },
  });
  expect(answer.json()).toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('«attic»') as string,
  });
  expect((await service.app.fastify.inject('/api/v1/places')).json()).toEqual({ items: [] });
  await service.app.close();
});
