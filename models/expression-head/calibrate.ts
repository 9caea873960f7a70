import { EMOTIONS } from '../../src/contracts/emotion.js';
import { calibrated, type StoredHead } from '../../src/inference/describe/expression/expression-head.js';

type Calibration = StoredHead['calibration'];

/** Logits of faces the head was not trained on, with their class. */
export interface HeldOut {
  readonly logits: Float32Array;
  readonly label: number;
}

const HAPPINESS = EMOTIONS.indexOf('happiness');

const marginOf = (logits: Float32Array): number => {
  const others = [...logits].filter((_, index) => index !== HAPPINESS);
  const top = Math.max(...others);
  return (logits[HAPPINESS] ?? 0) - top - Math.log(others.reduce((sum, value) => sum + Math.exp(value - top), 0));
};

/** Logistic curve from margin to the share labelled happy, by Newton's method. */
const fitHappiness = (cases: readonly HeldOut[]): Calibration['happiness'] => {
  const points = cases.map(({ logits, label }) => ({ x: marginOf(logits), y: label === HAPPINESS ? 1 : 0 }));
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < 50; round += 1) {
    let [gs, go, ss, so, oo] = [0, 0, 1e-6, 0, 1e-6];
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const w = p * (1 - p);
      gs += (y - p) * x;
      go += y - p;
      ss += w * x * x;
      so += w * x;
      oo += w;
    }
    const determinant = ss * oo - so * so;
    slope += (oo * gs - so * go) / determinant;
    offset += (ss * go - so * gs) / determinant;
  }
  return { slope, offset };
};

/** Temperature of the other six that makes the labels of the unhappy faces most likely. */
const fitTemperature = (cases: readonly HeldOut[]): number => {
  const sad = cases.filter(({ label }) => label !== HAPPINESS);
  const loss = (temperature: number): number => {
    const calibration = { happiness: { slope: 1, offset: 0 }, temperature };
    return sad.reduce((sum, { logits, label }) => {
      const scores = calibrated(logits, calibration);
      const rest = 100 - scores.happiness;
      return sum - Math.log(Math.max(1e-6, scores[EMOTIONS[label] ?? 'neutral'] / rest));
    }, 0);
  };
  const candidates = Array.from({ length: 41 }, (_, index) => 0.5 * 1.04 ** index);
  return candidates.reduce((best, one) => (loss(one) < loss(best) ? one : best), 1);
};

/** Calibration of a head from faces it was not trained on. */
export const calibrate = (cases: readonly HeldOut[]): Calibration => ({
  happiness: fitHappiness(cases),
  temperature: fitTemperature(cases),
});
