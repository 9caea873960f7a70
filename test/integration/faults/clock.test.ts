import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/live-client.js';
import type { MetricsEvent } from '../../../src/contracts/events.js';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { ALL_FAULTS, PATIENCE, recovery, startUnderFault } from './service.js';

const folder = temporaryFolder('clock');
afterAll(() => folder.remove());

const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));
const HOUR_MS = 3_600_000;

it.skipIf(!ALL_FAULTS || LIBRARY === undefined)(
  'the clock is set forward, back and right again: online all along, numbers under the new time, none lost',
  PATIENCE,
  async ({ onTestFinished }) => {
    const offset = join(folder.path, 'offset');
    writeFileSync(offset, '+0');
    const faces = segment(join(folder.path, 'faces.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) });
    const camera = await startBroadcast(faces, 4);
    onTestFinished(() => camera.close());
    const service = await startUnderFault(onTestFinished, {
      env: {
        LD_PRELOAD: LIBRARY ?? '',
        FAKETIME_TIMESTAMP_FILE: offset,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        DONT_FAKE_MONOTONIC: '1',
      },
      config: { streams: [{ id: 'door', url: camera.url, fps: 5 }] },
    });
    let newest: MetricsEvent | null = null;
    const seqs: number[] = [];
    const client = new LiveClient({ url: service.url, topics: ['metrics'] }).connect();
    client.on('metrics', (event) => {
      newest = event;
      seqs.push(event.seq);
    });
    onTestFinished(() => client.close());
    await service.goesOn('door', 5);
    const before = await service.stream('door');

    for (const [fault, movedMs] of [
      ['the clock set forward by two hours', 2 * HOUR_MS],
      ['the clock set back by three hours', -HOUR_MS],
      ['the clock set right', 0],
    ] as const) {
      const { framesAnalysed } = await service.stream('door');
      writeFileSync(offset, `${movedMs < 0 ? '-' : '+'}${Math.abs(movedMs) / 1000}`);
      await recovery(fault, performance.now(), async () => {
        const door = await service.stream('door');
        const rightTime = Math.abs((door.lastFrameTs ?? 0) - (Date.now() + movedMs)) < 60_000;
        const shown = newest?.streams['door']?.['10s'];
        const shownNow = Math.abs((newest?.ts ?? 0) - (Date.now() + movedMs)) < 60_000;
        return rightTime && shownNow && (shown?.samples ?? 0) > 0 && door.framesAnalysed > framesAnalysed + 5
          ? true
          : null;
      });
    }
    const after = await service.stream('door');
    expect(after).toMatchObject({ state: 'online', reconnects: before.reconnects });
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect((await service.ready()).ready).toBe(true);
    const faceCount = await service.metric('emoscope_faces_total');
    expect(await service.stop()).toMatchObject({ code: 0 });
    const kept = await service.kept();
    expect(kept.analysed('door')).toBeGreaterThanOrEqual(after.framesAnalysed);
    expect(kept.samples).toBeGreaterThanOrEqual(faceCount);
    expect(kept.lost.samples).toBe(0);
  },
);
