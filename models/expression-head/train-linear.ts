import { FEATURE_LIMIT } from '../../src/inference/describe/expression/expression-head.js';
import { seeded } from '../../scripts/accuracy/intervals.js';

/** Rows of features with their class (index into EMOTIONS). */
export interface Examples {
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
}

/** Means, then inverse spreads of the features. */
export type Normalisation = Float32Array;

export interface TrainOptions {
  readonly classes: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Share of the features left out of each example of each batch. */
  readonly dropout: number;
  readonly labelSmoothing: number;
  /** 0: classes as frequent as they are; 1: all classes weigh alike. */
  readonly balance: number;
  /** Added to the neutral face's logit: a face in a shop is neutral unless it says otherwise. */
  readonly neutralBias: number;
  readonly seed: number;
  /** Trained this often with seeds in a row; the means of the weights are kept. */
  readonly repeats: number;
}

/** Settings of the shipped head; found by cross-validation (docs/accuracy.md). */
export const TRAINING: TrainOptions = {
  classes: 7,
  epochs: 8,
  batch: 256,
  learningRate: 1e-3,
  weightDecay: 0.05,
  dropout: 0.5,
  labelSmoothing: 0.1,
  balance: 0.95,
  neutralBias: 0.9,
  seed: 1,
  repeats: 3,
};

/** Means and inverse spreads over all rows; features that hardly vary are damped, not blown up. */
export const normalisationOf = (rows: readonly Float32Array[]): Normalisation => {
  const count = rows[0]?.length ?? 0;
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  for (const row of rows) {
    for (let i = 0; i < count; i += 1) {
      const value = row[i] as number;
      sums[i] = (sums[i] as number) + value;
      squares[i] = (squares[i] as number) + value * value;
    }
  }
  const result = new Float32Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    const mean = (sums[i] as number) / rows.length;
    const variance = Math.max(0, (squares[i] as number) / rows.length - mean * mean);
    result[i] = mean;
    result[count + i] = 1 / (Math.sqrt(variance) + 1e-4);
  }
  return result;
};

const normalised = (row: Float32Array, by: Normalisation): Float32Array =>
  row.map((value, i) => {
    const raw = (value - (by[i] as number)) * (by[row.length + i] as number);
    return Math.max(-FEATURE_LIMIT, Math.min(FEATURE_LIMIT, raw));
  });

/** How much an example of each class weighs, mean 1. */
const classWeights = (labels: readonly number[], { classes, balance }: TrainOptions): number[] => {
  const counts = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
  const raw = counts.map((count) => (labels.length / classes / Math.max(1, count)) ** balance);
  const mean = labels.reduce((sum, label) => sum + (raw[label] ?? 0), 0) / labels.length;
  return raw.map((weight) => weight / mean);
};

const shuffled = (count: number, random: () => number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
};

/**
 * Multinomial logistic regression by Adam with decoupled weight decay (Loshchilov & Hutter 2019), feature dropout and
 * label smoothing; cosine schedule. Returns one row of weights per feature, then the constants. Same seed, same result.
 */
const trainLinear = (examples: Examples, by: Normalisation, options: TrainOptions): Float32Array => {
  const { classes, epochs, batch, learningRate, weightDecay, dropout, labelSmoothing, seed } = options;
  const rows = examples.rows.map((row) => normalised(row, by));
  const features = rows[0]?.length ?? 0;
  const weightOf = classWeights(examples.labels, options);
  const size = (features + 1) * classes;
  const weights = new Float32Array(size);
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  const gradient = new Float32Array(size);
  const random = seeded(seed);
  const steps = epochs * Math.ceil(rows.length / batch);
  const kept = new Int32Array(features);
  const logits = new Float64Array(classes);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(rows.length, random);
    for (let start = 0; start < order.length; start += batch) {
      const end = Math.min(order.length, start + batch);
      gradient.fill(0);
      for (let n = start; n < end; n += 1) {
        const row = rows[order[n] as number] as Float32Array;
        const label = examples.labels[order[n] as number] as number;
        let left = 0;
        for (let i = 0; i < features; i += 1) {
          if (random() >= dropout) {
            kept[left] = i;
            left += 1;
          }
        }
        const boost = 1 / (1 - dropout);
        for (let k = 0; k < classes; k += 1) logits[k] = weights[features * classes + k] as number;
        for (let m = 0; m < left; m += 1) {
          const i = kept[m] as number;
          const value = (row[i] as number) * boost;
          const at = i * classes;
          for (let k = 0; k < classes; k += 1) logits[k] = (logits[k] as number) + value * (weights[at + k] as number);
        }
        const top = Math.max(...logits);
        let total = 0;
        for (let k = 0; k < classes; k += 1) {
          logits[k] = Math.exp((logits[k] as number) - top);
          total += logits[k] as number;
        }
        const weight = (weightOf[label] as number) / (end - start);
        for (let k = 0; k < classes; k += 1) {
          const target = labelSmoothing / classes + (k === label ? 1 - labelSmoothing : 0);
          logits[k] = weight * ((logits[k] as number) / total - target);
          gradient[features * classes + k] = (gradient[features * classes + k] as number) + (logits[k] as number);
        }
        for (let m = 0; m < left; m += 1) {
          const i = kept[m] as number;
          const value = (row[i] as number) * boost;
          const at = i * classes;
          for (let k = 0; k < classes; k += 1)
            gradient[at + k] = (gradient[at + k] as number) + value * (logits[k] as number);
        }
      }
      step += 1;
      const rate = learningRate * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      const firstScale = 1 / (1 - 0.9 ** step);
      const secondScale = 1 / (1 - 0.999 ** step);
      for (let p = 0; p < size; p += 1) {
        const g = gradient[p] as number;
        const m = 0.9 * (first[p] as number) + 0.1 * g;
        const v = 0.999 * (second[p] as number) + 0.001 * g * g;
        first[p] = m;
        second[p] = v;
        const move = (rate * m * firstScale) / (Math.sqrt(v * secondScale) + 1e-8);
        const decay = p < features * classes ? rate * weightDecay * (weights[p] as number) : 0;
        weights[p] = (weights[p] as number) - move - decay;
      }
    }
  }
  return weights;
};

/** The mean of `repeats` trainings: one linear head still, with less luck of the seed in it. */
export const trainAverage = (examples: Examples, by: Normalisation, options: TrainOptions): Float32Array => {
  const trained = Array.from({ length: options.repeats }, (_, i) =>
    trainLinear(examples, by, { ...options, seed: options.seed + i }),
  );
  const sums = new Float64Array(trained[0]?.length ?? 0);
  for (const weights of trained) weights.forEach((weight, i) => (sums[i] = (sums[i] as number) + weight));
  return Float32Array.from(sums, (sum) => sum / trained.length);
};
