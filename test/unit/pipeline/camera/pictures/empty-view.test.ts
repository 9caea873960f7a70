import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../src/contracts/face.js';
import type { Frame } from '../../../../../src/contracts/frame.js';
import { EmptyView } from '../../../../../src/pipeline/camera/pictures/empty-view.js';

const SIZE = { width: 240, height: 140 };
type Colour = readonly [number, number, number];
const WALL: Colour = [150, 140, 130];
const COAT: Colour = [30, 40, 60];
/** Pixels: left, top, right, bottom. */
type Patch = readonly [number, number, number, number];
const EVERYWHERE: Patch = [0, 0, SIZE.width, SIZE.height];
const SOMEBODY: Patch = [80, 40, 140, 140];

const frameOf = (patches: readonly (readonly [Patch, Colour])[], arrivedMs = 0): Frame => {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3);
  for (const [[left, top, right, bottom], colour] of [[EVERYWHERE, WALL] as const, ...patches])
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) data.set(colour, (y * SIZE.width + x) * 3);
  return { streamId: 'a', seq: 1, ts: 0, arrivedMs, ...SIZE, data };
};
const EMPTY = frameOf([]);
const OCCUPIED = frameOf([[SOMEBODY, COAT]]);

/** Shows the same view for so long, a frame every 200 ms; gives the time of its end. */
const look = (view: EmptyView, frame: Frame, fromMs: number, forMs: number, faces: readonly Box[] = []): number => {
  for (let ms = fromMs; ms <= fromMs + forMs; ms += 200) view.learn({ ...frame, arrivedMs: ms }, faces);
  return fromMs + forMs;
};
const count = (changed: Uint8Array): number => changed.reduce((sum, one) => sum + one, 0);

describe('the empty view', () => {
  it('is a grid of 12 blocks along the longer side', () => {
    expect(new EmptyView(SIZE).grid).toEqual({ columns: 12, rows: 7 });
    expect(new EmptyView({ width: 1080, height: 1920 }).grid).toEqual({ columns: 7, rows: 12 });
    expect(new EmptyView({ width: 64, height: 2 }).grid).toEqual({ columns: 12, rows: 1 });
  });

  it('is known after a minute without change, and until then nobody is told from it', () => {
    const view = new EmptyView(SIZE);
    const end = look(view, EMPTY, 0, 58_000);
    expect(view.known).toBe(false);
    expect(count(view.changed(OCCUPIED))).toBe(0);
    look(view, EMPTY, end + 200, 3000);
    expect(view.known).toBe(true);
    expect(count(view.changed(EMPTY))).toBe(0);
    expect(count(view.changed(OCCUPIED))).toBe(3 * 5);
  });

  it('is not learned where a found face is near, or beneath it', () => {
    const view = new EmptyView(SIZE);
    look(view, OCCUPIED, 0, 120_000, [{ x: 0.4, y: 0.3, width: 0.1, height: 0.2 }]);
    const unknown = Array.from({ length: 12 }, (_, at) => at).filter((column) => {
      const here: Patch = [column * 20, 120, column * 20 + 20, 140];
      return view.changed(frameOf([[here, [250, 250, 0]]]))[6 * 12 + column] === 0;
    });
    expect(unknown).toEqual([3, 4, 5, 6, 7]);
    expect(view.known).toBe(true);
  });

  it('is not learned from what moves', () => {
    const view = new EmptyView(SIZE);
    for (let s = 0; s < 120; s += 1) view.learn(frameOf([[EVERYWHERE, [s % 2 ? 90 : 120, 90, 90]]], s * 1000), []);
    expect(view.known).toBe(false);
  });

  it('is learned between people who pass by all the time, and it is not they who are learned', () => {
    const view = new EmptyView(SIZE);
    for (let s = 0; s < 400; s += 1) {
      const left = (s * 7) % SIZE.width;
      const coat: Colour = [(s * 37) % 90, (s * 61) % 90, 60];
      view.learn(frameOf([[[left, 20, Math.min(SIZE.width, left + 60), 140], coat]], s * 1000), []);
    }
    expect(view.known).toBe(true);
    expect(count(view.changed(EMPTY))).toBe(0);
    expect(count(view.changed(OCCUPIED))).toBe(3 * 5);
  });

  it('takes a light that changes the whole view alike for no change', () => {
    const view = new EmptyView(SIZE);
    look(view, EMPTY, 0, 70_000);
    const brighter: Colour = [190, 180, 170];
    expect(count(view.changed(frameOf([[EVERYWHERE, brighter]])))).toBe(0);
    expect(
      count(
        view.changed(
          frameOf([
            [EVERYWHERE, brighter],
            [SOMEBODY, COAT],
          ]),
        ),
      ),
    ).toBe(3 * 5);
  });

  it('keeps two lights, and forgets the one that was longest not there', () => {
    const view = new EmptyView(SIZE);
    const right: Patch = [120, 0, 240, 140];
    const lit = (colour: Colour): Frame => frameOf([[right, colour]]);
    const [night, lamp, sun] = [lit([20, 20, 30]), lit([220, 200, 120]), lit([90, 90, 200])];
    let end = look(view, night, 0, 70_000);
    end = look(view, lamp, end + 200, 130_000);
    expect([night, lamp].map((frame) => count(view.changed(frame)))).toEqual([0, 0]);
    end = look(view, night, end + 200, 130_000);
    look(view, sun, end + 200, 130_000);
    expect([night, sun].map((frame) => count(view.changed(frame)))).toEqual([0, 0]);
    expect(count(view.changed(lamp))).toBeGreaterThan(0);
  });
});
