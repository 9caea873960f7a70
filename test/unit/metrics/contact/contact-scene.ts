import type { Contact } from '../../../../src/contracts/contact.js';
import type { EmotionScores } from '../../../../src/contracts/emotion.js';
import type { FrameResult, TrackedFace } from '../../../../src/contracts/face.js';
import { configSchema } from '../../../../src/config/schema.js';
import { ContactDetector, type ContactChange, type DetectorDeps } from '../../../../src/metrics/contact/detector.js';
import type { ContactOptions } from '../../../../src/metrics/contact/options.js';
import { worded } from '../../../../src/reporting/contacts/reason-words.js';
import { face, frame, scores } from '../faces.js';

export const OPTIONS: ContactOptions = configSchema.parse({}).metrics;
export const STEP_MS = 200;

/** What a camera sees at a moment, ms from the start: an expression, or null for nobody. */
export type Face = (tMs: number) => EmotionScores | null;

export interface Scene {
  readonly lengthMs: number;
  readonly customer: Face;
  readonly seller: Face;
  readonly stepMs?: number;
  readonly startTs?: number;
  /** Added to the customer camera's clock. */
  readonly customerClockMs?: number;
  readonly customerFace?: (tMs: number) => Partial<TrackedFace>;
}

/** Happiness in [from, to), the rest neutral. */
export const smiling = (from: number, to: number, happiness = 80): Face => {
  return (t) => scores(t >= from && t < to ? { happiness } : {});
};

/** Nobody outside of [from, to). */
export const between =
  (from: number, to: number, inner: Face): Face =>
  (t) =>
    t >= from && t < to ? inner(t) : null;

export const calm: Face = () => scores({});
export const nobody: Face = () => null;

/** The frame results of both cameras in order of capture time. */
export const framesOf = (scene: Scene): FrameResult[] => {
  const { lengthMs, stepMs = STEP_MS, startTs = 1_000_000, customerClockMs = 0 } = scene;
  const frames: FrameResult[] = [];
  for (let t = 0; t < lengthMs; t += stepMs) {
    const seller = scene.seller(t);
    const customer = scene.customer(t);
    const own = scene.customerFace?.(t) ?? {};
    const sellerFaces = seller === null ? [] : [face({ trackId: 's', emotions: seller, role: 'seller' })];
    const customerFaces = customer === null ? [] : [face({ trackId: 'c', emotions: customer, ...own })];
    frames.push(frame(startTs + t, sellerFaces, 'seller-cam'));
    frames.push(frame(startTs + t + customerClockMs, customerFaces, 'customer-cam'));
  }
  return frames.sort((a, b) => a.ts - b.ts);
};

export const detector = (over: Partial<ContactOptions> = {}, deps: Partial<DetectorDeps> = {}): ContactDetector => {
  let next = 0;
  return new ContactDetector(
    { id: 'till', seller: 'seller-cam', customer: 'customer-cam' },
    { ...OPTIONS, ...over },
    { newId: () => `contact-${(next += 1)}`, maxLagMs: 5000, ...deps },
  );
};

/** Everything a detector says of these frames. */
export const changesOf = (frames: readonly FrameResult[], over: Partial<ContactOptions> = {}): ContactChange[] => {
  const found = detector(over);
  return [...frames.flatMap((one) => found.push(one)), ...found.flush()];
};

export const contactsIn = (changes: readonly ContactChange[]): Contact[] =>
  changes.flatMap((change) => (change.kind === 'end' ? [worded(change.contact)] : []));

/** The contacts of a scene. */
export const contactsOf = (scene: Scene, over: Partial<ContactOptions> = {}): Contact[] =>
  contactsIn(changesOf(framesOf(scene), over));
