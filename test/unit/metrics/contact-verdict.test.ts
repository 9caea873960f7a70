import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/contracts/contact.js';
import type { EmotionScores } from '../../../src/contracts/emotion.js';
import {
  between,
  calm,
  changesOf,
  contactsIn,
  contactsOf,
  framesOf,
  nobody,
  smiling,
  type Face,
  type Scene,
} from './contact-scene.js';
import { face, scores } from './faces.js';

/** The seller smiles at 4 s for 3 s unless told otherwise; the customer is there for 12 s. */
const contactOf = (over: Partial<Scene>, options: Parameters<typeof contactsOf>[1] = {}): Contact => {
  const [contact] = contactsOf({ lengthMs: 16_000, customer: calm, seller: smiling(4000, 7000), ...over }, options);
  if (contact === undefined) throw new Error('no contact');
  return contact;
};

const inWindow = (there: EmotionScores, elsewhere: EmotionScores = scores({})): Face => {
  return (t) => (t >= 4000 && t <= 8000 ? there : elsewhere);
};

describe("the seller's smile", () => {
  const smilesOf = (seller: Face): number => contactOf({ seller }).smiles.length;

  it.each([
    ['reaches 40', smiling(4000, 6000, 40), 1],
    ['stays at 39.9', smiling(4000, 6000, 39.9), 0],
    // linear crossings between samples 200 ms apart at 0 and 80: a smile of n samples lasts 200·n ms
    ['lasts 0.4 s', smiling(4000, 4400), 0],
    ['lasts 0.6 s', smiling(4000, 4600), 1],
    [
      'pauses for 0.4 s',
      (t: number) => scores(t >= 4000 && t < 7000 && !(t >= 5000 && t < 5400) ? { happiness: 80 } : {}),
      1,
    ],
    [
      'pauses for 2 s',
      (t: number) => scores(t >= 3000 && t < 9000 && !(t >= 5000 && t < 7000) ? { happiness: 80 } : {}),
      2,
    ],
  ])('that %s', (_, seller, count) => {
    expect(smilesOf(seller)).toBe(count);
  });

  it('begins at the crossing, between samples', () => {
    const [smile] = contactOf({ seller: smiling(4000, 6000, 80) }).smiles;
    expect(smile?.onsetTs).toBe(1_000_000 + 3900);
  });

  it('that was on at arrival counts from arrival, one that ended before does not', () => {
    const customer = between(5000, 16_000, calm);
    expect(contactOf({ customer, seller: smiling(3000, 7000) }).smiles[0]?.onsetTs).toBe(1_005_000);
    expect(contactOf({ customer, seller: smiling(1000, 5200) }).smiles).toEqual([]);
  });

  it('after the customer left does not count', () => {
    expect(contactOf({ customer: between(0, 8000, calm), seller: smiling(9000, 11_000) }).smiles).toEqual([]);
  });

  it('is of the seller followed, not of a nearer colleague who walks by laughing', () => {
    const colleague = face({
      trackId: 'colleague',
      role: 'seller',
      box: { x: 0.1, y: 0.1, width: 0.5, height: 0.8 },
      emotions: scores({ happiness: 95 }),
    });
    const frames = framesOf({ lengthMs: 16_000, customer: calm, seller: calm }).map((one) =>
      one.streamId === 'seller-cam' && one.ts > 1_004_000 && one.ts < 1_008_000
        ? { ...one, faces: [...one.faces, colleague] }
        : one,
    );
    expect(contactsIn(changesOf(frames))[0]?.smiles).toEqual([]);
  });
});

describe('the verdict', () => {
  it.each<[string, Face, Contact['verdict']]>([
    [
      'happy: green peaks at 40 above blue and red',
      inWindow(scores({ happiness: 40, surprise: 30, anger: 30 })),
      'happy',
    ],
    ['not happy: green peaks at 39.9', inWindow(scores({ happiness: 39.9 })), 'indifferent'],
    ['not happy: blue is above green', inWindow(scores({ happiness: 45, surprise: 46 })), 'indifferent'],
    ['not happy: red is above green', inWindow(scores({ happiness: 45, anger: 25, sadness: 21 })), 'indifferent'],
    ['unhappy: red is 10 above green', inWindow(scores({ happiness: 5, anger: 15 })), 'unhappy'],
    ['unhappy: blue is 10 above green', inWindow(scores({ happiness: 5, surprise: 15 })), 'unhappy'],
    ['indifferent: red is 9.9 above green', inWindow(scores({ happiness: 5, anger: 14.9 })), 'indifferent'],
    [
      'unhappy: four small angers add up to red',
      inWindow(scores({ anger: 3, disgust: 3, fear: 2, sadness: 3 })),
      'unhappy',
    ],
    ['indifferent: a calm face', calm, 'indifferent'],
    ['happy beats a sullen rest of the window', smilesBriefly(), 'happy'],
    ['indifferent: a smile after the window', smiling(9000, 11_000), 'indifferent'],
    ['happy: a smile at the end of the window', smiling(7800, 11_000), 'happy'],
  ])('%s', (_, customer, verdict) => {
    expect(contactOf({ customer }).verdict).toBe(verdict);
  });

  it('is happy if any smile got it, else unhappy if any did', () => {
    const twice = (t: number) => scores((t >= 1000 && t < 3000) || (t >= 8000 && t < 10_000) ? { happiness: 80 } : {});
    const cross = (t: number) => scores(t < 6000 ? { anger: 60 } : {});
    const crossThenHappy = (t: number) => (t >= 9000 ? scores({ happiness: 90 }) : cross(t));
    const verdictOf = (customer: Face): unknown => contactOf({ seller: twice, customer }).verdict;
    expect(contactOf({ seller: twice, customer: crossThenHappy }).smiles.map(({ verdict }) => verdict)).toEqual([
      'unhappy',
      'happy',
    ]);
    expect(verdictOf(crossThenHappy)).toBe('happy');
    expect(verdictOf(cross)).toBe('unhappy');
  });

  it('obeys the configured limits', () => {
    expect(contactOf({ customer: smiling(5000, 7000, 50) }, { customerPeak: 60 }).verdict).toBe('indifferent');
    expect(contactOf({ seller: smiling(4000, 7000, 50) }, { sellerSmile: 60 }).qualified).toBe(false);
    expect(contactOf({ customer: smiling(7000, 9000) }, { responseWindowMs: 2000 }).verdict).toBe('indifferent');
    expect(contactOf({ customer: inWindow(scores({ anger: 15 })) }, { unhappyMargin: 20 }).verdict).toBe('indifferent');
  });
});

function smilesBriefly(): Face {
  return (t) => (t >= 5000 && t < 5400 ? scores({ happiness: 70 }) : scores({ anger: 60 }));
}

describe('qualified', () => {
  // The window [3900, 7900] holds the 20 frames 4000 … 7800.
  const hiddenFor = (frames: number): Partial<Scene> => ({
    customerFace: (t) => ({ rejected: t >= 4000 && t < 4000 + frames * 200 ? 'yaw' : null }),
  });

  it.each([
    [8, true],
    [9, false],
  ])('when %i of the 20 frames of the window are not measured: %s', (frames, qualified) => {
    expect(contactOf(hiddenFor(frames)).qualified).toBe(qualified);
  });

  it('a camera that stalled in the window does not pass for measured', () => {
    const frames = framesOf({ lengthMs: 16_000, customer: calm, seller: smiling(4000, 7000) }).filter(
      ({ streamId, ts }) => streamId !== 'customer-cam' || ts < 1_004_200 || ts >= 1_006_600,
    );
    const [contact, ...others] = contactsIn(changesOf(frames));
    expect(others).toEqual([]);
    expect(contact).toMatchObject({ qualified: false, verdict: null });
    expect(contact?.smiles[0]?.measuredShare).toBeCloseTo(8 / 20, 12);
  });

  it.each<[string, Partial<Scene>, string, string]>([
    ['no seller', { seller: nobody }, 'продавца не было в кадре', 'no seller in view'],
    ['no smile', { seller: calm }, 'продавец не улыбнулся', 'the seller did not smile'],
    [
      'no measurement',
      hiddenFor(20),
      'лицо покупателя измерено лишь в 0 % кадров после улыбки продавца, нужно 60 %',
      "the customer's face was measured in only 0% of the frames after the seller's smile, 60% are needed",
    ],
  ])('%s: kept, not qualified, with the reason', (_, scene, ru, en) => {
    expect(contactOf(scene)).toMatchObject({ qualified: false, verdict: null, reason: { ru, en } });
  });
});

describe('the reason in words', () => {
  it('happy', () => {
    const { reason } = contactOf({ customer: smiling(4600, 8000, 73) });
    expect(reason).toEqual({
      ru: 'пик 73 через 0,7 с после улыбки продавца, зелёная выше синей и красной',
      en: "peak 73 at 0.7 s after the seller's smile, green above blue and red",
    });
  });

  it('unhappy', () => {
    const { reason } = contactOf({ customer: inWindow(scores({ happiness: 4, anger: 30 })) });
    expect(reason.ru).toBe('зелёная в среднем 4, ниже красной (30) за 4 с после улыбки продавца');
    expect(reason.en).toBe("green averages 4, below red (30) over the 4 s after the seller's smile");
  });

  it('indifferent', () => {
    expect(contactOf({ customer: inWindow(scores({ happiness: 23 })) }).reason.ru).toBe(
      'пик 23 не достиг 40, и зелёная не ниже синей и красной на 10',
    );
    expect(contactOf({ customer: inWindow(scores({ happiness: 45, surprise: 46 })) }).reason.en).toBe(
      'peak 45, but green did not rise above blue and red',
    );
  });
});

describe('latency, baseline and rise', () => {
  it('measures from the onset to the crossing, and the rise from the first 2 s', () => {
    const base = scores({ happiness: 10 });
    const contact = contactOf({ customer: (t) => (t >= 5000 && t < 8000 ? scores({ happiness: 70 }) : base) });
    expect(contact.baselineHappiness).toBe(10);
    expect(contact.riseOverBaseline).toBe(60);
    // Crossing of 40 half way between 4800 and 5000, onset at 3900.
    expect(contact.latencyMs).toBeCloseTo(1000, 6);
  });

  it('has no latency where the customer smiled all along', () => {
    const contact = contactOf({ customer: smiling(0, 16_000) });
    expect(contact).toMatchObject({ verdict: 'happy', latencyMs: null, riseOverBaseline: 0 });
  });
});
