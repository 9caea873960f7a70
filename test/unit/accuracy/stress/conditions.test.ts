import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../scripts/accuracy/intervals.js';
import {
  backlight,
  type Condition,
  croppedTo,
  dark,
  defocus,
  glasses,
  grey,
  handOnMouth,
  lookingDown,
  MASK_COLOURS,
  type MeshedFace,
  motionBlur,
  type Rgb,
  shrunkTo,
  surgicalMask,
} from '../../../../scripts/accuracy/stress/conditions/index.js';
import { FaceFinder, readRgb } from '../../../../scripts/accuracy/stress/face-finder.js';
import { photograph } from '../../../integration/inference/photographs.js';

const SIDE_PX = 96;
const NOSE_TIP = 4;
const UPPER_LIP = 13;
const EYES = [159, 386];
const CHIN = 152;
const FOREHEAD = 10;
const CHEEKS = [50, 280];

const CONDITIONS: Readonly<Record<string, Condition>> = {
  dark: dark(),
  backlight: backlight(),
  defocus: defocus(),
  motionBlur: motionBlur(),
  grey,
  glasses: glasses(),
  surgicalMask: surgicalMask(),
  handOnMouth,
  lookingDown: lookingDown(),
};

let face: MeshedFace;

beforeAll(async () => {
  const finder = await FaceFinder.start();
  const found = await finder.find(await readRgb(photograph('sample1.jpg')));
  if (found === null) throw new Error('The photograph shows faces.');
  face = shrunkTo(croppedTo(found, 1.2), SIDE_PX);
});

const made = (condition: Condition, seed = 7): MeshedFace => condition(face, seeded(seed));

/** Compared as bytes: the comparison of the test runner takes a second for such a picture. */
const same = (one: Rgb, other: Rgb): boolean => Buffer.compare(one.data, other.data) === 0;

/** The pixel where a point of the mesh lies. */
const at = ({ picture, mesh }: MeshedFace, index: number, of: Rgb = picture): number[] => {
  const [x, y] = [Math.round(mesh[3 * index] as number), Math.round(mesh[3 * index + 1] as number)];
  return [...of.data.subarray(3 * (y * of.width + x), 3 * (y * of.width + x) + 3)];
};

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** How much neighbours along a row or a column differ. */
const detail = ({ data }: Rgb): number => {
  let sum = 0;
  for (let i = 3; i < data.length; i += 1) sum += Math.abs((data[i] as number) - (data[i - 3] as number));
  return sum / data.length;
};

const height = (one: MeshedFace): number => (one.mesh[3 * CHIN + 1] as number) - (one.mesh[3 * FOREHEAD + 1] as number);

describe('conditions of a shop', () => {
  it('are the same for the same draws, and leave what they are given as it was', () => {
    const before = { ...face.picture, data: face.picture.data.slice() };
    for (const [name, condition] of Object.entries(CONDITIONS)) {
      const [one, other] = [made(condition), made(condition)];
      expect(same(one.picture, other.picture), name).toBe(true);
      expect(same(one.picture, face.picture), name).toBe(false);
      expect(same(face.picture, before), name).toBe(true);
      expect(one.picture.data.length, name).toBe(3 * one.picture.width * one.picture.height);
    }
  });

  it('shrink the picture and its mesh alike', () => {
    const small = shrunkTo(face, 24);
    expect(small.sidePx).toBeCloseTo(24, 0);
    expect(small.picture.width / face.picture.width).toBeCloseTo(0.25, 1);
    expect((small.mesh[3 * NOSE_TIP] as number) / (face.mesh[3 * NOSE_TIP] as number)).toBeCloseTo(0.25, 2);
    expect(mean(small.picture.data)).toBeCloseTo(mean(face.picture.data), 0);
  });

  it('put a mask over nose and mouth and leave the eyes', () => {
    for (const [name, colour] of Object.entries(MASK_COLOURS)) {
      const masked = made(surgicalMask(colour));
      for (const point of [UPPER_LIP, NOSE_TIP, CHIN]) {
        const [red = 0, , blue = 0] = at(masked, point);
        expect(red - blue, `${name} at ${point}`).toBeGreaterThan(colour[0] - colour[2] - 40);
        expect(red - blue, `${name} at ${point}`).toBeLessThan(colour[0] - colour[2] + 40);
      }
      for (const eye of EYES) expect(at(masked, eye)).toEqual(at(face, eye));
    }
  });

  it('put a hand of the colour of the cheeks on the mouth and leave the eyes', () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const covered = made(handOnMouth, seed);
      const skin = mean(CHEEKS.flatMap((cheek) => at(face, cheek)));
      expect(Math.abs(mean(at(covered, UPPER_LIP)) - skin), `seed ${seed}`).toBeLessThan(0.5 * skin);
      expect(at(covered, UPPER_LIP)).not.toEqual(at(face, UPPER_LIP));
      for (const eye of EYES) expect(at(covered, eye)).toEqual(at(face, eye));
    }
  });

  it('put glasses around the eyes and leave the mouth', () => {
    const seen = made(glasses());
    const changed = seen.picture.data.filter((value, i) => value !== face.picture.data[i]).length;
    expect(changed).toBeGreaterThan(300);
    expect(at(seen, UPPER_LIP)).toEqual(at(face, UPPER_LIP));
  });

  it('take light away, all of it alike or from the face alone', () => {
    expect(mean(made(dark(0.12)).picture.data) / mean(face.picture.data)).toBeCloseTo(0.12, 1);
    const against = made(backlight());
    expect(mean(at(against, NOSE_TIP))).toBeLessThan(80);
    expect(mean(against.picture.data.subarray(0, 30))).toBeGreaterThan(215);
  });

  it('blur', () => {
    expect(detail(made(defocus()).picture)).toBeLessThan(0.8 * detail(face.picture));
    expect(detail(made(motionBlur()).picture)).toBeLessThan(0.9 * detail(face.picture));
    expect(mean(made(defocus()).picture.data)).toBeCloseTo(mean(face.picture.data), 0);
  });

  it('take the colours away', () => {
    const { data } = made(grey).picture;
    expect(data.every((value, i) => value === data[i - (i % 3)])).toBe(true);
  });

  it('foreshorten a head that looks down', () => {
    const down = made(lookingDown(35));
    expect(height(down) / height(face)).toBeLessThan(0.95);
    expect(at(down, NOSE_TIP).length).toBe(3);
    const still = made(lookingDown(0));
    expect(mean(still.picture.data.map((value, i) => Math.abs(value - (face.picture.data[i] as number))))).toBeLessThan(
      1,
    );
  });
});
