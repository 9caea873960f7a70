import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainFiles, onDisk } from '../../fixtures/audit-folders.js';
import { runCli } from '../../fixtures/run-cli.js';

interface Place {
  readonly audit: string;
  at(name: string): string;
  run(...args: string[]): ReturnType<typeof runCli>;
}

const place = (streams = ''): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'emoscope-cli-audit-'));
  const at = (name: string): string => join(folder, name);
  const store = at('data/emoscope.duckdb');
  writeFileSync(
    at('emoscope.yaml'),
    `store: { path: ${store} }\nserver: { accounts: ${at('accounts.json')} }\n${streams}`,
  );
  return {
    audit: `${store}.audit`,
    at,
    run: (...args) =>
      runCli([...args, '--config', at('emoscope.yaml')], { EMOSCOPE_PASSWORD: 'correct horse battery' }),
  };
};

const finding = async (at: Place, name: string) => {
  const { stdout } = await at.run('doctor', '--json');
  const { findings } = JSON.parse(stdout) as {
    findings: { name: string; outcome: string; detail: string; cause: string }[];
  };
  return findings.find((one) => one.name === name);
};

describe('the audit log at the command line', { timeout: 240_000 }, () => {
  it('records what takes data out, puts it back, and changes who may come in', async () => {
    const here = place();
    const steps: (readonly string[])[] = [
      ['report', 'contacts', '--last', '1h'],
      ['backup', here.at('copy.duckdb')],
      ['restore', here.at('copy.duckdb')],
      ['restore', here.at('absent.duckdb')],
      ['user', 'add', 'anna', '--role', 'admin'],
      ['user', 'change', 'anna', '--password'],
      ['user', 'add', 'till', '--key'],
      // The last administrator, while there is a key.
      ['user', 'remove', 'anna'],
    ];
    const codes: (number | null)[] = [];
    for (const step of steps) codes.push((await here.run(...step)).code);
    expect(codes).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
    const records = onDisk(here.audit);
    expect(records.filter(({ of }) => of === null).map(({ action, phase, target }) => [action, phase, target])).toEqual(
      [
        ['reports.contacts', 'begun', null],
        ['store.backup', 'begun', null],
        ['store.restore', 'begun', 'copy.duckdb'],
        ['store.restore', 'begun', 'absent.duckdb'],
        ['users.add', 'begun', 'anna'],
        ['users.change', 'begun', 'anna'],
        ['keys.add', 'begun', 'till'],
        ['users.remove', 'begun', 'anna'],
      ],
    );
    expect(records.filter(({ of }) => of !== null).map(({ phase }) => phase)).toEqual(
      codes.map((code) => (code === 0 ? 'finished' : 'aborted')),
    );
    expect(new Set(records.map(({ actor }) => actor))).toEqual(new Set([`cli:${userInfo().username}`]));
    const { stdout } = await here.run('privacy', 'report', '--format', 'json');
    expect(stdout).toContain('reports.contacts');
  });

  it('does nothing that it cannot record', async () => {
    const here = place();
    await here.run('report', 'me1', '--last', '1h');
    writeFileSync(here.audit, 'no folder');
    for (const step of [
      ['backup', here.at('copy.duckdb')],
      ['user', 'add', 'anna', '--role', 'admin'],
      ['report', 'contacts', '--last', '1h', '--out', here.at('contacts.txt')],
    ]) {
      const { code, stderr } = await here.run(...step);
      expect([code, stderr], step.join(' ')).toEqual([1, expect.stringContaining('AUDIT_WRITE') as string]);
    }
    expect(['copy.duckdb', 'accounts.json', 'contacts.txt'].map((name) => existsSync(here.at(name)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('doctor follows the chain, says where it breaks, and records its own looks at cameras', async () => {
    const film = 'examples/none.mp4';
    const here = place(`streams: [{ id: door, url: ${film} }]\n`);
    for (const name of ['a', 'b', 'c']) await here.run('user', 'add', name, '--key');
    expect(await finding(here, 'audit')).toMatchObject({ outcome: 'ok', detail: '6 entries in 1 files, unbroken' });
    expect(onDisk(here.audit).slice(6)).toMatchObject([
      { action: 'streams.probe', target: 'door', phase: 'begun' },
      { action: 'streams.probe', target: 'door', of: 7 },
    ]);
    const [file = ''] = chainFiles(here.audit);
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.with(2, (lines[2] ?? '').replace('"b"', '"x"')).join('\n'));
    expect(await finding(here, 'audit')).toMatchObject({
      outcome: 'failed',
      cause: 'AUDIT_BROKEN',
      detail: 'audit-000000000001.jsonl line 4: entry 3 was changed after it was written, or this one was',
    });
  });
});
