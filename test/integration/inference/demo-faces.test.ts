import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrackedFace } from '../../../src/contracts/face.js';
import { InferenceService } from '../../../src/inference/engine/service.js';
import { DEMO_CAMERAS, type PersonShot } from '../../../src/ingest/demo/demo-cameras.js';
import { stillsOf } from '../../../src/ingest/demo/stills.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { inferenceConfig, silentLogger, streamOptions } from './engine-options.js';
import { frameOf } from './photographs.js';

const folder = temporaryFolder('demo-faces');
let service: InferenceService;
beforeAll(async () => {
  service = await InferenceService.start({ inference: inferenceConfig(), logger: silentLogger });
});
afterAll(async () => {
  await service.close();
  folder.remove();
});

const SHOTS = DEMO_CAMERAS.flatMap(({ shots }) => shots).filter((shot): shot is PersonShot => shot.kind === 'person');

/** The largest face of each still of a shot. */
const facesOf = async (shot: PersonShot): Promise<readonly TrackedFace[]> => {
  const faces: TrackedFace[] = [];
  for (const [n, file] of (await stillsOf([shot], folder.path)).entries()) {
    const id = `still-${n}`;
    service.openStream(streamOptions(id));
    const { faces: found } = await service.analyze(await frameOf(file, id, { width: 960 }));
    service.closeStream(id);
    const [largest] = found.toSorted((a, b) => b.sizePx - a.sizePx);
    if (largest !== undefined) faces.push(largest);
  }
  return faces;
};

it('the demo shows calm faces that begin to smile, men and women of several ages', async () => {
  const people: (readonly TrackedFace[])[] = [];
  for (const shot of SHOTS) people.push(await facesOf(shot));
  for (const [n, { mouth }] of SHOTS.entries()) {
    const [before, after] = (people[n] ?? []).map(({ emotions }) => emotions.happiness);
    if (mouth.from < 0) expect(before, `shot ${n}, calm`).toBeLessThan(25);
    if (mouth.to > 0) expect((after ?? 0) - (before ?? 0), `shot ${n}, smiling`).toBeGreaterThan(50);
  }
  const seen = people.flatMap(([first]) => (first === undefined ? [] : [first]));
  const [ages, genders] = [seen.flatMap(({ age }) => age ?? []), seen.flatMap(({ gender }) => gender ?? [])];
  expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(25);
  expect(genders.filter((male) => male > 0.8).length).toBeGreaterThanOrEqual(4);
  expect(genders.filter((male) => male < 0.2).length).toBeGreaterThanOrEqual(3);
});
