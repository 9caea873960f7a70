import type { DetectJob, FoundFace } from '../port.js';
import type { PixelBox, SharedPicture } from '../../pixels/picture.js';
import { blazefaceKind, type DetectorKind } from './detector-kinds.js';
import { mergeFaces } from './merge-faces.js';
import { resample } from '../../pixels/resample.js';
import type { Network } from './network.js';
import { type Shared, parts, placesOf } from './shared-job.js';
import type { Detected } from './worker-protocol.js';

/** Findings below this are noise; what the tracker may use starts here. */
const MIN_SCORE = 0.2;
/** A finding this close to an inner edge of its region, as a share of the region, may be cut off there. */
const EDGE = 0.01;

/** A region grown to the square the detector looks at, so that nothing is squeezed (letterbox). */
const letterbox = ({ x, y, width, height }: PixelBox): PixelBox => {
  const side = Math.max(width, height);
  return { x: x - (side - width) / 2, y: y - (side - height) / 2, width: side, height: side };
};

/** Red for blue in the three planes from `offset` on. */
const swapPlanes = (data: Float32Array, offset: number, size: number): void => {
  const plane = size * size;
  const red = data.slice(offset, offset + plane);
  data.copyWithin(offset, offset + 2 * plane, offset + 3 * plane);
  data.set(red, offset + 2 * plane);
};

/** Whether a finding is whole: it does not touch an edge of the region that lies inside the picture. */
const whole = (face: FoundFace, region: PixelBox, picture: SharedPicture): boolean => {
  const { x, y, width, height } = face.box;
  const marginX = EDGE * region.width;
  const marginY = EDGE * region.height;
  return (
    (region.x <= 0 || x > region.x + marginX) &&
    (region.y <= 0 || y > region.y + marginY) &&
    (region.x + region.width >= picture.width || x + width < region.x + region.width - marginX) &&
    (region.y + region.height >= picture.height || y + height < region.y + region.height - marginY)
  );
};

/** Of the side of the largest look: a face this wide is seen well enough in it. */
const LARGE_SHARE = 0.08;
/** A look smaller than this share of the largest one is a closer look. */
const CLOSER_SHARE = 0.75;

/**
 * Whether a closer look leaves a face to the view as a whole: another tile is looked at in every frame, and a box that is
 * now of three looks and now of two moves with them, which the mesh takes for life.
 */
const leftToWholeView = (region: PixelBox, regions: readonly PixelBox[]): ((face: FoundFace) => boolean) => {
  const sideOf = ({ width, height }: PixelBox): number => Math.max(width, height);
  const largest = Math.max(...regions.map(sideOf));
  const isCloser = sideOf(region) < CLOSER_SHARE * largest;
  return ({ box }) => isCloser && box.width >= LARGE_SHARE * largest;
};

/** Looks for faces in regions of many pictures with as few detector runs as `maxRows` allows. */
export class FaceDetector {
  private readonly maxRows: number;

  constructor(
    private readonly network: Network,
    maxRows: number,
    private readonly kind: DetectorKind = blazefaceKind(),
  ) {
    this.maxRows = Math.min(maxRows, kind.mostRows ?? maxRows);
  }

  /** Faces of each job by falling score, merged over its regions; of a shared job every finding in the regions taken here. */
  async detect(jobs: readonly Shared<DetectJob>[]): Promise<Detected[]> {
    const found: FoundFace[][] = jobs.map(() => []);
    const looks = jobs.map(() => 0);
    const { size, outputs, normalisation, isBlueFirst, decode } = this.kind;
    for (const part of parts(looksOf(jobs), this.maxRows)) {
      const { data, stride } = this.network.batch(part.length);
      part.forEach(({ picture, square }, i) => {
        resample(picture, square, { data, offset: i * stride, size }, normalisation);
        if (isBlueFirst) swapPlanes(data, i * stride, size);
      });
      const answer = await this.network.run(part.length, outputs);
      part.forEach(({ picture, index, region, square }, i) => {
        const faces = decode(answer, i, square, MIN_SCORE);
        const isLeft = leftToWholeView(region, jobs[index]?.regions ?? []);
        found[index]?.push(...faces.filter((face) => whole(face, region, picture) && !isLeft(face)));
        looks[index] = (looks[index] ?? 0) + 1;
      });
    }
    return found.map((faces, index) => ({
      faces: jobs[index]?.taken === undefined ? mergeFaces(faces) : faces,
      looks: looks[index] ?? 0,
    }));
  }
}

/** A region to look at, of the job at `index`. */
interface Look {
  readonly index: number;
  readonly picture: SharedPicture;
  readonly region: PixelBox;
  readonly square: PixelBox;
}

function* looksOf(jobs: readonly Shared<DetectJob>[]): Generator<Look> {
  for (const [index, job] of jobs.entries()) {
    for (const place of placesOf(job, job.regions.length)) {
      const region = job.regions[place];
      if (region !== undefined) yield { index, picture: job.picture, region, square: letterbox(region) };
    }
  }
}
