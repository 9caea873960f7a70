import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/clips.js';
import { runCli } from '../../fixtures/run-cli.js';

const folder = temporaryFolder('usage');
afterAll(() => folder.remove());

const written = (name: string, text: string): string => {
  const file = join(folder.path, name);
  writeFileSync(file, text);
  return file;
};

describe('emoscope', () => {
  it.each([
    [['frobnicate'], 2, 'frobnicate'],
    [['analyze'], 2, 'USAGE'],
    [['analyze', '/nowhere/a.mp4', '/nowhere/b.mp4'], 1, '/nowhere/b.mp4'],
    [['analyze', 'x.mp4', '--fps', '0'], 2, '0.1'],
    [['serve', '--config', '/nowhere.yaml'], 2, 'CONFIG_NOT_FOUND'],
    [['report', 'me1', '--from', '2026-11-09', '--to', '2026-11-01'], 2, 'PERIOD_INVALID'],
    [['report', 'me2'], 2, 'me1'],
    [['report', 'comparison', '--day', 'yesterday'], 2, '--other-from'],
    [['report', 'comparison', '--other-day', 'yesterday', '--other-to', 'now'], 2, 'PERIOD_INVALID'],
    [['report', 'me1', '--other-day', 'yesterday'], 2, 'USAGE'],
    [['report', 'questions', '--streams', 'till'], 2, '--streams'],
    [['report', 'visitors', '--smile-index', 'person'], 2, '--smile-index'],
    [['analyze', 'x.mp4', '--report', 'comparison'], 2, 'visitors'],
  ] as const)('%j ends with %i and says why', async (args, code, words) => {
    const result = await runCli(args);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(words);
    expect(result.stdout).toBe('');
  });

  it('names every problem of a configuration at once', async () => {
    const file = written('bad.yaml', 'server: { port: 99999 }\nstreams: [{ id: a }]\nnonsense: 1\n');
    const { code, stderr } = await runCli(['serve', '--config', file]);
    expect(code).toBe(2);
    for (const path of ['server.port', 'streams[0].url', 'nonsense']) expect(stderr).toContain(path);
  });

  it('refuses to listen beyond loopback without accounts', async () => {
    const file = written(
      'open.yaml',
      `server: { host: 0.0.0.0, port: 0, accounts: ${join(folder.path, 'none.json')} }\nstore: { kind: memory }\n`,
    );
    const { code, stderr } = await runCli(['serve', '--config', file]);
    expect(code).toBe(1);
    expect(stderr).toContain('BIND_REFUSED');
  });

  it('adds no account over one that is there, and changes one when told to', async () => {
    const accounts = join(folder.path, 'taken.json');
    const env = { EMOSCOPE_SERVER_ACCOUNTS: accounts };
    await runCli(['user', 'add', 'anna', '--role', 'admin'], env);
    const before = readFileSync(accounts, 'utf8');
    const again = await runCli(['--lang', 'ru', 'user', 'add', 'anna', '--role', 'viewer'], env);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('EXISTS: Учётная запись «anna» уже есть');
    expect(again.stdout).toBe('');
    expect(readFileSync(accounts, 'utf8')).toBe(before);
    const changed = await runCli(['user', 'change', 'anna', '--password'], env);
    expect(changed.stdout.trim().length).toBeGreaterThan(12);
    expect(readFileSync(accounts, 'utf8')).not.toBe(before);
    expect((await runCli(['user', 'change', 'anna'], env)).code).toBe(2);
  });

  it('shows a secret once and keeps only its hash', async () => {
    const accounts = join(folder.path, 'accounts.json');
    const env = { EMOSCOPE_SERVER_ACCOUNTS: accounts };
    const password = (await runCli(['user', 'add', 'anna', '--role', 'admin'], env)).stdout.trim();
    const key = (await runCli(['user', 'add', 'screen', '--role', 'viewer', '--key'], env)).stdout.trim();
    expect(password.length).toBeGreaterThan(12);
    const list = await runCli(['user', 'list'], env);
    expect(list.stdout).toContain('anna');
    expect(list.stdout).toContain('screen');
    for (const secret of [password, key]) {
      expect(readFileSync(accounts, 'utf8')).not.toContain(secret);
      expect(list.stdout).not.toContain(secret);
    }
    expect((await runCli(['user', 'remove', 'nobody'], env)).code).toBe(1);
  });
});
