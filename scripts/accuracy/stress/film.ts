import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { seeded } from '../intervals.js';
import { croppedTo, type MeshedFace, type Rgb, shrunkTo } from './conditions/index.js';

export const VIEW = { width: 960, height: 540 } as const;
export const FILM_FPS = 5;
/** The first frame shows an empty room; then people stand in it for 2.4 seconds. */
export const FRAMES = 13;
/** What is kept around a face, sides to each side, and how far its edge fades. */
const AROUND = 1.2;
const FADE = 0.18;
const SENSOR_NOISE = 3;
/** A face moves to and fro by this much of its side. */
const SWAY = 0.12;

/** Where a face is in each frame after the first: its middle, pixels. */
export interface Walk {
  readonly sidePx: number;
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

export interface Film {
  readonly frames: readonly Rgb[];
  readonly walks: readonly Walk[];
}

/** A drawn room: walls, shelves and goods of many colours. */
const room = (random: () => number): Rgb => {
  const { width, height } = VIEW;
  const data = new Uint8Array(width * height * 3);
  const wall = [0, 1, 2].map(() => 110 + 100 * random());
  for (let i = 0; i < data.length; i += 1)
    data[i] = (wall[i % 3] as number) * (1 - (0.35 * Math.floor(i / 3 / width)) / height);
  for (let goods = 0; goods < 140; goods += 1) {
    const colour = [0, 1, 2].map(() => 255 * random());
    const [wide, high] = [8 + 60 * random(), 8 + 50 * random()].map(Math.round) as [number, number];
    const left = Math.floor((width - wide) * random());
    const top = Math.round(((Math.floor(6 * random()) + 1) * height) / 6 - high);
    for (let y = Math.max(0, top); y < top + high; y += 1)
      for (let x = left; x < left + wide; x += 1)
        for (let channel = 0; channel < 3; channel += 1)
          data[3 * (y * width + x) + channel] = colour[channel] as number;
  }
  return { width, height, channels: 3, data };
};

/** Puts a face's picture into a frame, its edges faded, its middle at a place. */
const placed = (frame: Rgb, { picture, mesh }: MeshedFace, at: { x: number; y: number }): void => {
  const middle = [0, 1].map((axis) => mesh.reduce((sum, v, i) => (i % 3 === axis ? sum + v : sum), 0) / 468);
  const [left, top] = [Math.round(at.x - (middle[0] ?? 0)), Math.round(at.y - (middle[1] ?? 0))];
  const { width, height, data } = picture;
  const fade = FADE * Math.min(width, height);
  for (let row = Math.max(0, -top); row < Math.min(height, frame.height - top); row += 1)
    for (let column = Math.max(0, -left); column < Math.min(width, frame.width - left); column += 1) {
      const edge = Math.min(row, column, width - 1 - column, height - 1 - row);
      const share = Math.min(1, (edge + 1) / fade);
      const to = 3 * ((top + row) * frame.width + left + column);
      for (let channel = 0; channel < 3; channel += 1) {
        const before = frame.data[to + channel] as number;
        frame.data[to + channel] = before + share * ((data[3 * (row * width + column) + channel] as number) - before);
      }
    }
};

/** A film of a room into which some people come; each in a part of the view of its own. */
export const makeFilm = (faces: readonly MeshedFace[], facePx: number, seed: number): Film => {
  const random = seeded(seed);
  const empty = room(random);
  const noise = Int8Array.from({ length: 65_537 }, () => Math.round(SENSOR_NOISE * 2 * (random() + random() - 1)));
  const small = faces.map((face) => shrunkTo(croppedTo(face, AROUND), facePx));
  const part = VIEW.width / faces.length;
  const reach = (AROUND + SWAY) * facePx;
  const walks = small.map(({ sidePx }, index): Walk => {
    const x = index * part + reach + Math.max(0, part - 2 * reach) * random();
    const y = reach + (VIEW.height - 2 * reach) * random();
    const phase = 2 * Math.PI * random();
    const places = Array.from({ length: FRAMES - 1 }, (_, i) => ({
      x: x + SWAY * facePx * Math.sin(phase + 0.6 * i),
      y: y + 0.4 * SWAY * facePx * Math.cos(phase + 0.9 * i),
    }));
    return { sidePx, places };
  });
  const frames = Array.from({ length: FRAMES }, (_, i): Rgb => {
    const frame = { ...empty, data: empty.data.slice() };
    small.forEach((face, index) => {
      const place = walks[index]?.places[i - 1];
      if (place !== undefined) placed(frame, face, place);
    });
    const start = Math.floor(noise.length * random());
    for (let at = 0; at < frame.data.length; at += 1) {
      const value = (frame.data[at] as number) + (noise[(start + at) % noise.length] as number);
      frame.data[at] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
    return frame;
  });
  return { frames, walks };
};

/** Writes a film as a camera's encoder does. */
export const encodeFilm = async ({ frames }: Film, crf: number, file: string): Promise<void> => {
  const source = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${VIEW.width}x${VIEW.height}`, '-r', String(FILM_FPS)];
  const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(crf), '-pix_fmt', 'yuv420p', '-g', '25'];
  const ffmpeg = spawn('ffmpeg', ['-y', '-loglevel', 'error', ...source, '-i', '-', ...coding, file], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let fault = '';
  ffmpeg.stderr.on('data', (text: Buffer) => (fault += text.toString()));
  ffmpeg.stdin.on('error', () => undefined);
  const ended = once(ffmpeg, 'close') as Promise<[number | null]>;
  for (const { data } of frames)
    if (!ffmpeg.stdin.write(data)) await Promise.race([once(ffmpeg.stdin, 'drain'), ended]);
  ffmpeg.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`ffmpeg cannot encode the film: ${fault.trim()}`);
};
