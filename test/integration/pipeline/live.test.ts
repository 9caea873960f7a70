import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { rtspServerAvailable, startRtspServer, type RtspServer } from '../../fixtures/rtsp-server.js';
import { runCli, samplePhoto, startCli, type Finished, type RunningCli } from '../../fixtures/run-cli.js';
import { waitFor } from '../../fixtures/wait-until.js';

const PASSWORD = 'Qz7-gEheim';
const WRONG = 'Xk9-falsch';
const folder = temporaryFolder('live');

/** A clip of a photograph with several faces, moving a little. */
const faceClip = (name: string, photo: string): string => {
  const file = join(folder.path, name);
  const filter = "scale=1040:-2,crop=960:540:'40+40*sin(t)':'40+20*cos(t)'";
  ffmpegSync(
    ...['-loop', '1', '-framerate', '10', '-t', '20', '-i', photo],
    ...['-vf', filter, '-g', '10', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file],
  );
  return file;
};

const get = async <Body>(url: string): Promise<Body> => (await fetch(url)).json() as Promise<Body>;

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());

describe.skipIf(!rtspServerAvailable())('emoscope serve over RTSP', () => {
  const data = join(folder.path, 'data');
  const config = join(folder.path, 'emoscope.yaml');
  const answers: string[] = [];
  let rtsp: RtspServer;
  let cli: RunningCli;
  let ended: Finished;
  let streams: StreamStatus[] = [];

  const body = async (url: string): Promise<string> => {
    const text = await (await fetch(url)).text();
    answers.push(text);
    return text;
  };

  beforeAll(async () => {
    const files = { door: faceClip('door.mp4', samplePhoto(1)), till: faceClip('till.mp4', samplePhoto(3)) };
    rtsp = await startRtspServer({ files, user: `viewer:${PASSWORD}` });
    writeFileSync(
      config,
      `
server: { port: 0, accounts: ${join(data, 'accounts.json')} }
store: { path: ${join(data, 'emoscope.duckdb')} }
site: { timeZone: Europe/Moscow }
privacy: { kAnonymity: 1 }
streams:
  - { id: door, url: '${rtsp.url('door', `viewer:${PASSWORD}`)}', role: entrance, fps: 2, stillFaces: keep }
  - { id: till, url: '${rtsp.url('till', `viewer:${WRONG}`)}', role: customer, fps: 2 }
`,
    );
    cli = startCli(['serve', '--config', config]);
    const base = await waitFor('the address', () =>
      Promise.resolve(/http:\/\/localhost:\d+/.exec(cli.stderr())?.[0] ?? null),
    );
    streams = await waitFor('a camera online and one refused', async () => {
      const { items } = JSON.parse(await body(`${base}/api/v1/streams`)) as { items: StreamStatus[] };
      const door = items.find(({ id }) => id === 'door');
      const till = items.find(({ id }) => id === 'till');
      return door !== undefined && door.framesAnalysed >= 6 && till?.state === 'offline' ? items : null;
    });
    for (const path of ['metrics', 'readyz', 'api/v1/session', 'api/v1/streams/till', 'api/v1/audit', 'nothing']) {
      await body(`${base}/${path}`);
    }
    expect(await get(`${base}/readyz`)).toMatchObject({ ready: true });
    cli.child.kill('SIGTERM');
    ended = await cli.finished;
  });

  afterAll(async () => {
    cli.child.kill('SIGKILL');
    await rtsp.kill();
    folder.remove();
  });

  it('brings the camera online and names why the other is dark', () => {
    expect(streams.find(({ id }) => id === 'door')).toMatchObject({ state: 'online', codec: 'h264', width: 960 });
    expect(streams.find(({ id }) => id === 'till')).toMatchObject({ state: 'offline', reason: 'unauthorised' });
  });

  it('stops cleanly when told to', () => {
    expect(ended.code).toBe(0);
  });

  it('kept the numbers: МЭ-1 from the store after the service has gone', async () => {
    const { code, stdout } = await runCli(['report', 'me1', '--config', config, '--last', '1h', '--format', 'json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Me1Report;
    const door = report.rows.find(({ streamId }) => streamId === 'door');
    expect(door?.samples).toBeGreaterThan(6);
    expect(door?.framesWithFaces).toBeLessThanOrEqual(door?.analysedFrames ?? 0);
    expect(report.rows.find(({ streamId }) => streamId === 'till')?.samples).toBe(0);
  });

  it('lets no credential out: logs, answers, errors, files', async () => {
    const doctor = await runCli(['doctor', '--config', config, '--bundle', join(folder.path, 'bundle.json')]);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toContain('till');
    const sinks = {
      stdout: ended.stdout,
      stderr: ended.stderr,
      answers: answers.join('\n'),
      doctor: doctor.stdout + doctor.stderr,
      bundle: readFileSync(join(folder.path, 'bundle.json'), 'utf8'),
      files: filesUnder(data)
        .map((file) => readFileSync(file, 'latin1'))
        .join('\n'),
    };
    for (const [sink, text] of Object.entries(sinks)) {
      for (const secret of [PASSWORD, WRONG]) expect(text.includes(secret), `${secret} in ${sink}`).toBe(false);
    }
    expect(sinks.answers).toContain('***@');
  });

  it('wrote no picture: no JPEG, PNG or raw frame in any file', () => {
    for (const file of filesUnder(data)) {
      const bytes = readFileSync(file);
      expect(bytes.includes(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), file).toBe(false);
      expect(bytes.includes(Buffer.from('\x89PNG\r\n', 'latin1')), file).toBe(false);
    }
  });
});
