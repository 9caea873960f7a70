import { describe, expect, it } from 'vitest';
import { STREAM_STATES } from '../../../src/contracts/stream.js';
import { CAMERA_EVENTS, CAMERA_MOVES, nextCameraState } from '../../../src/ingest/camera-state.js';

describe('camera life', () => {
  it('reaches every state from stopped', () => {
    const reached = new Set(['stopped']);
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      for (const state of STREAM_STATES.filter((name) => reached.has(name))) {
        for (const next of Object.values(CAMERA_MOVES[state])) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...STREAM_STATES].sort());
  });

  it('can be stopped in every state and comes online from every state but stopped', () => {
    for (const state of STREAM_STATES) {
      expect(nextCameraState(state, 'stop')).toBe('stopped');
      if (state !== 'stopped') expect(nextCameraState(state, 'frame')).toBe('online');
    }
  });

  it.each(
    STREAM_STATES.flatMap((state) =>
      CAMERA_EVENTS.filter((event) => CAMERA_MOVES[state][event] === undefined).map((event) => [state, event] as const),
    ),
  )('%s refuses %s', (state, event) => {
    expect(() => nextCameraState(state, event)).toThrow(/cannot take/);
  });
});
