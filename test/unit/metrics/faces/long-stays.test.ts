import { expect, it } from 'vitest';
import { LONG_STAY_MS, LongStays } from '../../../../src/metrics/faces/visitors/long-stays.js';
import { samplesOf } from '../../../../src/metrics/faces/sample.js';
import { TrackAccumulator } from '../../../../src/metrics/faces/track-accumulator.js';
import { face, frame } from '../faces.js';

it('whoever is in view for more than half an hour is left out from then on and is no visitor; a seller stays', () => {
  const stays = new LongStays();
  const tracks = new TrackAccumulator();
  const STEP_MS = 10_000;
  const faces = [face({ trackId: 'guard' }), face({ trackId: 'seller', role: 'seller' })];
  for (let ts = 0; ts <= 2 * LONG_STAY_MS; ts += STEP_MS) {
    const came = ts % 60_000 === 0 ? [face({ trackId: `visitor-${ts}` })] : [];
    tracks.add(samplesOf(stays.mark(frame(ts, [...faces, ...came]))));
  }
  expect(stays.count).toBe(1);
  // Frames that still wait to be counted show it, too.
  const waiting = frame(2 * LONG_STAY_MS + 1, [...faces, face({ trackId: 'new', unsure: true })]);
  expect(stays.leaveOut(waiting).faces.map(({ rejected }) => rejected)).toEqual(['stays', null, null]);
  const summaries = tracks.flush();
  // As the store leaves them out of visitors.
  const visitors = summaries
    .filter(({ role, dwellMs }) => role === 'seller' || dwellMs < LONG_STAY_MS)
    .map(({ trackId }) => trackId);
  expect(visitors).not.toContain('guard');
  expect(visitors).toContain('seller');
  expect(visitors).toHaveLength(1 + 61);
  expect(summaries.find(({ trackId }) => trackId === 'guard')?.dwellMs).toBe(LONG_STAY_MS);
  stays.mark(frame(2 * LONG_STAY_MS + STEP_MS, [], 'cam', ['guard']));
  expect(stays.count).toBe(0);
});
