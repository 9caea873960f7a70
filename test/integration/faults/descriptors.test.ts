import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prlimitPath } from '../../../src/runtime/process/prlimit-path.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { childrenOf, PATIENCE, startUnderFault } from './service.js';

const folder = temporaryFolder('descriptors');
afterAll(() => folder.remove());

const prlimit = prlimitPath();

describe.skipIf(prlimit === null)('with few descriptors', () => {
  it.each([64, 128])('a start with %d says how many are needed, and no file at random', (limit) => {
    const command = [process.execPath, '--import', 'tsx', 'src/cli/main.ts', '--version'];
    const { status, stderr } = spawnSync(prlimit ?? '', [`--nofile=${limit}`, '--', ...command], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain(`Only ${limit} files may be open, at least 256 are needed`);
    expect(stderr).not.toContain('EMFILE');
  });

  it(
    'left while it runs, a decoder cannot be started: that is said, and every camera comes back',
    PATIENCE,
    async ({ onTestFinished }) => {
      const url = makeClip(join(folder.path, 'clip.mp4'), { size: '160x90', seconds: 5 });
      const cameras = ['a', 'b', 'c'];
      const service = await startUnderFault(onTestFinished, {
        config: { streams: cameras.map((id) => ({ id, url, loop: true, fps: 5 })) },
      });
      for (const id of cameras) await service.goesOn(id);
      const limitTo = (files: string): void => {
        expect(spawnSync(prlimit ?? '', ['--pid', String(service.pid), `--nofile=${files}:`]).status).toBe(0);
      };
      const kill = (): void => {
        for (const decoder of childrenOf(service.pid, 'ffmpeg')) process.kill(decoder, 'SIGKILL');
      };
      // None that is open is taken away, and none more is given.
      limitTo('10');
      kill();
      // Nobody can connect either, so it is read from the log.
      const lines = (id: string): string[] =>
        service
          .log()
          .split('\n')
          .filter((line) => line.includes(`"stream":"${id}"`) && line.includes('"reason":"exhausted"'));
      await waitUntil('the words', () => cameras.every((id) => lines(id).length > 0));
      expect(lines('a')[0]).toContain('may open no more files');
      limitTo('4096');
      for (const id of cameras) await service.goesOn(id);
      const before = readdirSync(`/proc/${service.pid}/fd`).length;
      kill();
      for (const id of cameras) await service.goesOn(id);
      await waitUntil('no descriptor is kept', () => readdirSync(`/proc/${service.pid}/fd`).length <= before + 3);
      expect(await service.stop()).toMatchObject({ code: 0 });
    },
  );
});
