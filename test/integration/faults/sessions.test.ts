import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { ALL_FAULTS, PATIENCE, recovery, startUnderFault } from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const PRELOAD = fileURLToPath(new URL('../../fixtures/failing-sessions.cjs', import.meta.url));
const folder = temporaryFolder('sessions');
afterAll(() => folder.remove());

it(
  'ONNX sessions that throw, that return no numbers, threads that end: batches rejected, counted, work resumed',
  PATIENCE,
  async ({ onTestFinished }) => {
    const orders = join(folder.path, 'orders');
    const faces = segment(join(folder.path, 'faces.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) });
    const camera = await startBroadcast(faces, 4);
    onTestFinished(() => camera.close());
    const service = await startUnderFault(onTestFinished, {
      env: { NODE_OPTIONS: `--require=${PRELOAD}`, EMOSCOPE_TEST_SESSIONS: orders },
      config: { streams: [{ id: 'door', url: camera.url, fps: 10, stallTimeout: '60s' }] },
    });
    const rejected = (): Promise<number> =>
      service.metric('emoscope_stream_drops_total', { stream: 'door', reason: 'engine-error' });
    const resumed = async (): Promise<() => Promise<true | null>> => {
      const before = (await service.stream('door')).framesAnalysed;
      return async () => ((await service.stream('door')).framesAnalysed >= before + 3 ? true : null);
    };
    await service.goesOn('door');
    expect(await rejected()).toBe(0);

    for (const [word, fault] of [
      ['throw', 'ONNX sessions that throw'],
      ['nan', 'ONNX sessions that return no numbers'],
    ] as const) {
      const before = await rejected();
      writeFileSync(orders, word);
      await waitFor(`rejected batches (${word})`, async () => ((await rejected()) >= before + 3 ? true : null));
      expect((await service.stream('door')).state).toBe('online');
      const whole = await resumed();
      rmSync(orders);
      await recovery(fault, performance.now(), whole);
    }
    expect(service.log()).toContain('a session that throws');
    expect(service.log()).toContain('returned values that are not finite');

    const whole = await resumed();
    writeFileSync(orders, 'exit');
    const sinceMs = performance.now();
    await waitFor('an end of the thread', () =>
      service.log().includes('an inference thread ended and is started again') ? true : null,
    );
    await recovery('the inference thread ends', sinceMs, whole);

    // What was measured before and between the faults is kept.
    const { framesAnalysed } = await service.stream('door');
    expect(await service.stop()).toMatchObject({ code: 0 });
    expect((await service.kept()).analysed('door')).toBeGreaterThanOrEqual(framesAnalysed);
  },
);

it.skipIf(!ALL_FAULTS)(
  'an inference thread that cannot be started again for a while: not ready, tried again, ends cleanly all along',
  PATIENCE,
  async ({ onTestFinished }) => {
    const orders = join(folder.path, 'refusals');
    const camera = await startBroadcast(segment(join(folder.path, 'empty.ts'), { seconds: 4 }), 4);
    onTestFinished(() => camera.close());
    const service = await startUnderFault(onTestFinished, {
      env: { NODE_OPTIONS: `--require=${PRELOAD}`, EMOSCOPE_TEST_SESSIONS: orders },
      config: { streams: [{ id: 'door', url: camera.url, fps: 5, stallTimeout: '60s' }] },
    });
    const modelsReady = async (): Promise<boolean> => (await service.ready()).checks['models']?.ok === true;
    await service.goesOn('door');
    writeFileSync(orders, 'refuse');
    await waitFor('a refused start', () => (service.log().includes('could not be started again') ? true : null));
    await waitFor('not ready', async () => ((await modelsReady()) ? null : true));
    rmSync(orders);
    const sinceMs = performance.now();
    await recovery('an inference thread that could not be started', sinceMs, async () =>
      (await modelsReady()) ? true : null,
    );
    await service.goesOn('door');
    writeFileSync(orders, 'refuse');
    await waitFor('no thread', async () => ((await modelsReady()) ? null : true));
    expect(await service.stop()).toMatchObject({ code: 0 });
  },
);
