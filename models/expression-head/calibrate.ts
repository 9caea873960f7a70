import { EMOTIONS, type Emotion } from '../../src/contracts/emotion.js';
import { calibrated, type StoredHead } from '../../src/inference/expression/expression-head.js';

type Calibration = StoredHead['calibration'];

/** Logits of faces the head was not trained on, with their class. */
export interface HeldOut {
  readonly logits: Float32Array;
  readonly label: number;
}

const HAPPINESS = EMOTIONS.indexOf('happiness');
const NEUTRAL = EMOTIONS.indexOf('neutral');
const FEAR = EMOTIONS.indexOf('fear');
const noBias = (): Record<Emotion, number> =>
  Object.fromEntries(EMOTIONS.map((name) => [name, 0])) as Record<Emotion, number>;

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
    const calibration = { happiness: { slope: 1, offset: 0 }, temperature, bias: noBias() };
    return sad.reduce((sum, { logits, label }) => {
      const scores = calibrated(logits, calibration);
      const rest = 100 - scores.happiness;
      return sum - Math.log(Math.max(1e-6, scores[EMOTIONS[label] ?? 'neutral'] / rest));
    }, 0);
  };
  const candidates = Array.from({ length: 41 }, (_, index) => 0.5 * 1.04 ** index);
  return candidates.reduce((best, one) => (loss(one) < loss(best) ? one : best), 1);
};

const recalls = (cases: readonly HeldOut[], calibration: Calibration): { accuracy: number; of: number[] } => {
  const right = EMOTIONS.map(() => 0);
  const all = EMOTIONS.map(() => 0);
  for (const { logits, label } of cases) {
    const scores = calibrated(logits, calibration);
    const said = EMOTIONS.reduce((best, name) => (scores[name] > scores[best] ? name : best));
    all[label] = (all[label] ?? 0) + 1;
    if (EMOTIONS[label] === said) right[label] = (right[label] ?? 0) + 1;
  }
  return {
    accuracy: right.reduce((sum, value) => sum + value, 0) / cases.length,
    of: right.map((value, index) => value / Math.max(1, all[index] ?? 1)),
  };
};

/** Neutral must stay neutral: below this recall rare expressions are not helped any further. */
const MIN_NEUTRAL = 0.72;
const MIN_ACCURACY = 0.68;

/** Small shifts between the six that raise the mean recall of the rare ones while neutral and accuracy hold. */
const fitBias = (cases: readonly HeldOut[], start: Calibration): Record<Emotion, number> => {
  const worth = (bias: Record<Emotion, number>): number => {
    const { accuracy, of } = recalls(cases, { ...start, bias });
    const six = of.filter((_, index) => index !== FEAR).reduce((sum, value) => sum + value, 0) / 6;
    const size = Object.values(bias).reduce((sum, value) => sum + Math.abs(value), 0);
    return (
      six - 3 * Math.max(0, MIN_NEUTRAL - (of[NEUTRAL] ?? 0)) - 3 * Math.max(0, MIN_ACCURACY - accuracy) - 0.004 * size
    );
  };
  let bias = noBias();
  let best = worth(bias);
  for (const step of [0.3, 0.15, 0.08]) {
    for (const name of ['surprise', 'anger', 'disgust', 'sadness', 'neutral'] as const) {
      for (const change of [step, -step]) {
        const tried = { ...bias, [name]: bias[name] + change };
        const value = worth(tried);
        if (value > best) [best, bias] = [value, tried];
      }
    }
  }
  return bias;
};

/** Calibration of a head from faces it was not trained on. */
export const calibrate = (cases: readonly HeldOut[]): Calibration => {
  const start = { happiness: fitHappiness(cases), temperature: fitTemperature(cases), bias: noBias() };
  return { ...start, bias: fitBias(cases, start) };
};
