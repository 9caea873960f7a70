import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameResult, TrackedFace } from '../../../src/contracts/face.js';
import type { InferenceService } from '../../../src/inference/engine/service.js';
import { readFrames } from '../../../src/ingest/recordings/read-frames.js';
import { encodeFilm, FILM_FPS, makeFilm, VIEW, type Walk } from './film.js';
import { faceAt, type StressCase, toldOf } from './seen-face.js';
import { cameraOf, type PreparedFace } from './shown-pictures.js';

/** So few that the others are looked for where nobody is followed yet. */
export const PEOPLE_IN_A_FILM = 2;

/** What the service tells of people who come into a room that a camera sees, from the last frame in which it found each. */
export const showFilm = async (
  service: InferenceService,
  people: readonly PreparedFace[],
  { facePx, crf }: { readonly facePx: number; readonly crf: number },
  seed: number,
): Promise<StressCase[]> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emoscope-stress-'));
  const id = `film-${seed}`;
  try {
    const film = makeFilm(
      people.map(({ face }) => face),
      facePx,
      seed,
    );
    const url = path.join(folder, 'film.mp4');
    await encodeFilm(film, crf, url);
    service.openStream(cameraOf(id, FILM_FPS));
    const results: FrameResult[] = [];
    for await (const frame of readFrames({ streamId: id, url, fps: FILM_FPS, maxWidth: VIEW.width, startTs: 0 }))
      results.push(await service.analyze({ ...frame, arrivedMs: performance.now() }));
    return people.flatMap(({ label }, i): StressCase[] => {
      const walk = film.walks[i];
      return walk === undefined ? [] : [caseOf(label, walk, results.slice(1))];
    });
  } finally {
    service.closeStream(id);
    await rm(folder, { recursive: true, force: true });
  }
};

const caseOf = (label: StressCase['face'], { sidePx, places }: Walk, results: readonly FrameResult[]): StressCase => {
  const seen = places.flatMap(({ x, y }, i): TrackedFace[] => {
    const result = results[i];
    const face = result === undefined ? null : faceAt(result, x, y, sidePx);
    return face === null ? [] : [face];
  });
  const last = seen.at(-1);
  return {
    face: label,
    told: last === undefined ? null : toldOf(last),
    frames: places.length,
    foundFrames: seen.length,
    tracks: new Set(seen.map(({ trackId }) => trackId)).size,
  };
};
