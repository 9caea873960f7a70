import { configSchema } from '../../src/config/schema.js';
import type { Contact } from '../../src/contracts/contact.js';
import type { EmotionScores } from '../../src/contracts/emotion.js';
import { assessContact } from '../../src/metrics/contact/judgement/assess.js';
import type { Reading } from '../../src/metrics/contact/curves/curve.js';
import type { ContactOptions } from '../../src/metrics/contact/options.js';
import type { ContactRecord } from '../../src/metrics/contact/record.js';
import { seededRandom } from '../../src/metrics/statistics/random.js';
import { worded } from '../../src/reporting/contacts/reason-words.js';

export interface SimulatedContacts {
  readonly seed: number;
  readonly contacts: number;
  readonly lengthMs: number;
  /** Customer's own smiles a minute, which have nothing to do with the seller; their talk flickers with them. */
  readonly liveliness: number;
  /** Probability that a customer answers the seller's smile 0.5–1.2 s later. Default 0: nobody. */
  readonly contagion?: number;
  /** Dissatisfaction of the customer's resting face, percent. Default 5. */
  readonly restingRed?: number;
  /** Share of frames misread as full happiness. Default 0. */
  readonly badFrames?: number;
  /** Default 5. */
  readonly fps?: number;
  readonly options?: Partial<ContactOptions>;
}

interface Smile {
  readonly fromMs: number;
  readonly toMs: number;
  readonly height: number;
}

const RAMP_MS = 300;
const SELLER_SMILES_PER_MINUTE = 3;
/** Correlation of the flicker from one frame to the next at 5 frames a second. */
const FLICKER_MEMORY = 0.6;

/** Smiles at random moments, `perMinute` of them on average, from before the contact on. */
const smilesOf = (random: () => number, perMinute: number, lengthMs: number, least: number): Smile[] => {
  const smiles: Smile[] = [];
  let at = -10_000;
  for (;;) {
    at += (-Math.log(1 - random()) * 60_000) / perMinute;
    if (at >= lengthMs) return smiles;
    const fromMs = at;
    at += 800 + 3000 * random();
    smiles.push({ fromMs, toMs: at, height: least + (95 - least) * random() });
  }
};

const heightAt = (smiles: readonly Smile[], t: number): number =>
  smiles.reduce((most, { fromMs, toMs, height }) => {
    const edge = Math.min((t - fromMs) / RAMP_MS, (toMs - t) / RAMP_MS, 1);
    return Math.max(most, height * Math.max(0, edge));
  }, 0);

/** Gaussian numbers that remember their predecessor. */
const flicker = (random: () => number, size: number): (() => number) => {
  let level = 0;
  return () => {
    const fresh = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    level = FLICKER_MEMORY * level + Math.sqrt(1 - FLICKER_MEMORY ** 2) * fresh;
    return size * level;
  };
};

const scoresOf = (happiness: number, surprise: number, anger: number): EmotionScores => ({
  happiness,
  surprise,
  anger,
  disgust: 0,
  fear: 0,
  sadness: 0,
  neutral: Math.max(0, 100 - happiness - surprise - anger),
});

const percent = (value: number): number => Math.min(100, Math.max(0, value));

const recordOf = (index: number, simulated: SimulatedContacts, random: () => number): ContactRecord => {
  const { lengthMs, liveliness, contagion = 0, restingRed = 5, badFrames = 0, fps = 5 } = simulated;
  const startTs = index * 3_600_000;
  const sellers = smilesOf(random, SELLER_SMILES_PER_MINUTE, lengthMs, 60);
  const own = liveliness === 0 ? [] : smilesOf(random, liveliness, lengthMs, 30);
  const answers = sellers
    .filter(({ fromMs }) => fromMs >= 0 && random() < contagion)
    .map(({ fromMs }) => {
      const from = fromMs + 500 + 700 * random();
      return { fromMs: from, toMs: from + 2000 + 1500 * random(), height: 70 + 20 * random() };
    });
  const rest = 4 + 8 * random();
  const green = flicker(random, 2 + liveliness / 2);
  const red = flicker(random, 3);
  const customer: ContactRecord['customer'][number][] = [];
  const seller: Reading[] = [];
  for (let t = -1000; t <= lengthMs; t += 1000 / fps) {
    seller.push({ ts: startTs + t, value: percent(5 + heightAt(sellers, t)) });
    if (t < 0) continue;
    const bad = random() < badFrames;
    const happiness = bad ? 100 : percent(Math.max(rest, heightAt([...own, ...answers], t)) + green());
    const scores = scoresOf(happiness, bad ? 0 : 3, bad ? 0 : Math.min(100 - happiness, percent(restingRed + red())));
    customer.push({ ts: startTs + t, raw: scores, smoothed: scores });
  }
  return { id: String(index), pointId: 'simulated', startTs, endTs: startTs + lengthMs, customer, seller };
};

/** Contacts judged by the very code of the product, from curves whose truth is known; the same seed gives the same. */
export const simulateContacts = (simulated: SimulatedContacts): Contact[] => {
  const random = seededRandom(simulated.seed);
  const options = { ...configSchema.parse({}).metrics, ...simulated.options };
  return Array.from({ length: simulated.contacts }, (_, index) =>
    worded(assessContact(recordOf(index, simulated, random), options)),
  );
};
