import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { smallDisk } from '../../fixtures/small-disk.js';
import { PATIENCE, recovery, startUnderFault } from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const folder = temporaryFolder('disk-full');
afterAll(() => folder.remove());

it(
  'the disk is full and has room again: live goes on, the loss is counted and shown, writing resumes by itself',
  PATIENCE,
  async ({ onTestFinished, skip }) => {
    const disk = smallDisk(24);
    if (disk === null) return skip('needs the right to mount a small disk');
    onTestFinished(() => disk.remove());
    const faces = segment(join(folder.path, 'faces.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) });
    const camera = await startBroadcast(faces, 4);
    onTestFinished(() => camera.close());
    const service = await startUnderFault(onTestFinished, {
      storePath: join(disk.path, 'emoscope.duckdb'),
      config: {
        store: { maxBufferedRows: 100 },
        streams: [{ id: 'door', url: camera.url, fps: 10, stallTimeout: '15s' }],
      },
    });
    await service.goesOn('door', 10);
    expect((await service.ready()).ready).toBe(true);

    disk.fill();
    const full = await waitFor('not ready, since the disk is full', async () => {
      const answer = await service.ready();
      return answer.ready ? null : answer;
    });
    expect(full.checks['store']).toMatchObject({ ok: false, detail: 'The database cannot be written' });
    expect(full.checks['models']).toMatchObject({ ok: true });
    await service.goesOn('door', 20);
    expect(await service.stream('door')).toMatchObject({ state: 'online', reconnects: 0 });
    const lost = await waitFor('rows given up and counted', async () => {
      const rows = await service.metric('emoscope_store_rows_lost_total');
      return rows > 0 ? rows : null;
    });
    expect(lost).toBeGreaterThan(0);
    expect(service.log()).toContain('store: cannot write');

    disk.empty();
    const sinceMs = performance.now();
    await recovery('disk full, until rows are written again', sinceMs, async () =>
      (await service.ready()).ready ? true : null,
    );
    await service.goesOn('door', 10);
    camera.hush();
    await waitFor('a camera whose silence was noticed', async () =>
      (await service.stream('door')).state === 'online' ? null : true,
    );
    const seen = await service.metric('emoscope_faces_total');
    const period = `from=${new Date(Date.now() - 3_600_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`;
    const { notes } = await service.get<{ notes: { en: string }[] }>(`/api/v1/reports/me1?${period}`);
    expect(notes.map(({ en }) => en).join('\n')).toMatch(/Rows lost because the disk refused/);
    expect(await service.stop()).toMatchObject({ code: 0 });
    const kept = await service.kept();
    expect(kept.lost.samples).toBeGreaterThan(0);
    // Every face is stored once or counted as lost.
    expect(kept.samples + kept.lost.samples).toBe(seen);
  },
);
