import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { withExternalReference } from '../../fixtures/external-reference.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { watchedCamera } from '../../fixtures/watched-camera.js';

describe('a recording whose pictures lie in another file', () => {
  const folder = temporaryFolder('external-reference');
  const at = (name: string): string => path.join(folder.path, name);

  beforeAll(() => {
    makeClip(at('clip.mp4'), { size: '160x90', seconds: 2 });
    ffmpegSync('-i', at('clip.mp4'), '-c', 'copy', at('clip.mov'));
    withExternalReference(at('clip.mov'), at('clip.mov'), at('outside.mov'));
  });
  afterAll(() => folder.remove());

  it('would play if ffmpeg were told to follow', () => {
    const asked = ['-enable_drefs', '1', '-use_absolute_path', '1', '-i', at('outside.mov'), '-f', 'null', '-'];
    const { stderr } = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', ...asked], { encoding: 'utf8' });
    expect(stderr).toMatch(/frame=\s*50/);
  });

  it('does not play: the other file is not opened, and the camera says why it is dark', async ({ onTestFinished }) => {
    const { camera, frames } = watchedCamera({ url: at('outside.mov') });
    onTestFinished(() => camera.stop());
    camera.start();
    // On a busy machine an attempt may run out of time first.
    await waitUntil('the reason', () => camera.status().reason === 'corrupt');
    expect(camera.status().state).toBe('offline');
    expect(frames).toEqual([]);
  });
});
