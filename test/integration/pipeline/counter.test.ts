import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoorEvent } from '../../../src/contracts/events.js';
import type { CountsReport } from '../../../src/contracts/figures/counts-schema.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { LiveClient } from '../../../src/client/live-client.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { runCli, startCli, type RunningCli } from '../../fixtures/run-cli.js';
import { waitFor } from '../../fixtures/wait-until.js';
import { walkerClip } from '../../fixtures/walkers.js';

const folder = temporaryFolder('counter');

/** Three to the right, two to the left; the line stands upright and its inside is on the right. */
const PASSES = ['right', 'right', 'left', 'right', 'left'] as const;
const LINE = '[[0.5, 0.95], [0.5, 0.05]]';

const configOf = (name: string, clip: string, enabled: boolean): string => {
  const file = join(folder.path, `${name}.yaml`);
  writeFileSync(
    file,
    `
server: { port: 0, accounts: ${join(folder.path, 'accounts.json')} }
store: { path: ${join(folder.path, 'emoscope.duckdb')} }
site: { id: shop-7, timeZone: Europe/Moscow }
streams:
  - { id: door, name: Вход, url: ${clip}, role: counter, line: ${LINE}, fps: 10, enabled: ${enabled} }
`,
  );
  return file;
};

const rowsOf = (text: string): unknown[] =>
  (JSON.parse(text) as CountsReport).rows.map(({ placeId, name, counter, direction, count }) => [
    ...[placeId, name, counter, direction],
    count.value,
  ]);

const COUNTED = [
  ['door', 'Вход', 'visitor', 'in', 3],
  ['door', 'Вход', 'visitor', 'out', 2],
];

describe('a counter at the door', () => {
  const running: RunningCli[] = [];
  let clip: string;
  let live: string;

  const start = async (config: string): Promise<{ readonly cli: RunningCli; readonly base: string }> => {
    const cli = startCli(['serve', '--config', config]);
    running.push(cli);
    const address = (): string | null => /http:\/\/localhost:\d+/.exec(cli.stderr())?.[0] ?? null;
    return { cli, base: await waitFor('the address', () => Promise.resolve(address())) };
  };
  const gauges = async (base: string): Promise<readonly string[]> => {
    const text = await (await fetch(`${base}/metrics`)).text();
    return text.split('\n').filter((line) => line.startsWith('emoscope_door_people{'));
  };

  beforeAll(() => {
    clip = walkerClip(join(folder.path, 'walkers.mp4'), PASSES);
    live = configOf('live', clip, true);
  });
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ finished }) => finished));
    folder.remove();
  });

  it('counts who passes in and out, tells it live, and looks for no faces', async () => {
    const { cli, base } = await start(live);
    const events: DoorEvent[] = [];
    const client = new LiveClient({ url: base, topics: ['metrics', 'status'] });
    client.on('door', (event) => events.push(event));
    client.connect();
    await waitFor('everybody to have passed', async () => {
      const lines = await gauges(base);
      return ['"in"} 3', '"out"} 2'].every((end) => lines.some((line) => line.endsWith(end))) ? true : null;
    });
    await waitFor('the event', () => Promise.resolve(events.at(-1)?.out === 2 ? true : null));
    expect(events.at(-1)).toMatchObject({ streamId: 'door', in: 3, out: 2, inside: 1 });
    expect(await gauges(base)).toHaveLength(3);
    const { items } = (await (await fetch(`${base}/api/v1/streams`)).json()) as { items: StreamStatus[] };
    expect(items[0]).toMatchObject({ role: 'counter', stillFaces: 0, longStays: 0 });
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).not.toMatch(/emoscope_stage_duration_seconds_count\{stage="describe"\} [1-9]/);
    expect(metrics).toMatch(/emoscope_stage_duration_seconds_count\{stage="bodies"\} [1-9]/);
    client.close();
    cli.child.kill('SIGTERM');
    expect((await cli.finished).code).toBe(0);
  });

  it('has it in the report, as facts and not as faces', async () => {
    const counts = await runCli(['report', 'counts', '--config', live, '--last', '1h', '--format', 'json']);
    expect(counts.code).toBe(0);
    expect(rowsOf(counts.stdout)).toEqual(COUNTED);
    const me1 = await runCli(['report', 'me1', '--config', live, '--last', '1h', '--format', 'json']);
    expect((JSON.parse(me1.stdout) as { rows: unknown[] }).rows).toEqual([]);
  });

  it('goes on after a restart with what was counted of the day', async () => {
    const { cli, base } = await start(configOf('stopped', clip, false));
    await waitFor('what was counted', async () =>
      (await gauges(base)).some((line) => line.includes('direction="in"') && line.endsWith(' 3')) ? true : null,
    );
    cli.child.kill('SIGTERM');
    await cli.finished;
  });

  it('counts a recording as it counts live', async () => {
    const { code, stdout } = await runCli(['analyze', '--config', live, '--report', 'counts', '--format', 'json']);
    expect(code).toBe(0);
    expect(rowsOf(stdout)).toEqual(COUNTED);
  });
});
