import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Pictures of one size, packed RGB, row by row. */
export interface Pictures {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: readonly Uint8Array[];
}

/** Reads part of a recording, scaled; seconds from its start. */
export const readClip = async (
  file: string,
  {
    width,
    height,
    fps,
    fromS = 0,
    toS = 1e6,
  }: { width: number; height: number; fps: number; fromS?: number; toS?: number },
): Promise<Pictures> => {
  const filter = `trim=start=${fromS}:end=${toS},fps=${fps},scale=${width}:${height}`;
  const args = ['-v', 'error', '-nostdin', '-i', file, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  ffmpeg.stdout.on('data', (part: Buffer) => parts.push(part));
  await once(ffmpeg, 'close');
  const all = Buffer.concat(parts);
  const size = width * height * 3;
  const frames = Array.from({ length: Math.floor(all.length / size) }, (_, n) =>
    all.subarray(n * size, (n + 1) * size),
  );
  if (frames.length === 0) throw new Error(`${file} gives no pictures`);
  return { width, height, fps, frames };
};
