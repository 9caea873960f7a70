import { readdirSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/clips.js';
import { runCli, samplePhoto } from '../../fixtures/run-cli.js';

const cache = temporaryFolder('telemetry');
afterAll(() => cache.remove());

it('ONNX Runtime sends nothing to its maker: it leaves neither a device id nor a queue of events', async () => {
  // It is silent by itself where it believes to be in CI.
  const silencers = { CI: '', GITHUB_ACTIONS: '', TF_BUILD: '' };
  const { code, stderr } = await runCli(['analyze', samplePhoto(1)], {
    ...silencers,
    HOME: cache.path,
    XDG_CACHE_HOME: cache.path,
  });
  expect(stderr).not.toMatch(/telemetry/i);
  expect(code).toBe(0);
  expect(readdirSync(cache.path)).toEqual(['emoscope']);
});
