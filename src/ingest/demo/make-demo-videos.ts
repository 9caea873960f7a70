import { createHash } from 'node:crypto';
import { access, lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { runFfmpeg } from '../ffmpeg/run.js';
import { DEMO_CAMERAS, type DemoCamera, type Shot } from './demo-cameras.js';
import { DEMO_FPS, shotsFilter } from './pan-and-zoom.js';
import { stillsOf } from './stills.js';

/** A demo camera ready to be played in a loop. */
export interface DemoVideo extends Omit<DemoCamera, 'shots'> {
  readonly file: string;
  readonly seconds: number;
}

export interface DemoOptions {
  /** Where the videos are kept between runs; default: a folder of this user under the system's temporary folder. */
  readonly folder?: string;
  /** Ids of the cameras to make; default: all. */
  readonly only?: readonly string[];
  /** Share (0–1) of one camera's video that is made; 1 at once when it was kept from before. */
  readonly onProgress?: (cameraId: string, share: number) => void;
  readonly signal?: AbortSignal;
}

/** The two sides of the staged contact point among the demo cameras. */
export const DEMO_CONTACT = {
  id: 'till',
  name: { ru: 'Касса', en: 'Till' },
  seller: 'till-seller',
  customer: 'till-customer',
} as const;

const secondsOf = (shots: readonly Shot[]): number => shots.reduce((sum, { seconds }) => sum + seconds, 0);

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const ENCODING = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-g', String(DEMO_FPS * 2), '-bf', '0'];

/** A folder of this user that holds what this recipe makes; a fresh one where somebody else sits at its name. */
const defaultFolder = async (): Promise<string> => {
  const recipe = createHash('sha256')
    .update(JSON.stringify([DEMO_CAMERAS, ENCODING]))
    .digest('hex');
  const uid = process.getuid?.() ?? 0;
  const folder = path.join(tmpdir(), `emoscope-demo-${uid}-${recipe.slice(0, 12)}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  return found.isDirectory() && found.uid === uid ? folder : mkdtemp(path.join(tmpdir(), 'emoscope-demo-'));
};

const render = async (camera: DemoCamera, file: string, options: DemoOptions): Promise<void> => {
  const unfinished = `${file}.${process.pid}.part`;
  const seconds = secondsOf(camera.shots);
  const folder = await mkdtemp(path.join(tmpdir(), 'emoscope-stills-'));
  try {
    const stills = await stillsOf(camera.shots, folder);
    const sizes = await Promise.all(stills.map((still) => sharp(still).metadata()));
    const args = [
      ...['-hide_banner', '-loglevel', 'level+warning', '-nostdin', '-y', '-progress', 'pipe:1'],
      ...stills.flatMap((still) => ['-i', `file:${still}`]),
      ...['-filter_complex', shotsFilter(camera.shots, sizes), '-map', '[out]'],
      ...ENCODING,
      ...['-movflags', '+faststart', '-f', 'mp4', `file:${unfinished}`],
    ];
    await runFfmpeg(args, {
      signal: options.signal,
      onOutTimeUs: (timeUs) => options.onProgress?.(camera.id, Math.min(0.99, timeUs / 1e6 / seconds)),
    });
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
};

/** Makes the demo cameras' videos (H.264, 960×540, 25 fps) out of photographs that the dependencies ship. */
export const makeDemoVideos = async (options: DemoOptions = {}): Promise<DemoVideo[]> => {
  const folder = options.folder ?? (await defaultFolder());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const cameras = DEMO_CAMERAS.filter(({ id }) => options.only?.includes(id) ?? true);
  const videos: DemoVideo[] = [];
  for (const { shots, ...camera } of cameras) {
    const file = path.join(folder, `${camera.id}.mp4`);
    options.signal?.throwIfAborted();
    if (!(await exists(file))) await render({ shots, ...camera }, file, options);
    options.onProgress?.(camera.id, 1);
    videos.push({ ...camera, file, seconds: secondsOf(shots) });
  }
  return videos;
};
