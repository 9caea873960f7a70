import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EmoscopeError } from '../../../runtime/errors.js';
import { decodeFloats } from '../expression/expression-head.js';
import { LEARNT_COUNT } from '../expression/head-features.js';

/** The read-outs that ship with the product. */
export const READOUTS_PATH = fileURLToPath(new URL('../../../../models/mouth-readouts/readouts.json', import.meta.url));

const readoutsSchema = z.strictObject({
  format: z.literal(1),
  features: z.literal(LEARNT_COUNT),
  /** float32, base64: one weight per feature, then the constant. */
  open: z.string(),
  covered: z.string(),
});

/** Read-outs as they are stored. */
export type StoredReadouts = z.output<typeof readoutsSchema>;

/** What is read of a mouth in one picture. */
export interface MouthReading {
  /** How far the lips are apart, in distances between the outer corners of the eyes; about 0.02 where closed. */
  readonly open: number;
  /** Above 0: a mask, a hand or something else is before the mouth; −1 and 1 are the middles of the two kinds. */
  readonly covered: number;
}

/** Two linear read-outs of the features that the expression is read from: they cost two sums a face. */
export class MouthReader {
  private readonly open: Float32Array;
  private readonly covered: Float32Array;

  constructor(stored: StoredReadouts) {
    this.open = decodeFloats(stored.open);
    this.covered = decodeFloats(stored.covered);
    if (this.open.length !== LEARNT_COUNT + 1 || this.covered.length !== LEARNT_COUNT + 1)
      throw new EmoscopeError('MODEL_INTEGRITY', 'The read-outs of the mouth have values of the wrong number.');
  }

  /** Reads the file; MODEL_INTEGRITY when it is missing, malformed or of the wrong size. */
  static async load(file: string = READOUTS_PATH): Promise<MouthReader> {
    try {
      return new MouthReader(readoutsSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
    } catch (cause) {
      if (cause instanceof EmoscopeError) throw cause;
      throw new EmoscopeError('MODEL_INTEGRITY', 'The read-outs of the mouth are missing or damaged.', { cause });
    }
  }

  read(features: Float32Array): MouthReading {
    return { open: linear(this.open, features), covered: linear(this.covered, features) };
  }
}

const linear = (weights: Float32Array, features: Float32Array): number => {
  let sum = weights[LEARNT_COUNT] as number;
  for (let i = 0; i < LEARNT_COUNT; i += 1) sum += (weights[i] as number) * (features[i] as number);
  return sum;
};
