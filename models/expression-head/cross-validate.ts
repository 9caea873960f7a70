import { EMOTIONS, type EmotionScores } from '../../src/contracts/emotion.js';
import {
  calibrated,
  encodeFloats,
  ExpressionHead,
  type StoredHead,
} from '../../src/inference/describe/expression/expression-head.js';
import { FEATURE_COUNT, LEARNT_COUNT } from '../../src/inference/describe/expression/head-features.js';
import { seeded } from '../../scripts/accuracy/intervals.js';
import { calibrate, type HeldOut } from './calibrate.js';
import { normalisationOf, trainAverage, type TrainOptions } from './train-linear.js';

/** One labelled face: features of the picture as it is, and of altered copies for training. */
export interface TrainingFace {
  readonly file: string;
  readonly person: string;
  readonly label: number;
  readonly plain: Float32Array;
  /** Mirrored, dimmed, blurred, shrunk. */
  readonly altered: readonly Float32Array[];
}

export const FOLDS = 5;

/** Every person in exactly one fold. */
export const foldsOf = (faces: readonly TrainingFace[], seed = 5): Map<string, number> => {
  const persons = [...new Set(faces.map(({ person }) => person))].sort();
  const random = seeded(seed);
  const order = persons.map((person) => ({ person, at: random() })).sort((a, b) => a.at - b.at);
  return new Map(order.map(({ person }, index) => [person, index % FOLDS]));
};

const PENDING: StoredHead['calibration'] = { happiness: { slope: 1, offset: 0 }, temperature: 1 };

/**
 * Weight of the expression network's own log-probabilities. They were learnt on other pictures than these, so they keep
 * the head from taking the blur of film stills for disgust; more of them costs accuracy here (docs/accuracy.md).
 */
const ANCHOR = 0.13;
/** Brings log-probabilities (down to −6.9) inside the limit of a normalised feature. */
const ANCHOR_SCALE = 0.5;

const NEUTRAL = EMOTIONS.indexOf('neutral');

/** The learnt part of a head with the fixed rows of the network's own answer added. */
const anchored = (normalisation: Float32Array, learnt: Float32Array, classes: number): [Float32Array, Float32Array] => {
  const count = normalisation.length / 2;
  const total = count + classes;
  const all = new Float32Array(2 * total);
  all.set(normalisation.subarray(0, count), 0);
  all.set(normalisation.subarray(count), total);
  const weights = new Float32Array((total + 1) * classes);
  weights.set(learnt.subarray(0, count * classes), 0);
  weights.set(learnt.subarray(count * classes), total * classes);
  for (let k = 0; k < classes; k += 1) {
    all[total + count + k] = ANCHOR_SCALE;
    weights[(count + k) * classes + k] = ANCHOR / ANCHOR_SCALE;
  }
  return [all, weights];
};

/** A head trained on these faces, not yet calibrated. */
export const trainHead = (faces: readonly TrainingFace[], options: TrainOptions): StoredHead => {
  const rows = faces.flatMap(({ plain, altered }) =>
    [plain, ...altered].map((features) => features.subarray(0, LEARNT_COUNT)),
  );
  const labels = faces.flatMap(({ label, altered }) => [label, ...altered.map(() => label)]);
  const learnt = normalisationOf(rows);
  const [normalisation, weights] = anchored(learnt, trainAverage({ rows, labels }, learnt, options), options.classes);
  const neutral = FEATURE_COUNT * options.classes + NEUTRAL;
  weights[neutral] = (weights[neutral] ?? 0) + options.neutralBias;
  return {
    format: 2,
    features: FEATURE_COUNT,
    normalisation: encodeFloats(normalisation),
    weights: encodeFloats(weights),
    calibration: PENDING,
  };
};

/** A face with what a head that never saw its person says. */
export interface HeldOutScore {
  readonly face: TrainingFace;
  readonly scores: EmotionScores;
  /** The same for the altered copies. */
  readonly altered: readonly EmotionScores[];
}

/** Cross-validated answers, calibrated on the other folds only, and the calibration of all folds together. */
export const crossValidate = (
  faces: readonly TrainingFace[],
  options: TrainOptions,
): { readonly scores: HeldOutScore[]; readonly calibration: StoredHead['calibration'] } => {
  const folds = foldsOf(faces);
  const heldOut: (HeldOut & { readonly face: TrainingFace; readonly fold: number; altered: Float32Array[] })[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const head = new ExpressionHead(
      trainHead(
        faces.filter(({ person }) => folds.get(person) !== fold),
        options,
      ),
    );
    for (const face of faces.filter(({ person }) => folds.get(person) === fold))
      heldOut.push({
        face,
        fold,
        logits: head.logits(face.plain),
        label: face.label,
        altered: face.altered.map((copy) => head.logits(copy)),
      });
  }
  const scores: HeldOutScore[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const calibration = calibrate(heldOut.filter((one) => one.fold !== fold));
    for (const { face, logits, altered } of heldOut.filter((one) => one.fold === fold))
      scores.push({
        face,
        scores: calibrated(logits, calibration),
        altered: altered.map((copy) => calibrated(copy, calibration)),
      });
  }
  return { scores, calibration: calibrate(heldOut) };
};
