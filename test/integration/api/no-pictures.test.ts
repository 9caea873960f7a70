import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/index.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto, startCli, type RunningCli } from '../../fixtures/run-cli.js';
import { waitUntil } from '../../fixtures/wait-until.js';

const WIDTH = 640;
const HEIGHT = 360;
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const folder = temporaryFolder('no-pictures');

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);

/** Regular files that a process and its children have open for writing right now. */
const openForWriting = (pid: number): string[] => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const own = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        const flags = parseInt(/flags:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0', 8);
        const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
        return (flags & 3) === 0 || !target.startsWith('/') || target.startsWith('/dev/') ? [] : [target];
      } catch {
        return [];
      }
    });
    return [...own, ...children.flatMap((child) => openForWriting(Number(child)))];
  } catch {
    return [];
  }
};

/** Rows of pixels with much detail out of the decoded clip: what any uncompressed copy of a frame or crop would hold. */
const telltales = (clip: string): Buffer[] => {
  const raw = spawnSync('ffmpeg', ['-loglevel', 'error', '-i', clip, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], {
    maxBuffer: 1e9,
  }).stdout;
  const found: Buffer[] = [];
  for (let at = 0; at + 48 < raw.length && found.length < 2000; at += WIDTH * 3 * 7 + 93) {
    const piece = raw.subarray(at, at + 24);
    if (new Set(piece).size > 18) found.push(piece);
  }
  return found;
};

describe.skipIf(!hasFfmpeg || process.platform !== 'linux')('the whole service under load', () => {
  const data = join(folder.path, 'data');
  const temporary = join(folder.path, 'tmp');
  const home = join(folder.path, 'home');
  const written = new Set<string>();
  let pieces: Buffer[] = [];
  let cli: RunningCli;
  let looks = 0;
  let faces = 0;

  beforeAll(async () => {
    for (const path of [data, temporary, home]) mkdirSync(path);
    const clip = join(folder.path, 'clip.mp4');
    ffmpegSync(
      ...[
        '-loop',
        '1',
        '-framerate',
        '10',
        '-t',
        '4',
        '-i',
        samplePhoto(1),
        '-pix_fmt',
        'yuv420p',
        '-preset',
        'ultrafast',
      ],
      ...['-vf', `scale=800:-2,crop=${WIDTH}:${HEIGHT}:'60+40*sin(t)':'20+10*cos(t)'`, clip],
    );
    pieces = telltales(clip);
    const config = join(folder.path, 'emoscope.yaml');
    const stream = (id: string) => `  - { id: ${id}, url: ${clip}, loop: true, fps: 3, stillFaces: keep }`;
    writeFileSync(
      config,
      `server: { port: 0, accounts: ${join(data, 'accounts.json')} }\nstore: { path: ${join(data, 'emoscope.duckdb')} }\nlog: { level: debug }\nprivacy: { kAnonymity: 1, sampleExport: [admin] }\nstreams:\n${stream('a')}\n${stream('b')}\n`,
    );
    cli = startCli(['serve', '--config', config], { TMPDIR: temporary, HOME: home });
    await waitUntil('the address', () => /http:\/\/localhost:\d+/.test(cli.stderr()));
    const base = /http:\/\/localhost:\d+/.exec(cli.stderr())?.[0] ?? '';
    const abort = new AbortController();
    const live = await fetch(`${base}/api/v1/streams/a/live.mjpg?blurred=false`, { signal: abort.signal });
    const drain = (async () => {
      for await (const chunk of live.body ?? []) looks += (chunk as Uint8Array).length > 0 ? 1 : 0;
    })().catch(() => undefined);
    const client = new LiveClient({ url: base, topics: ['faces', 'metrics', 'contacts', 'status'] });
    client.on('faces', (event) => (faces += event.faces.length));
    client.connect();
    await waitUntil('faces and analysed frames of both streams', async () => {
      const pid = cli.child.pid ?? 0;
      for (const file of openForWriting(pid)) written.add(file);
      const requests = [
        'streams/a/snapshot.jpg',
        'streams/b/snapshot.jpg?blurred=false',
        'reports/me1',
        'reports/me1?format=pdf',
        'visitors/summary',
        'samples/export',
      ];
      await Promise.all(requests.map(async (path) => (await fetch(`${base}/api/v1/${path}`)).arrayBuffer()));
      const { items } = (await (await fetch(`${base}/api/v1/streams`)).json()) as { items: StreamStatus[] };
      return faces > 20 && items.every(({ framesAnalysed }) => framesAnalysed > 15);
    });
    client.close();
    abort.abort();
    await drain;
    cli.child.kill('SIGTERM');
    await cli.finished;
  });

  afterAll(() => {
    cli.child.kill('SIGKILL');
    folder.remove();
  });

  const everyFile = (): string[] => {
    const root = realpathSync(folder.path);
    const known = filesUnder(root).filter((file) => !file.endsWith('clip.mp4'));
    const elsewhere = [...written].filter(
      (file) => !file.startsWith(root) && statSync(file, { throwIfNoEntry: false })?.isFile() === true,
    );
    return [...known, ...elsewhere];
  };

  it('was looked at, analysed faces and wrote its database', () => {
    expect(looks).toBeGreaterThan(5);
    expect(faces).toBeGreaterThan(20);
    expect(pieces.length).toBeGreaterThan(200);
    expect(everyFile().some((file) => file.endsWith('emoscope.duckdb'))).toBe(true);
  });

  it('wrote no picture, packed or raw, into any file', () => {
    for (const file of everyFile()) {
      const bytes = readFileSync(file);
      for (const magic of [
        '\xff\xd8\xff\xe0',
        '\xff\xd8\xff\xdb',
        '\xff\xd8\xff\xe1',
        '\x89PNG\r\n',
        'WEBPVP8',
        'ftypisom',
      ]) {
        expect(bytes.includes(Buffer.from(magic, 'latin1')), `${JSON.stringify(magic)} in ${file}`).toBe(false);
      }
      expect(pieces.filter((piece) => bytes.includes(piece)).length, `raw pixels in ${file}`).toBe(0);
    }
  });

  it('has nowhere in its database to keep a picture or an embedding', async () => {
    const instance = await DuckDBInstance.create(join(data, 'emoscope.duckdb'), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      'SELECT table_name, column_name, data_type FROM information_schema.columns',
    );
    const suspicious = rows
      .getRowObjects()
      .filter(
        ({ data_type: type, column_name: name }) =>
          /BLOB|FLOAT\[|DOUBLE\[/.test(String(type)) ||
          /image|picture|frame_data|embedding|descriptor|template/i.test(String(name)),
      );
    connection.closeSync();
    instance.closeSync();
    expect(suspicious).toEqual([]);
  });
});
