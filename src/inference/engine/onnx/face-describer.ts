import type { EmotionScores } from '../../../contracts/emotion.js';
import type { DescribeJob, FaceRequest } from '../port.js';
import type { FaceDescription, FaceShape } from '../../describe/face-description.js';
import type { PixelBox, SharedPicture } from '../../pixels/picture.js';
import { faceFrameOf } from '../../describe/shape/face-frame.js';
import type { MouthReading } from '../../describe/mouth/mouth-reader.js';
import type { FaceReader } from '../../describe/expression/face-reader.js';
import { mobilePointsOf } from '../../describe/shape/mobile-points.js';
import { logit, sigmoid } from '../../describe/log-odds.js';
import { fitMesh } from '../../describe/pose/pose-from-mesh.js';
import { poseOfRotation } from '../../describe/pose/rotation.js';
import { lumaOfPlanes } from '../../pixels/grey-squares.js';
import { laplacianVariance } from '../../pixels/laplacian-variance.js';
import { resample } from '../../pixels/resample.js';
import { MEAN_REMOVED, ZERO_TO_ONE } from '../../pixels/normalisation.js';
import { squareAround } from '../../pixels/picture.js';
import type { Network } from './network.js';
import { type Shared, parts, placesOf } from './shared-job.js';
import type { Described } from './worker-protocol.js';

/** The networks that describe a face; `reader` is there when the expression is read by our own head. */
export interface DescriberNetworks {
  readonly mesh: Network;
  readonly expression: Network;
  readonly attributes: Network;
  readonly reader: FaceReader | null;
}

/** A face to describe: of the job at `index`, there at `place`. */
interface Face {
  readonly index: number;
  readonly place: number;
  readonly picture: SharedPicture;
  readonly request: FaceRequest;
}

/** A shape, and the points it was read from where the mesh has just looked. */
interface Seen {
  readonly shape: FaceShape;
  readonly mobilePoints?: Float32Array;
}

interface Expression {
  readonly emotions: EmotionScores;
  readonly sharpness: number;
  readonly mouth: MouthReading | null;
}

/** Side of what a network sees, in detector boxes. */
const MESH_MARGIN = 1.5;
const FACE_MARGIN = 1.1;
const MESH_VALUES = 1404;
/**
 * The net takes women for men more often than men for women (right for 65 % of women, 90 % of men among 270 faces of all
 * ages); with this much taken off its log-odds it is right for 76 % and 84 %, and as often altogether (docs/accuracy.md).
 */
const MALE_BIAS = 0.45;
/** The crop that sharpness is measured on. */
const CROP_SIZE = 112;

/** Expression, pose, sharpness and, where asked for, age and gender of many faces of many pictures in few runs. */
export class FaceDescriber {
  constructor(
    private readonly networks: DescriberNetworks,
    private readonly maxRows: number,
  ) {}

  /** Descriptions of each job's faces; of a shared job of those taken here. */
  async describe(jobs: readonly Shared<DescribeJob>[]): Promise<Described[]> {
    const described = jobs.map(() => ({ faces: [] as FaceDescription[], places: [] as number[] }));
    for (const part of parts(facesOf(jobs), this.maxRows)) {
      const descriptions = await this.describePart(part);
      part.forEach(({ index, place }, i) => {
        const description = descriptions[i];
        if (description === undefined) return;
        described[index]?.faces.push(description);
        described[index]?.places.push(place);
      });
    }
    return described;
  }

  private async describePart(part: readonly Face[]): Promise<FaceDescription[]> {
    const seen = await this.shapes(part);
    const expressions = await this.expressions(
      part,
      seen.map(({ shape }) => shape),
    );
    const attributes = await this.attributes(part);
    return part.flatMap(({ request }, i) => {
      const face = seen[i];
      const expression = expressions[i];
      if (face === undefined || expression === undefined) return [];
      const { shape, mobilePoints } = face;
      const { pose, presence } = shape;
      const measured = request.shape ? null : shape;
      return [{ ...expression, attributes: attributes.get(i) ?? null, pose, presence, shape: measured, mobilePoints }];
    });
  }

  /** The shape of each face: the one carried over, or what the mesh sees. */
  private async shapes(part: readonly Face[]): Promise<Seen[]> {
    const fresh = part.filter(({ request }) => !request.shape);
    const seen = (await this.meshes(fresh)).values();
    return part.flatMap(({ request }) => (request.shape ? { shape: request.shape } : (seen.next().value ?? [])));
  }

  private async meshes(part: readonly Face[]): Promise<Seen[]> {
    if (part.length === 0) return [];
    const { mesh } = this.networks;
    const regions = part.map(({ request }) => squareAround(request.box, MESH_MARGIN));
    fill(mesh, part, regions, ZERO_TO_ONE);
    const { mesh: points, flag } = await mesh.run(part.length, ['mesh', 'flag'] as const);
    return regions.map((region, i) => {
      const own = points.subarray(i * MESH_VALUES, (i + 1) * MESH_VALUES);
      const fit = fitMesh(own);
      const frame = faceFrameOf(fit, region, mesh.size);
      const shape = { pose: poseOfRotation(fit.rotation), presence: flag[i] as number, frame };
      return { shape, mobilePoints: mobilePointsOf(own) };
    });
  }

  private async expressions(part: readonly Face[], shapes: readonly FaceShape[]): Promise<Expression[]> {
    const { reader, expression } = this.networks;
    if (reader !== null) {
      const faces = part.flatMap(({ picture }, i) => {
        const shape = shapes[i];
        return shape === undefined ? [] : [{ picture, frame: shape.frame }];
      });
      const readings = await reader.read(faces);
      return readings.map((reading) => ({
        ...reader.say(reading),
        sharpness: reading.sharpness,
      }));
    }
    const regions = part.map(({ request }) => squareAround(request.box, FACE_MARGIN));
    const { data, stride } = fill(expression, part, regions, MEAN_REMOVED);
    const { probabilities } = await expression.run(part.length, ['probabilities'] as const);
    return part.map((_, i) => ({
      emotions: emotionsOf(probabilities, i * 7),
      sharpness: laplacianVariance(lumaOfPlanes(data, i * stride, CROP_SIZE), CROP_SIZE),
      mouth: null,
    }));
  }

  /** Mean over the face as it is and its mirror image. */
  private async attributes(part: readonly Face[]): Promise<Map<number, { age: number; male: number }>> {
    const wanted = part.flatMap(({ request }, i) => (request.attributes ? [i] : []));
    const result = new Map<number, { age: number; male: number }>();
    if (wanted.length === 0) return result;
    const { attributes } = this.networks;
    const views = wanted.flatMap((i) => {
      const face = part[i];
      if (face === undefined) return [];
      const region = squareAround(face.request.box, FACE_MARGIN);
      return [
        { face, region },
        { face, region: mirrored(region) },
      ];
    });
    const faces = views.map(({ face }) => face);
    const regions = views.map(({ region }) => region);
    fill(attributes, faces, regions, MEAN_REMOVED);
    const { age, gender } = await attributes.run(views.length, ['age', 'gender'] as const);
    wanted.forEach((i, n) => {
      const odds = (logit(gender[4 * n] as number) + logit(gender[4 * n + 2] as number)) / 2 - MALE_BIAS;
      const years = ((age[2 * n] as number) + (age[2 * n + 1] as number)) / 2;
      result.set(i, { age: years, male: sigmoid(odds) });
    });
    return result;
  }
}

function* facesOf(jobs: readonly Shared<DescribeJob>[]): Generator<Face> {
  for (const [index, job] of jobs.entries()) {
    for (const place of placesOf(job, job.faces.length)) {
      const request = job.faces[place];
      if (request !== undefined) yield { index, place, picture: job.picture, request };
    }
  }
}

const mirrored = ({ x, y, width, height }: PixelBox): PixelBox => ({ x: x + width, y, width: -width, height });

/** Puts a region of each face's picture into a network's input. */
const fill = (
  network: Network,
  faces: readonly Face[],
  regions: readonly PixelBox[],
  how: Parameters<typeof resample>[3],
) => {
  const { data, stride } = network.batch(faces.length);
  faces.forEach(({ picture }, i) => {
    const region = regions[i];
    if (region !== undefined) resample(picture, region, { data, offset: i * stride, size: network.size }, how);
  });
  return { data, stride };
};

const emotionsOf = (probabilities: Float32Array, at: number): EmotionScores => {
  const percent = (index: number): number => 100 * (probabilities[at + index] as number);
  return {
    neutral: percent(0),
    happiness: percent(1),
    sadness: percent(2),
    anger: percent(3),
    fear: percent(4),
    disgust: percent(5),
    surprise: percent(6),
  };
};
