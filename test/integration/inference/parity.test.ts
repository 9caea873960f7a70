import { beforeAll, describe, expect, test } from 'vitest';
import { type InferenceSession, Tensor } from '../../../src/inference/models/onnx-runtime.js';
import { BLAZEFACE_SIZE, blazefaceAnchors, decodeBlazeface } from '../../../src/inference/engine/onnx/blazeface.js';
import { mergeFaces } from '../../../src/inference/engine/onnx/merge-faces.js';
import { iou } from '../../../src/inference/streams/tracker/overlap.js';
import { loadModel } from '../../../src/inference/models/load-model.js';
import { PHOTOGRAPHS, frameOf, photograph } from './photographs.js';
import { faceApiReference, humanReference, relativeError, startTf, toPlanes } from './reference.js';

const TOLERANCE = 1e-4;
type Tf = Awaited<ReturnType<typeof startTf>>;
let tf: Tf;

/** Crops of two photographs: pictures of size² as NHWC bytes. */
const inputs = (size: number): Promise<Float32Array[]> =>
  Promise.all(
    ['sample1.jpg', 'sample4.jpg'].map(async (file) => {
      const frame = await frameOf(photograph(file), file, { width: size * 4 });
      const crop = new Float32Array(size * size * 3);
      for (let y = 0; y < size; y += 1)
        for (let x = 0; x < size * 3; x += 1)
          crop[y * size * 3 + x] = frame.data[(y + size) * frame.width * 3 + size * 3 + x] ?? 0;
      return crop;
    }),
  );

const run = async (session: InferenceSession, pictures: readonly Float32Array[], shape: readonly number[]) => {
  const stride = shape.reduce((product, n) => product * n, 1);
  const data = new Float32Array(pictures.length * stride);
  pictures.forEach((picture, i) => data.set(picture, i * stride));
  const answer = await session.run({ input: new Tensor('float32', data, [pictures.length, ...shape]) });
  return (name: string, index: number): Float32Array => {
    const values = answer[name]?.data as Float32Array;
    const each = values.length / pictures.length;
    return values.subarray(index * each, (index + 1) * each);
  };
};

beforeAll(async () => {
  tf = await startTf();
});

describe('converted graphs of @vladmandic/human give what TensorFlow.js gives, in a batch of two', () => {
  const cases = [
    {
      name: 'facemesh',
      size: 192,
      channels: 3,
      map: (v: number) => v / 255,
      outputs: { mesh: 'Identity_2', flag: 'Identity_1' },
    },
    {
      name: 'emotion',
      size: 64,
      channels: 1,
      map: (v: number) => v / 127.5 - 1,
      outputs: { probabilities: 'Identity' },
    },
    {
      name: 'faceres',
      size: 224,
      channels: 3,
      map: (v: number) => v,
      outputs: { age: 'age_pred/Softmax', gender: 'gender_pred/Sigmoid', features: 'global_pooling/Mean' },
    },
  ];
  test.each(cases)('$name', async ({ name, size, channels, map, outputs }) => {
    const session = await loadModel(name);
    const reference = await humanReference(tf, name);
    const pictures = (await inputs(size)).map((picture) =>
      Float32Array.from({ length: size * size * channels }, (_, i) => map(picture[i * (3 / channels)] ?? 0)),
    );
    const ours = await run(
      session,
      pictures.map((picture) => toPlanes(picture, channels)),
      [channels, size, size],
    );
    for (const [i, picture] of pictures.entries()) {
      const theirs = await reference(picture, [size, size, channels]);
      for (const [ourName, theirName] of Object.entries(outputs)) {
        const [mine, expected] = [ours(ourName, i), theirs.get(theirName) ?? []];
        // A single probability near 0 has no scale of its own.
        if (mine.length === 1)
          expect(Math.abs((mine[0] ?? NaN) - (expected[0] ?? NaN)), `${ourName} ${i}`).toBeLessThan(1e-6);
        else expect(relativeError(mine, expected), `${ourName} ${i}`).toBeLessThan(TOLERANCE);
      }
    }
  });

  test('blazeface', async () => {
    const session = await loadModel('blazeface');
    const reference = await humanReference(tf, 'blazeface');
    const pictures = (await inputs(256)).map((picture) => picture.map((v) => v / 127.5 - 1));
    const ours = await run(
      session,
      pictures.map((picture) => toPlanes(picture, 3)),
      [3, 256, 256],
    );
    for (const [i, picture] of pictures.entries()) {
      const theirs = await reference(picture, [256, 256, 3]);
      const joined = (a: string, b: string) => [...(theirs.get(a) ?? []), ...(theirs.get(b) ?? [])];
      expect(relativeError(ours('logits', i), joined('Identity', 'Identity_1'))).toBeLessThan(TOLERANCE);
      expect(relativeError(ours('boxes', i), joined('Identity_2', 'Identity_3'))).toBeLessThan(TOLERANCE);
    }
  });
});

describe('hand-built graphs of @vladmandic/face-api give what the package gives, in a batch of two', () => {
  const MEAN = [122.782, 117.001, 104.298];
  const ready = async (name: string) => {
    const pictures = await inputs(112);
    const planes = pictures.map((picture) =>
      toPlanes(
        picture.map((v, i) => (v - (MEAN[i % 3] ?? 0)) / 255),
        3,
      ),
    );
    const ours = await run(await loadModel(name), planes, [3, 112, 112]);
    return { ours, tensors: pictures.map((picture) => tf.tensor(picture, [112, 112, 3])) };
  };

  test('face_expression', async () => {
    const { faceExpressionNet } = await faceApiReference();
    const { ours, tensors } = await ready('face_expression');
    for (const [i, tensor] of tensors.entries()) {
      const theirs = await (await faceExpressionNet.forward(tensor)).data();
      expect(relativeError(ours('probabilities', i), theirs)).toBeLessThan(TOLERANCE);
    }
  });

  test('age_gender', async () => {
    const { ageGenderNet } = await faceApiReference();
    const { ours, tensors } = await ready('age_gender');
    for (const [i, tensor] of tensors.entries()) {
      const theirs = await ageGenderNet.forward(tensor);
      expect(relativeError(ours('age', i), await theirs.age.data())).toBeLessThan(TOLERANCE);
      expect(relativeError(ours('gender', i), await theirs.gender.data())).toBeLessThan(TOLERANCE);
    }
  });
});

test('both runtimes find the same boxes on every sample photograph', async () => {
  const session = await loadModel('blazeface');
  const reference = await humanReference(tf, 'blazeface');
  const anchors = blazefaceAnchors();
  const square = { x: 0, y: 0, width: BLAZEFACE_SIZE, height: BLAZEFACE_SIZE };
  const facesOf = (logits: Float32Array, boxes: Float32Array) =>
    mergeFaces(decodeBlazeface({ logits, boxes, index: 0 }, anchors, square, 0.5), 50);
  for (const { file } of PHOTOGRAPHS) {
    const frame = await frameOf(photograph(file), file, { width: BLAZEFACE_SIZE });
    const picture = new Float32Array(BLAZEFACE_SIZE * BLAZEFACE_SIZE * 3).fill(-1);
    frame.data.forEach((v, i) => (picture[i] = v / 127.5 - 1));
    const ours = await run(session, [toPlanes(picture, 3)], [3, 256, 256]);
    const theirs = await reference(picture, [256, 256, 3]);
    const join = (a: string, b: string) => Float32Array.from([...(theirs.get(a) ?? []), ...(theirs.get(b) ?? [])]);
    const found = facesOf(ours('logits', 0), ours('boxes', 0));
    const expected = facesOf(join('Identity', 'Identity_1'), join('Identity_2', 'Identity_3'));
    expect(found.length, file).toBe(expected.length);
    expect(found.length, file).toBeGreaterThan(1);
    for (const [i, face] of found.entries()) {
      const twin = expected[i];
      expect(twin === undefined ? 0 : iou(face.box, twin.box), file).toBeGreaterThan(0.999);
    }
  }
});
