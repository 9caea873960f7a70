import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { askedLanguage } from '../../../src/api/asked-language.js';
import { statusOf } from '../../../src/api/error-status.js';
import { meaningOf, reasonOf } from '../../../src/api/error-words.js';
import { MISSING_ROLE } from '../../../src/contracts/service/account-role.js';
import { EmoscopeError, ERROR_CODES, type ErrorCode } from '../../../src/runtime/errors.js';
import { testApp } from '../../fixtures/api-ports.js';

const src = fileURLToPath(new URL('../../../src/', import.meta.url));
/** Where what is thrown is answered to people. */
const SPOKEN = ['api', 'pipeline/adapters', 'pipeline/configuration', 'reporting'];

const sources = SPOKEN.flatMap((part) =>
  part.endsWith('.ts')
    ? [part]
    : readdirSync(join(src, part), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(part, name)),
);

describe('a refusal', () => {
  it('is said in both languages wherever it is thrown for people: new EmoscopeError(code, { ru, en })', () => {
    const thrown = sources.flatMap((file) => {
      const text = readFileSync(join(src, file), 'utf8');
      return [...text.matchAll(/new EmoscopeError\(\s*'([A-Z_]+)',\s*(.)/g)].map(([, code, first]) => ({
        file,
        code: code as ErrorCode,
        // A literal in quotes is one language; a name stands for a pair that the compiler has checked or for a text built above.
        bilingual: first !== "'" && first !== '`' && first !== '"',
      }));
    });
    expect(thrown.length).toBeGreaterThan(30);
    // What stops the service before it serves is read by those who run it, in its log.
    const atStart = ['auth/bind.ts', 'auth/accounts-file.ts', 'webhooks/webhook-file.ts', 'api/app.ts'];
    const english = thrown.filter(
      ({ code, file, bilingual }) => !bilingual && statusOf(code) < 500 && !atStart.some((name) => file.endsWith(name)),
    );
    expect(english).toEqual([]);
  });

  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s has a general meaning in Russian', (code) => {
    expect(meaningOf(code, 'ru')).toMatch(/[а-яё]/i);
  });

  it('keeps a reason that is said in English alone beside its general meaning', () => {
    const error = new EmoscopeError('CONFLICT', 'The moon is in the way.');
    expect(reasonOf(error, 'ru')).toBe('Запрос противоречит нынешнему состоянию. (The moon is in the way.)');
    expect(reasonOf(error, 'en')).toBe('The moon is in the way.');
  });

  it('names the role that is needed and the one that is there', () => {
    expect(MISSING_ROLE.analyse.viewer).toEqual({
      ru: 'Нужна роль: аналитик или администратор. Ваша роль: наблюдатель.',
      en: 'This needs the role: analyst or administrator. Your role: viewer.',
    });
  });

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ru', 'ru'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['en-GB,en;q=0.9,ru;q=0.8', 'en'],
    ['de, ru;q=0.5', 'ru'],
    ['en;q=0.2, ru;q=0.7', 'ru'],
    ['*', 'en'],
  ] as const)('Accept-Language %j is answered in %s', (header, language) => {
    expect(askedLanguage(header)).toBe(language);
  });

  it('comes in the language that is asked for, with the fields that are wrong', async () => {
    const test = await testApp();
    const answer = await test.app.fastify.inject({
      method: 'POST',
      url: '/api/v1/users',
      headers: { 'accept-language': 'ru' },
      payload: { name: 'anna', password: 'short', role: 'admin' },
    });
    expect(answer.headers['content-language']).toBe('ru');
    const body = answer.json<{ message: string; details: { path: string; message: string }[] }>();
    expect(body.message).toBe('Запрос не соответствует описанию.');
    expect(body.details[0]?.path).toBe('/password');
    expect(body.details[0]?.message).toMatch(/[а-яё]/i);
    const english = await test.app.fastify.inject({ method: 'DELETE', url: '/api/v1/users/nobody' });
    expect(english.json()).toMatchObject({ code: 'NOT_FOUND', message: 'No account has this name.' });
    await test.app.close();
  });
});
