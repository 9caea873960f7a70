import path from 'node:path';
import sharp from 'sharp';
import type { Shot } from './demo-cameras.js';
import type { DemoFace } from './demo-faces.js';
import { packageFolder } from '../../runtime/files/package-folder.js';
import { movedMouth } from './moved-mouth.js';
import { NOBODY_COLOUR } from './pan-and-zoom.js';

/** Width of the still of one person, pixels: the video shows it smaller. */
const STILL_WIDTH = 1500;

const photoPath = (photo: string): string => {
  const [scope, name, ...file] = photo.split('/');
  return path.join(packageFolder(`${String(scope)}/${String(name)}`), ...file);
};

/** Writes the still of a face whose mouth is moved by `amount`. */
const writeFace = async ({ photo, crop, border, mouth, eyes }: DemoFace, amount: number, file: string) => {
  const { data, info } = await sharp(photoPath(photo))
    .extract(crop)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const at = { x: mouth.x - crop.left, y: mouth.y - crop.top };
  const moved = movedMouth({ data, width, height, channels }, at, eyes, amount);
  const background = NOBODY_COLOUR.replace('0x', '#');
  const framed = await sharp(moved, { raw: { width, height, channels } })
    .extend({ left: border.x, right: border.x, top: border.y, bottom: border.y, background })
    .png()
    .toBuffer();
  await sharp(framed).resize({ width: STILL_WIDTH }).png({ compressionLevel: 1 }).toFile(file);
};

/** The still pictures that shots are made of, in their order; those of persons are written into `folder`. */
export const stillsOf = async (shots: readonly Shot[], folder: string): Promise<readonly string[]> => {
  const files: string[] = [];
  for (const shot of shots) {
    if (shot.kind === 'group') files.push(photoPath(shot.photo));
    if (shot.kind !== 'person') continue;
    for (const amount of new Set([shot.mouth.from, shot.mouth.to])) {
      const file = path.join(folder, `${files.length}.png`);
      await writeFace(shot.face, amount, file);
      files.push(file);
    }
  }
  return files;
};
