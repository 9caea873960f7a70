import { spawnSync } from 'node:child_process';
import { configSchema } from '../../src/config/schema.js';
import type { FaceEngine } from '../../src/inference/engine/port.js';
import type { Look } from '../../src/inference/streams/liveness/liveness-judge.js';
import { PictureStore } from '../../src/inference/pixels/picture-store.js';
import { StreamFaces } from '../../src/inference/streams/stream-faces.js';
import { readFrames } from '../../src/ingest/recordings/read-frames.js';

export const LIFE_FPS = 5;

/** What the mesh sees of the largest face of a recording, look by look, as in a running service. */
export const looksOf = async (engine: FaceEngine, url: string): Promise<Look[]> => {
  const { quality, attention, metrics } = configSchema.parse({});
  const { smoothingMs } = metrics;
  const id = url;
  const faces = new StreamFaces({ id, role: 'customer', fps: LIFE_FPS, zones: [], quality, attention, smoothingMs });
  const pictures = new PictureStore();
  const looks: Look[] = [];
  for await (const frame of readFrames({ streamId: id, url, fps: LIFE_FPS, maxWidth: 1920, startTs: 0 })) {
    const picture = pictures.share(frame);
    const { ts } = frame;
    const found = await engine.detect({ streamId: id, picture, regions: faces.regions(picture, ts) });
    const { faces: followed, ended } = faces.follow(found, frame, 8);
    const said = await engine.describe({ streamId: id, picture, faces: followed.map(({ request }) => request) });
    const seen = followed.flatMap((face, at): Look[] => {
      const description = said[at];
      if (description === undefined) return [];
      faces.complete(face, description, ts);
      const { mobilePoints } = description;
      const sizePx = Math.min(face.found.box.width, face.found.box.height);
      return mobilePoints === undefined ? [] : [{ tsMs: ts, mobilePoints, box: face.box, sizePx }];
    });
    const [largest] = seen.sort((a, b) => b.sizePx - a.sizePx);
    if (largest !== undefined) looks.push(largest);
    faces.forget(ended);
    pictures.release(picture, frame);
  }
  engine.closeStream(id);
  return looks;
};

/** Hangs one picture of a recording (or a photograph) on a wall: the camera trembles, the light changes, the encoder flickers. */
export const hangOnWall = (source: string, file: string, facePx: number, noise: number): void => {
  const filter = [
    `scale=${String(facePx * 3)}:-2,pad=640:max(480\\,ih):(ow-iw)/2:(oh-ih)/2:gray`,
    "crop=620:460:'10+2*sin(4.4*t)+1.5*sin(14*t)':'10+1.5*cos(5.6*t)'",
    "eq=brightness='0.05*sin(t)':eval=frame",
    `noise=alls=${String(noise)}:allf=t`,
  ].join(',');
  const still = ['-y', '-loglevel', 'error', '-i', source, '-frames:v', '1', `${file}.png`];
  const moving = ['-y', '-loglevel', 'error', '-loop', '1', '-framerate', '10', '-t', '30', '-i', `${file}.png`];
  const encoding = ['-c:v', 'libx264', '-crf', '28', '-preset', 'veryfast', '-g', '20', '-pix_fmt', 'yuv420p', file];
  for (const args of [still, [...moving, '-vf', filter, ...encoding]]) {
    const { status, stderr } = spawnSync('ffmpeg', args);
    if (status !== 0) throw new Error(stderr.toString());
  }
};
