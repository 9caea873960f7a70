import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemoVideos } from '../../../src/ingest/demo/make-demo-videos.js';
import { lightFaultOf } from '../../../src/ingest/light-watch.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { ffmpegSync, temporaryFolder } from '../../fixtures/clips.js';
import { runCli } from '../../fixtures/run-cli.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';
import { mediaFolder } from '../inference/engine-options.js';
import { photograph } from '../inference/photographs.js';

const folder = temporaryFolder('light');
const [dark, backlit, good, black] = ['dark', 'backlit', 'good', 'black'].map((name) =>
  join(folder.path, `${name}.mp4`),
) as [string, string, string, string];

/** Encoded as by a camera, with the noise of a sensor. */
const encoded = ['-r', '5', '-t', '4', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '28', '-pix_fmt', 'yuv420p'];
const still = ['-loop', '1', '-framerate', '5', '-i', photograph('sample1.jpg')];
const size = 'scale=640:360';

beforeAll(() => {
  ffmpegSync(...still, '-vf', `${size},noise=alls=6:allf=t`, ...encoded, good);
  ffmpegSync(...still, '-vf', `${size},lutrgb=r=val*0.12:g=val*0.12:b=val*0.12,noise=alls=4:allf=t`, ...encoded, dark);
  const people = `[1:v]scale=420:330,lutrgb=r=val*0.2:g=val*0.2:b=val*0.2[people]`;
  const window = ['-f', 'lavfi', '-i', 'color=0xf4f6ff:size=640x360:rate=5'];
  const against = `${people};[0:v][people]overlay=110:30:shortest=1,noise=alls=4:allf=t`;
  ffmpegSync(...window, ...still, '-filter_complex', against, ...encoded, backlit);
  ffmpegSync('-f', 'lavfi', '-i', 'color=black:size=640x360:rate=5', ...encoded, black);
});
afterAll(() => folder.remove());

/** What a recording's pictures have wrong with their light, one a second. */
const faultsOf = async (url: string): Promise<Set<string | null>> => {
  const faults = new Set<string | null>();
  for await (const frame of readFrames({ streamId: 'light', url, fps: 1, maxWidth: 960, startTs: 0 }))
    faults.add(lightFaultOf(frame));
  return faults;
};

describe('light before a camera', () => {
  it.each([
    [() => dark, 'too-dark'],
    [() => backlit, 'against-light'],
    [() => black, 'too-dark'],
  ] as const)('a camera says what is wrong with it (%#)', async (url, fault) => {
    const { camera } = watchedCamera({ url: url(), loop: true });
    camera.start();
    try {
      await expect.poll(() => camera.status().lightFault).toBe(fault);
    } finally {
      await camera.stop();
    }
    expect(camera.status().lightFault).toBeNull();
  });

  it('nothing is wrong with it on the scene of the demo and on a photograph', async () => {
    const videos = await makeDemoVideos();
    for (const url of [good, ...videos.map(({ file }) => file)])
      expect(await faultsOf(url), url).toEqual(new Set([null]));
    // Where no demo was made before, its videos are made first.
  }, 300_000);

  const media = mediaFolder();
  const scenes = media === null ? '' : join(media, 'scenes');
  it.skipIf(!existsSync(scenes))('nor on recorded scenes of a shop', async () => {
    for (const name of ['entrance', 'exit', 'contact-customer', 'contact-seller'])
      expect(await faultsOf(join(scenes, `${name}.mp4`)), name).toEqual(new Set([null]));
  });

  it('emoscope doctor warns of it and names it', async () => {
    const config = join(folder.path, 'emoscope.yaml');
    writeFileSync(
      config,
      `store: { path: ${join(folder.path, 'emoscope.duckdb')} }
inference: { threads: 1, expression: fast }
streams:
  - { id: night, url: '${dark}' }
  - { id: window, url: '${backlit}' }
  - { id: hall, url: '${good}' }
`,
    );
    const { stdout } = await runCli(['doctor', '--json', '--config', config]);
    const { findings } = JSON.parse(stdout) as { findings: { name: string; outcome: string; cause: string | null }[] };
    const of = (id: string) => findings.find(({ name }) => name === `camera ${id}`);
    expect(of('night')).toMatchObject({ outcome: 'warning', cause: 'too-dark' });
    expect(of('window')).toMatchObject({ outcome: 'warning', cause: 'against-light' });
    expect(of('hall')).toMatchObject({ outcome: 'ok', cause: null });
  });
});
