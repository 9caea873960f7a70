import type { FrameResult, TrackedFace } from '../../src/contracts/face.js';

/** Somebody in a view for a while: what the engine is told of them. */
export interface Stay {
  readonly kind: 'seller' | 'passing' | 'customer';
  readonly view: 'seller' | 'customer';
  readonly fromMs: number;
  readonly toMs: number;
  readonly male: boolean;
  readonly ageYears: number;
  /** Middle of the face, share of the picture's width. */
  readonly x: number;
  /** Goes on as the track of the stay before, of the same person in the same camera. */
  readonly continues: boolean;
}

export interface PassingScene {
  readonly stays: readonly Stay[];
  readonly lengthMs: number;
  readonly oneCamera: boolean;
}

const STEP_MS = 400;
const SPLITS_PER_S = 0.02;
const UNKNOWN_SHARE = 0.13;

type Random = () => number;
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const PEOPLE = [
  { male: true, ageYears: 30, x: 0.1 },
  { male: false, ageYears: 45, x: 0.2 },
] as const;

/** A seller's hours: behind the counter, now and then through the customers' view or into the back room. */
const sellerStays = (random: Random, person: (typeof PEOPLE)[number], lengthMs: number, oneCamera: boolean): Stay[] => {
  const stays: Stay[] = [];
  const put = (kind: Stay['kind'], fromMs: number, forMs: number, continues: boolean): number => {
    const view = kind === 'seller' ? 'seller' : 'customer';
    const x = kind === 'seller' ? person.x : person.x + 0.15;
    stays.push({ ...person, kind, view, x, fromMs, toMs: fromMs + forMs, continues });
    return fromMs + forMs;
  };
  for (let t = between(random, 0, 60_000); t < lengthMs;) {
    const gap = (): number => (oneCamera && random() < 0.8 ? 0 : between(random, 0.4, 2.5) * 1000);
    t = put('seller', t, 20_000 + exponential(random, 240_000), false);
    if (random() < 0.5) {
      t += exponential(random, 60_000);
      continue;
    }
    const out = gap();
    t = put('passing', t + out, between(random, 3.5, 12) * 1000, out === 0);
    t += gap();
  }
  return stays;
};

const customerStays = (random: Random, lengthMs: number, oneCamera: boolean): Stay[] => {
  const stays: Stay[] = [];
  for (let t = exponential(random, 60_000); t < lengthMs; t += exponential(random, 90_000)) {
    const who = { male: random() < 0.5, ageYears: between(random, 18, 70), x: between(random, 0.35, 0.9) };
    const forMs = between(random, 4, 60) * 1000;
    // Some cross the sellers' zone on their way.
    const crossesMs = oneCamera && random() < 0.05 ? between(random, 1, 4) * 1000 : 0;
    if (crossesMs > 0)
      stays.push({
        ...who,
        kind: 'customer',
        view: 'seller',
        x: 0.25,
        fromMs: t,
        toMs: t + crossesMs,
        continues: false,
      });
    const fromMs = t + crossesMs;
    stays.push({ ...who, kind: 'customer', view: 'customer', fromMs, toMs: fromMs + forMs, continues: crossesMs > 0 });
  }
  return stays;
};

/** Some hours at a contact point with two sellers. */
export const passingScene = (random: Random, lengthMs: number, oneCamera: boolean): PassingScene => ({
  stays: [
    ...PEOPLE.flatMap((person) => sellerStays(random, person, lengthMs, oneCamera)),
    ...customerStays(random, lengthMs, oneCamera),
  ].filter(({ toMs }) => toMs < lengthMs - 20_000),
  lengthMs,
  oneCamera,
});

interface Track extends Stay {
  readonly trackId: string;
  readonly gender: number | null;
  readonly age: number | null;
}

/** The stays as a tracker gives them: cut now and then, with age and gender as the nets say them. */
const tracksOf = (random: Random, stays: readonly Stay[]): Track[] => {
  let number = 0;
  let last: Track | null = null;
  const tracks: Track[] = [];
  for (const stay of stays) {
    let { fromMs } = stay;
    for (let isFirst = true; fromMs < stay.toMs; isFirst = false) {
      const toMs = Math.min(stay.toMs, fromMs + exponential(random, 1000 / SPLITS_PER_S));
      const known = random() >= UNKNOWN_SHARE;
      const goesOn: Track | null = isFirst && stay.continues ? last : null;
      number += 1;
      const gender = known ? Math.min(1, Math.max(0, (stay.male ? 0.9 : 0.15) + 0.2 * normal(random))) : null;
      const told = { gender, age: known ? stay.ageYears + 6 * normal(random) : null, trackId: `t${String(number)}` };
      const identity: Pick<Track, 'trackId' | 'gender' | 'age'> = goesOn ?? told;
      const { trackId, age } = identity;
      last = { ...stay, fromMs, toMs, trackId, age, gender: identity.gender };
      tracks.push(last);
      fromMs = toMs + between(random, 0.4, 2) * 1000;
    }
  }
  return tracks;
};

const EMOTIONS = { happiness: 5, surprise: 0, anger: 0, disgust: 0, fear: 0, sadness: 0, neutral: 95 };

const faceOf = ({ trackId, gender, age, x, view }: Track): TrackedFace => ({
  ...{ trackId, gender, age, score: 0.9, sizePx: 90, emotions: EMOTIONS, smoothed: EMOTIONS },
  ...{ pose: { yaw: 0, pitch: 0, roll: 0 }, attention: true, quality: 0.8, rejected: null },
  box: { x: x - 0.04, y: 0.35, width: 0.08, height: 0.14 },
  zoneId: view === 'seller' ? 'till' : null,
  role: view === 'seller' ? 'seller' : 'customer',
});

/** The scene as the frame results of its one or two cameras, in order. */
export const framesOf = function* (random: Random, scene: PassingScene): Generator<FrameResult> {
  const waiting = tracksOf(random, scene.stays).sort((a, b) => a.fromMs - b.fromMs);
  let here: Track[] = [];
  for (let t = 0; t < scene.lengthMs; t += STEP_MS) {
    while ((waiting[0]?.fromMs ?? Infinity) <= t) here.push(waiting.shift() as Track);
    here = here.filter(({ toMs }) => toMs > t);
    const head = { seq: 0, ts: t, width: 960, height: 540, endedTracks: [], latencyMs: 0 };
    const facesIn = (view: Stay['view']): TrackedFace[] => here.filter((track) => track.view === view).map(faceOf);
    if (scene.oneCamera) yield { ...head, streamId: 'cam', faces: here.map(faceOf) };
    else {
      yield { ...head, streamId: 'seller-cam', faces: facesIn('seller') };
      yield {
        ...head,
        streamId: 'customer-cam',
        faces: facesIn('customer').map((face) => ({ ...face, zoneId: null })),
      };
    }
  }
};
