import { expect, it } from 'vitest';
import { configSchema } from '../../../../src/config/schema.js';
import type { FaceDescription } from '../../../../src/inference/describe/face-description.js';
import { StreamFaces } from '../../../../src/inference/streams/stream-faces.js';

const { quality, attention, metrics } = configSchema.parse({});

const found = {
  box: { x: 250, y: 150, width: 100, height: 100 },
  score: 0.9,
  points: [280, 185, 320, 185, 300, 205, 300, 225, 255, 190, 345, 190],
};

const said: FaceDescription = {
  emotions: { happiness: 0, surprise: 0, anger: 0, disgust: 0, fear: 0, sadness: 0, neutral: 100 },
  attributes: null,
  pose: { yaw: 0, pitch: 0, roll: 0 },
  presence: 0.99,
  sharpness: 500,
  mouth: { open: 0.02, covered: -1 },
  shape: {
    pose: { yaw: 0, pitch: 0, roll: 0 },
    presence: 0.99,
    frame: { centreX: 300, centreY: 205, sidePx: 100, angleRad: 0 },
  },
};

it('lets the mesh look at a new face, then not before half a second has passed', () => {
  const { smoothingMs } = metrics;
  const faces = new StreamFaces({ id: 's', role: 'customer', fps: 5, zones: [], quality, attention, smoothingMs });
  const carried = [0, 200, 400, 600, 800].map((ts) => {
    const { faces: followed } = faces.follow([found], { ts, width: 960, height: 540 }, 10);
    const [face] = followed;
    if (face === undefined) throw new Error('the face was not followed');
    const reuses = face.request.shape !== null;
    faces.complete(face, { ...said, shape: reuses ? null : said.shape }, ts);
    return reuses;
  });
  expect(carried).toEqual([false, true, true, false, true]);
});
