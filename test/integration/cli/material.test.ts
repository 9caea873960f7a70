import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expandInputs } from '../../../src/pipeline/offline/inputs.js';
import { ffmpegSync, makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { runCli, samplePhoto } from '../../fixtures/run-cli.js';

const folder = temporaryFolder('material');
const at = (...names: string[]): string => join(folder.path, ...names);
afterAll(() => folder.remove());

/** Every kind of file that a shop's folder holds, by what becomes of it. */
const VIDEOS: Readonly<Record<string, readonly string[]>> = {
  'a.mts': ['-c:v', 'libx264', '-f', 'mpegts'],
  'a.m2ts': ['-c:v', 'libx264', '-f', 'mpegts'],
  'a.3gp': ['-c:v', 'h263', '-s', '176x144', '-f', '3gp'],
  'a.wmv': ['-c:v', 'wmv2', '-f', 'asf'],
  'a.vob': ['-c:v', 'mpeg2video', '-f', 'vob'],
  'a.ogv': ['-c:v', 'libtheora', '-f', 'ogg'],
  'a.flv': ['-c:v', 'flv', '-f', 'flv'],
  'a.h264': ['-c:v', 'libx264', '-f', 'h264'],
  'no ending': ['-c:v', 'libx264', '-f', 'matroska'],
  'lies.txt': ['-c:v', 'libx264', '-f', 'mp4'],
  'lies.jpg': ['-c:v', 'libx264', '-f', 'mp4'],
};

beforeAll(async () => {
  mkdirSync(at('all', 'inner'), { recursive: true });
  const clip = makeClip(at('clip.mp4'), { size: '176x144', seconds: 1 });
  for (const [name, how] of Object.entries(VIDEOS)) ffmpegSync('-i', clip, ...how, at('all', name));
  copyFileSync(samplePhoto(2), at('all', 'inner', 'photo.jfif'));
  copyFileSync(samplePhoto(2), at('all', 'photo.mp4'));
  await sharp(samplePhoto(2)).resize(400).webp().toFile(at('all', 'photo.webp'));
  ffmpegSync('-i', samplePhoto(2), '-vf', 'scale=64:64', at('all', 'bitmap.bmp'));
  ffmpegSync('-f', 'lavfi', '-i', 'sine', '-t', '1', at('all', 'sound.wav'));
  writeFileSync(at('all', 'notes.txt'), 'no picture');
  writeFileSync(at('all', 'empty.mp4'), '');
  writeFileSync(at('all', 'broken.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
  symlinkSync(at('all', 'a.mts'), at('all', 'link to a film'));
  symlinkSync(at('nowhere'), at('all', 'link to nothing'));
  symlinkSync(at('all'), at('all', 'inner', 'link in a circle'));
}, 120_000);

it('asks the content of everything in a folder, and says of the rest why it is left out', async () => {
  const { inputs, skipped } = await expandInputs([at('all')]);
  const names = (kind: string): string[] =>
    inputs.filter((input) => input.kind === kind).map(({ label }) => label.slice(at('all').length + 1));
  expect(names('video').sort()).toEqual([...Object.keys(VIDEOS), 'link to a film'].sort());
  expect(names('picture').sort()).toEqual(['broken.jpg', 'inner/photo.jfif', 'photo.mp4', 'photo.webp']);
  expect(Object.fromEntries(skipped.map(({ label, reason }) => [label.slice(at('all').length + 1), reason]))).toEqual({
    'bitmap.bmp': 'unread-picture',
    'empty.mp4': 'empty',
    'inner/link in a circle': 'seen-before',
    'link to nothing': 'dangling-link',
    'notes.txt': 'no-video',
    'sound.wav': 'no-video',
  });
}, 120_000);

it('analyses what can be read, names the rest at the end, and fails only for what was named itself', async () => {
  const { code, stdout, stderr } = await runCli(['analyze', at('all'), '--fps', '1', '--lang', 'en']);
  expect(code).toBe(0);
  expect(stdout).toContain('photo.jfif');
  for (const words of [
    'broken.jpg: INPUT_UNREADABLE',
    'notes.txt: neither',
    'bitmap.bmp: pictures',
    'link to nothing: the link',
  ]) {
    expect(stderr).toContain(words);
  }
  const named = await runCli(['analyze', at('all', 'broken.jpg'), samplePhoto(2), at('missing.mp4')]);
  expect(named.code).toBe(1);
  expect(named.stdout).toContain('sample2.jpg');
  expect(named.stderr).toContain('missing.mp4');
  mkdirSync(at('nothing'));
  writeFileSync(at('nothing', 'notes.txt'), 'no picture');
  const nothing = await runCli(['analyze', at('nothing')]);
  expect(nothing.code).toBe(1);
  expect(nothing.stderr).toContain('there is nothing to analyse');
}, 180_000);

it('reports what could be read of a folder with a broken film in it', async () => {
  mkdirSync(at('films'));
  copyFileSync(samplePhoto(1), at('films', 'a.jpg'));
  copyFileSync(at('all', 'broken.jpg'), at('films', 'b.jpg'));
  copyFileSync(samplePhoto(2), at('films', 'c.jpg'));
  const { code, stdout, stderr } = await runCli(['analyze', at('films'), '--report', '--json']);
  expect(code).toBe(0);
  expect(stderr).toContain('b.jpg');
  expect((JSON.parse(stdout) as { rows: { analysedFrames: number }[] }).rows[0]?.analysedFrames).toBe(2);
}, 120_000);

it.skipIf(process.getuid?.() === 0)('goes on behind a folder that may not be opened', async () => {
  mkdirSync(at('closed', 'inner'), { recursive: true });
  copyFileSync(samplePhoto(2), at('closed', 'z.jpg'));
  chmodSync(at('closed', 'inner'), 0);
  const { inputs, skipped } = await expandInputs([at('closed')]);
  expect(inputs).toHaveLength(1);
  expect(skipped).toMatchObject([{ reason: 'unreadable-folder', named: false }]);
});
