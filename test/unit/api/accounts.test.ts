import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/api/auth/accounts.js';
import { assertBindable } from '../../../src/api/auth/bind.js';
import { LoginThrottle } from '../../../src/api/auth/login-throttle.js';
import { SESSION_IDLE_MS, SESSION_MAX_MS, Sessions } from '../../../src/api/auth/sessions.js';
import { configSchema } from '../../../src/config/schema.js';

const PASSWORD = 'correct horse battery';
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emoscope-accounts-'));
  path = join(folder, 'sub', 'accounts.json');
});

describe('Accounts', () => {
  it('keeps hashes alone, in a file for its owner alone', async () => {
    const accounts = await Accounts.open(path);
    await accounts.addUser('anna', PASSWORD, 'admin');
    const { token } = await accounts.addKey('till', 'viewer');
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(PASSWORD);
    // After the first two underscores; the secret itself may hold more.
    expect(text).not.toContain(token.split('_').slice(2).join('_'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['accounts.json', 'accounts.json.in-use']);
  });

  it('knows the right password and no other', async () => {
    const accounts = await Accounts.open(path);
    await accounts.addUser('anna', PASSWORD, 'admin');
    expect((await accounts.authenticate('anna', PASSWORD))?.name).toBe('anna');
    expect(await accounts.authenticate('anna', `${PASSWORD} `)).toBeNull();
    expect(await accounts.authenticate('nobody', PASSWORD)).toBeNull();
  });

  it('knows a key by its whole token alone', async () => {
    const accounts = await Accounts.open(path);
    await accounts.addUser('anna', PASSWORD, 'admin');
    const { token, id } = await accounts.addKey('till', 'analyst');
    expect(accounts.keyOf(token)?.role).toBe('analyst');
    expect(accounts.keyOf(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
    expect(accounts.keyOf(`emk_${id}_${'A'.repeat(43)}`)).toBeNull();
    expect(accounts.keyOf(`emk_000000000000_${'A'.repeat(43)}`)).toBeNull();
    await accounts.removeKey(id);
    expect(accounts.keyOf(token)).toBeNull();
  });

  it('never leaves the house without an admin', async () => {
    const accounts = await Accounts.open(path);
    await expect(accounts.addUser('bob', PASSWORD, 'viewer')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(accounts.addKey('k', 'admin')).rejects.toMatchObject({ code: 'CONFLICT' });
    await accounts.addUser('anna', PASSWORD, 'admin');
    await accounts.addUser('bob', PASSWORD, 'viewer');
    await expect(accounts.removeUser('anna')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(accounts.changeUser('anna', { role: 'viewer' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(accounts.removeUser('carl')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await accounts.removeUser('bob');
    await accounts.removeUser('anna');
    expect(accounts.hasAccounts).toBe(false);
  });

  it.each(['', 'a b', '../etc', 'a'.repeat(64), 'x\n'])('refuses the name %j', async (name) => {
    const accounts = await Accounts.open(path);
    await expect(accounts.addUser(name, PASSWORD, 'admin')).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('refuses a short password', async () => {
    const accounts = await Accounts.open(path);
    await expect(accounts.addUser('anna', 'short', 'admin')).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('loses nothing when several processes write at once', async () => {
    const writers = await Promise.all([Accounts.open(path), Accounts.open(path), Accounts.open(path)]);
    await writers[0].addUser('root', PASSWORD, 'admin');
    await Promise.all(writers.flatMap((writer, i) => [0, 1, 2].map((j) => writer.addKey(`key-${i}-${j}`, 'viewer'))));
    expect((await Accounts.open(path)).keys()).toHaveLength(9);
  });

  it('refuses a damaged file instead of taking it for an empty one', async () => {
    const damaged = join(folder, 'damaged.json');
    writeFileSync(damaged, '{"version":1,');
    await expect(Accounts.open(damaged)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('assertBindable', () => {
  const server = (input: object) => configSchema.parse({ server: input }).server;
  it.each(['127.0.0.1', 'localhost', '::1', '127.1.2.3'])('lets %s run open', (host) => {
    expect(() => assertBindable(server({ host }), false)).not.toThrow();
  });
  it.each(['0.0.0.0', '::', '192.168.1.5', 'shop.example', '127.0.0.1.example.com'])(
    'refuses %s without accounts',
    (host) => {
      expect(() => assertBindable(server({ host }), false)).toThrow(expect.objectContaining({ code: 'BIND_REFUSED' }));
      expect(() => assertBindable(server({ host }), true)).not.toThrow();
    },
  );
  it('refuses an open service behind a proxy', () => {
    expect(() => assertBindable(server({ trustProxy: true }), false)).toThrow(
      expect.objectContaining({ code: 'BIND_REFUSED' }),
    );
  });
});

describe('Sessions', () => {
  const clock = (at: { ms: number }) => ({ now: () => at.ms, monotonic: () => at.ms });

  it('end when idle, and after a week at the latest', () => {
    const at = { ms: 1_700_000_000_000 };
    const sessions = new Sessions(clock(at));
    const idle = sessions.open('anna', 's').token;
    const busy = sessions.open('anna', 's').token;
    const opened = at.ms;
    while (at.ms - opened <= SESSION_MAX_MS) {
      expect(sessions.find(busy)).not.toBeNull();
      at.ms += SESSION_IDLE_MS - 1;
    }
    expect(sessions.find(busy)).toBeNull();
    expect(sessions.find(idle)).toBeNull();
    expect(sessions.find('made up')).toBeNull();
  });

  it('neither end nor last longer when the clock is set', () => {
    const at = { ms: 0, ts: 1_700_000_000_000 };
    const sessions = new Sessions({ now: () => at.ts, monotonic: () => at.ms });
    const { token } = sessions.open('anna', 's');
    for (const ts of [1_700_000_000_000 + 2 * SESSION_MAX_MS, 0, 1_700_000_000_000]) {
      at.ts = ts;
      expect(sessions.find(token)).not.toBeNull();
    }
    at.ms += SESSION_IDLE_MS + 1;
    at.ts = 0;
    expect(sessions.find(token)).toBeNull();
  });

  it('are bounded', () => {
    const sessions = new Sessions(clock({ ms: 0 }));
    const first = sessions.open('anna', 's').token;
    for (let i = 0; i < 2000; i += 1) sessions.open('anna', 's');
    expect(sessions.find(first)).toBeNull();
  });
});

describe('LoginThrottle', () => {
  it('closes after five failures from one address and opens after 15 minutes', () => {
    const at = { ms: 0 };
    const throttle = new LoginThrottle({ now: () => at.ms, monotonic: () => at.ms });
    for (let i = 0; i < 5; i += 1) {
      expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
      throttle.charge('anna', '10.0.0.1');
    }
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(900_000);
    expect(throttle.waitMs('anna', '10.0.0.2')).toBe(0);
    at.ms = 900_001;
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
  });

  it('stops one address trying many names, and many addresses trying one', () => {
    const throttle = new LoginThrottle({ now: () => 0, monotonic: () => 0 });
    for (let i = 0; i < 30; i += 1) throttle.charge(`user-${i}`, '10.0.0.1');
    expect(throttle.waitMs('fresh', '10.0.0.1')).toBeGreaterThan(0);
    for (let i = 0; i < 50; i += 1) throttle.charge('anna', `10.1.0.${i}`);
    expect(throttle.waitMs('anna', '10.2.0.1')).toBeGreaterThan(0);
  });
});
