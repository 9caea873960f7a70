import type { EmotionScores } from '../../contracts/emotion.js';
import type { DescribeJob, FaceDescription } from '../engine-port.js';
import { poseFromMesh } from '../pose/pose-from-mesh.js';
import { laplacianVariance } from '../quality/sharpness.js';
import { MEAN_REMOVED, ZERO_TO_ONE, sampleInto, squareAround } from './resample.js';
import type { Network } from './session.js';

/** The networks that describe a face. */
export interface DescriberNetworks {
  readonly mesh: Network;
  readonly expression: Network;
  readonly attributes: Network;
}

const MESH_MARGIN = 1.5;
const FACE_MARGIN = 1.1;
const MESH_VALUES = 1404;

const emotionsOf = (probabilities: Float32Array, at: number): EmotionScores => {
  const percent = (index: number): number => 100 * (probabilities[at + index] ?? 0);
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

/** Grey levels (0–255) of a picture laid out as mean-removed planes. */
const greyOf = (data: Float32Array, offset: number, size: number): Float32Array => {
  const plane = size * size;
  const grey = new Float32Array(plane);
  for (let i = 0; i < plane; i += 1) {
    const r = data[offset + i] ?? 0;
    const g = data[offset + plane + i] ?? 0;
    const b = data[offset + 2 * plane + i] ?? 0;
    grey[i] = 255 * (0.299 * r + 0.587 * g + 0.114 * b) + 117;
  }
  return grey;
};

/** Expression, pose, sharpness and, where asked for, age and gender of many faces of many pictures in few runs. */
export class FaceDescriber {
  constructor(
    private readonly networks: DescriberNetworks,
    private readonly maxBatch: number,
  ) {}

  /** Descriptions of each job's faces, in order. */
  async describe(jobs: readonly DescribeJob[]): Promise<FaceDescription[][]> {
    const all = jobs.flatMap((job) => job.faces.map((face) => ({ picture: job.picture, face })));
    const done: FaceDescription[] = [];
    for (let start = 0; start < all.length; start += this.maxBatch)
      done.push(...(await this.describePart(all.slice(start, start + this.maxBatch))));
    let at = 0;
    return jobs.map((job) => done.slice(at, (at += job.faces.length)));
  }

  private async describePart(
    part: readonly { readonly picture: DescribeJob['picture']; readonly face: DescribeJob['faces'][number] }[],
  ): Promise<FaceDescription[]> {
    const { mesh, expression, attributes } = this.networks;
    const meshInput = mesh.batch(part.length);
    const faceInput = expression.batch(part.length);
    part.forEach(({ picture, face }, i) => {
      const { data, stride } = meshInput;
      sampleInto(
        picture,
        squareAround(face.box, MESH_MARGIN),
        { data, offset: i * stride, size: mesh.size },
        ZERO_TO_ONE,
      );
      const target = { data: faceInput.data, offset: i * faceInput.stride, size: expression.size };
      sampleInto(picture, squareAround(face.box, FACE_MARGIN), target, MEAN_REMOVED);
    });
    const shape = await mesh.run(part.length, ['mesh', 'flag'] as const);
    const { probabilities } = await expression.run(part.length, ['probabilities'] as const);
    const wanted = part.flatMap(({ face }, i) => (face.attributes ? [i] : []));
    const traits = new Map<number, { age: number; male: number }>();
    if (wanted.length > 0) {
      const { data, stride } = attributes.batch(wanted.length);
      wanted.forEach((i, n) => {
        data.set(faceInput.data.subarray(i * stride, (i + 1) * stride), n * stride);
      });
      const { age, gender } = await attributes.run(wanted.length, ['age', 'gender'] as const);
      wanted.forEach((i, n) => traits.set(i, { age: age[n] ?? 0, male: gender[n * 2] ?? 0 }));
    }
    return part.map((_, i) => ({
      emotions: emotionsOf(probabilities, i * 7),
      attributes: traits.get(i) ?? null,
      pose: poseFromMesh(shape.mesh.subarray(i * MESH_VALUES, (i + 1) * MESH_VALUES)),
      presence: shape.flag[i] ?? null,
      sharpness: laplacianVariance(
        greyOf(faceInput.data, i * faceInput.stride, expression.size),
        expression.size,
        expression.size,
      ),
    }));
  }
}
