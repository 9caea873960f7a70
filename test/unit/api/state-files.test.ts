import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { Webhooks } from '../../../src/api/webhooks/webhooks.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { testApp } from '../../fixtures/api-ports.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'emoscope-state-'));
const read = (path: string): Record<string, unknown[]> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown[]>;

const good = {
  id: 'w1',
  url: 'https://example.com/hook',
  events: ['status'],
  secret: 'whsec_0123456789abcdef',
  createdTs: 1,
};
/** What a hand does to an entry, one mistake each; the secret must be in no sentence about it. */
const BROKEN: readonly (readonly [string, unknown])[] = [
  ['a word for an entry', 'https://example.com'],
  ['an address that is none', { ...good, id: 'w2', url: 'hook on the till' }],
  ['another scheme', { ...good, id: 'w2', url: 'file:///etc/passwd' }],
  ['an address with a password', { ...good, id: 'w2', url: 'https://me:s3cret-hook@example.com' }],
  ['bad percent signs and ports', { ...good, id: 'w2', url: 'http://a:99999/%zz' }],
  ['an unknown event', { ...good, id: 'w2', events: ['everything'] }],
  ['no secret', { ...good, id: 'w2', secret: undefined }],
  ['an unknown key', { ...good, id: 'w2', comment: 's3cret-hook' }],
  ['an id that stands there twice', { ...good, url: 'https://example.org' }],
  ['nothing', null],
];

const open = async (path: string): Promise<{ webhooks: Webhooks; log: string[] }> => {
  const log: string[] = [];
  const logger = createLogger({
    level: 'debug',
    pretty: false,
    destination: { write: (line) => void log.push(line) },
  });
  const webhooks = await Webhooks.open({ path, allowPrivate: true, logger, attempts: 1 });
  closers.push(() => webhooks.close());
  return { webhooks, log };
};

describe('webhooks.json changed by hand', () => {
  it.each(BROKEN)('%s: that entry is named and left out, the rest works, nothing is lost', async (_what, entry) => {
    const path = join(folder(), 'webhooks.json');
    writeFileSync(path, JSON.stringify({ version: 1, webhooks: [good, entry] }));
    const { webhooks, log } = await open(path);
    expect(webhooks.list().map(({ id }) => id)).toEqual(['w1']);
    expect(log.join('')).toContain('webhooks.json: webhooks[1] is left out');
    expect(log.join('')).not.toMatch(/s3cret-hook|whsec_/);
    const { id } = await webhooks.add('https://example.net/new', ['status']);
    await webhooks.remove('w1');
    const kept = JSON.parse(JSON.stringify(entry)) as unknown;
    expect(read(path)['webhooks']).toEqual([expect.objectContaining({ id }), kept]);
  });

  it.each(['', '{"version":1,', '[]', '{"version":2,"webhooks":[]}', '{"version":1,"webhooks":{}}'])(
    'damaged as %j: the service runs, and the file is not replaced',
    async (text) => {
      const path = join(folder(), 'webhooks.json');
      writeFileSync(path, text);
      const { webhooks, log } = await open(path);
      expect(webhooks.list()).toEqual([]);
      expect(log.join('')).toContain('webhooks.json is damaged');
      await expect(webhooks.add('https://example.net/new', ['status'])).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('a whole service starts beside it', async () => {
    const accounts = join(folder(), 'accounts.json');
    writeFileSync(join(dirname(accounts), 'webhooks.json'), '{');
    const test = await testApp({ server: { accounts } });
    closers.push(() => test.app.close());
    expect((await test.app.fastify.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('accounts.json changed by hand', () => {
  const start = async (change: (file: Record<string, unknown[]>) => unknown) => {
    const path = join(folder(), 'accounts.json');
    const before = await Accounts.open(path);
    await before.addUser('anna', 'correct horse', 'admin');
    await before.addUser('bob', 'battery staple', 'viewer');
    const { token } = await before.addKey('board', 'viewer');
    writeFileSync(path, JSON.stringify(change(read(path))));
    return { path, token, accounts: await Accounts.open(path) };
  };
  const entry = (value: unknown, fields: object): unknown => ({ ...(value as object), ...fields });

  it('a broken account lets nobody in, is named, and stays in the file; the others work', async () => {
    const { accounts, path } = await start((file) => ({
      ...file,
      users: [file['users']?.[0], entry(file['users']?.[1], { role: 'boss' })],
    }));
    expect(accounts.users().map(({ name }) => name)).toEqual(['anna']);
    expect(accounts.problems).toEqual(['users[1]: role: invalid value']);
    expect(await accounts.authenticate('bob', 'battery staple')).toBeNull();
    await accounts.addUser('carl', 'third password', 'viewer');
    expect(read(path)['users']).toContainEqual(expect.objectContaining({ name: 'bob', role: 'boss' }));
  });

  it('a broken key is no key', async () => {
    const { accounts, token } = await start((file) => ({
      ...file,
      keys: [entry(file['keys']?.[0], { secretSha256: 7 })],
    }));
    expect(accounts.keyOf(token)).toBeNull();
    expect(accounts.problems).toEqual(['keys[0]: secretSha256: invalid type']);
  });

  it('broken accounts alone do not open the service to everybody', async () => {
    const { accounts, path } = await start((file) => ({ ...file, users: [{ name: 'anna' }], keys: [] }));
    expect(accounts.users()).toEqual([]);
    expect(accounts.hasAccounts).toBe(true);
    const test = await testApp({ server: { accounts: path } });
    closers.push(() => test.app.close());
    expect((await test.app.fastify.inject('/api/v1/info')).statusCode).toBe(401);
    expect(test.log.join('')).toContain('an entry is left out');
  });
});
