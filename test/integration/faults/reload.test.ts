import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ConfigInput } from '../../../src/config/schema.js';
import { LiveClient } from '../../../src/client/live-client.js';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { samplePhoto } from '../../fixtures/run-cli.js';
import { ALL_FAULTS, childrenOf, isAlive, PATIENCE, recovery, startUnderFault } from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const folder = temporaryFolder('reload');
afterAll(() => folder.remove());

type StreamInput = NonNullable<ConfigInput['streams']>[number];

it.skipIf(!ALL_FAULTS)(
  'configuration changed and reloaded under load: what is not touched goes on, nothing is left behind',
  PATIENCE,
  async ({ onTestFinished }) => {
    const camera = await startBroadcast(
      segment(join(folder.path, 'face.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) }),
      4,
    );
    onTestFinished(() => camera.close());
    const stream = (id: string, more: Partial<StreamInput> = {}): StreamInput => ({
      id,
      url: camera.url,
      fps: 4,
      stillFaces: 'keep',
      ...more,
    });
    const service = await startUnderFault(onTestFinished, {
      config: { streams: [stream('calm'), stream('busy'), stream('leaving'), stream('turned')] },
    });
    const client = new LiveClient({ url: service.url, topics: ['faces', 'metrics', 'status'] }).connect();
    onTestFinished(() => client.close());
    for (const id of ['calm', 'busy', 'leaving', 'turned']) await service.goesOn(id, 2);
    const calm = await service.stream('calm');

    // Twelve changes of one camera at once, others coming and going, and a file that someone edits in between.
    const changes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((fps) =>
      service.send('PATCH', '/api/v1/streams/busy', { fps }),
    );
    const others = [
      service.send('POST', '/api/v1/streams', stream('coming')),
      service.send('PATCH', '/api/v1/streams/turned', { enabled: false }),
      service.send('DELETE', '/api/v1/streams/leaving'),
      service.send('PATCH', '/api/v1/streams/coming', { fps: 3 }),
    ];
    expect(await Promise.all(changes)).toEqual(changes.map(() => 200));
    const [added, disabled, removed] = await Promise.all(others);
    expect([added, disabled, removed]).toEqual([201, 200, 204]);
    const sinceMs = performance.now();
    await recovery('twelve changes of a camera at once', sinceMs, async () => {
      const busy = await service.stream('busy');
      return busy.state === 'online' && busy.framesAnalysed > 3 && busy.targetFps === 12 ? true : null;
    });

    const edited = (edit: (config: ConfigInput) => void): void => {
      const config = parse(readFileSync(service.configFile, 'utf8')) as ConfigInput;
      edit(config);
      writeFileSync(service.configFile, stringify(config));
    };
    expect((parse(readFileSync(service.configFile, 'utf8')) as ConfigInput).streams?.map(({ id }) => id)).toEqual([
      'calm',
      'busy',
      'turned',
      'coming',
    ]);
    edited((config) => {
      config.streams = [stream('calm'), stream('busy', { fps: 6 }), stream('fresh')];
      config.metrics = { threshold: 30 };
    });
    service.signal('SIGHUP');
    const readMs = performance.now();
    await recovery('the file read again (SIGHUP)', readMs, async () => {
      const { items } = await service.get<{ items: { id: string; state: string; targetFps: number }[] }>(
        '/api/v1/streams',
      );
      const seen = items.map(({ id, state, targetFps }) => `${id} ${state} ${targetFps}`).sort();
      return seen.join(', ') === 'busy online 6, calm online 4, fresh online 4' ? true : null;
    });
    await waitFor('what it says', () => (service.log().includes('"needRestart":["metrics"]') ? true : null));

    // A file with a mistake changes nothing.
    edited((config) => (config.streams = [stream('calm'), { id: 'no way', url: '' }]));
    service.signal('SIGHUP');
    await waitFor('a refusal', () => (service.log().includes('the one before stays in force') ? true : null));
    expect((await service.get<{ items: unknown[] }>('/api/v1/streams')).items).toHaveLength(3);

    // The camera that nobody touched never noticed.
    await service.goesOn('calm', 5);
    expect(await service.stream('calm')).toMatchObject({ state: 'online', reconnects: 0, sinceTs: calm.sinceTs });
    await waitFor('one decoder for each camera', () => (childrenOf(service.pid, 'ffmpeg').length === 3 ? true : null));
    const decoders = childrenOf(service.pid, 'ffmpeg');
    const { framesAnalysed } = await service.stream('calm');
    expect(await service.stop()).toMatchObject({ code: 0 });
    expect(decoders.filter(isAlive)).toEqual([]);
    const kept = await service.kept();
    expect(kept.analysed('calm')).toBeGreaterThanOrEqual(framesAnalysed);
    for (const id of ['busy', 'leaving', 'turned', 'fresh']) expect(kept.analysed(id), id).toBeGreaterThan(0);
  },
);
