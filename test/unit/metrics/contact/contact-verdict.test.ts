import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../../src/contracts/contact.js';
import type { EmotionScores } from '../../../../src/contracts/emotion.js';
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
import { face, scores } from '../faces.js';

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

  it('that was on at arrival has no onset, one that ended before does not count', () => {
    const customer = between(5000, 16_000, calm);
    const contact = contactOf({ customer, seller: smiling(3000, 7000) });
    expect(contact.smiles).toMatchObject([{ startTs: 1_005_000, onsetTs: null, qualified: false, verdict: null }]);
    expect(contact).toMatchObject({ qualified: false, verdict: null });
    expect(contact.reason.ru).toBe('продавец уже улыбался, когда подошёл покупатель: начала улыбки не видно');
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
  const resting = (red: number): EmotionScores => scores({ anger: red });
  it.each<[string, Face, Contact['verdict']]>([
    [
      'happy: green crosses 40 above blue and red',
      inWindow(scores({ happiness: 41, surprise: 25, anger: 25 })),
      'happy',
    ],
    ['not happy: green stays at 39.9', inWindow(scores({ happiness: 39.9 })), 'indifferent'],
    ['not happy: blue is above green', inWindow(scores({ happiness: 45, surprise: 46 })), 'indifferent'],
    ['not happy: red is above green', inWindow(scores({ happiness: 45, anger: 25, sadness: 21 })), 'indifferent'],
    ['not happy: a rise of 19', risesTo(50), 'indifferent'],
    ['happy: a rise of 20', risesTo(51), 'happy'],
    ['already: 40 in the second before', inWindow(scores({ happiness: 95 }), scores({ happiness: 40 })), 'already'],
    ['already: smiles all along', () => scores({ happiness: 80 }), 'already'],
    ['unhappy: red grows by 10', inWindow(resting(30), resting(20)), 'unhappy'],
    [
      'unhappy: blue grows by 10 over a resting red',
      inWindow(scores({ anger: 5, surprise: 15 }), resting(5)),
      'unhappy',
    ],
    ['unhappy: a faint smile fades', inWindow(scores({}), scores({ happiness: 12 })), 'unhappy'],
    ['indifferent: red grows by 9', inWindow(resting(29), resting(20)), 'indifferent'],
    ['indifferent: a resting red of 60', () => resting(60), 'indifferent'],
    ['unhappy: four small angers add up', inWindow(scores({ anger: 3, disgust: 3, fear: 2, sadness: 3 })), 'unhappy'],
    ['indifferent: a calm face', calm, 'indifferent'],
    ['happy: a smile of 1.2 s', smilesFor(5000, 1200), 'happy'],
    ['indifferent: a grimace of two frames', smilesFor(5000, 400), 'indifferent'],
    ['indifferent: a smile after the window', smiling(9000, 11_000), 'indifferent'],
    ['happy: a smile at the end of the window', smiling(7400, 11_000), 'happy'],
    ['indifferent: a smile that began before the onset', smiling(3600, 7000), 'indifferent'],
  ])('%s', (_, customer, verdict) => {
    expect(contactOf({ customer }).verdict).toBe(verdict);
  });

  it.each([1, 2, 5, 15])('rests on no single raw frame at %i frames a second', (fps) => {
    const stepMs = 1000 / fps;
    const frameAt = Math.round(6000 / stepMs) * stepMs;
    const oneFrame: Face = (t) => scores(Math.abs(t - frameAt) < stepMs / 2 ? { happiness: 100 } : {});
    const seller = smiling(4000, 8000);
    const contact = contactOf({ stepMs, seller, customer: oneFrame });
    expect(contact).toMatchObject({ qualified: true, verdict: 'indifferent', peakVerdict: 'happy' });
    expect(contactOf({ stepMs, seller, customer: smiling(5000, 9000) }).verdict).toBe('happy');
  });

  it('is of the first qualified smile, whatever the later ones got', () => {
    const seller = (t: number) => scores((t >= 2000 && t < 4000) || (t >= 9000 && t < 11_000) ? { happiness: 80 } : {});
    const later = contactOf({ seller, customer: smiling(10_000, 14_000) });
    expect(later.smiles.map(({ verdict }) => verdict)).toEqual(['indifferent', 'happy']);
    expect(later).toMatchObject({ verdict: 'indifferent', latencyMs: null, peakVerdict: 'happy' });
    const customerFace = (t: number) => ({ rejected: t >= 2000 && t < 5000 ? ('yaw' as const) : null });
    expect(contactOf({ seller, customer: smiling(10_000, 14_000), customerFace }).verdict).toBe('happy');
  });

  it('of a customer who smiled already does not qualify', () => {
    const contact = contactOf({ customer: smiling(0, 16_000) });
    expect(contact).toMatchObject({ qualified: false, verdict: 'already', answerByChance: null, peakVerdict: 'happy' });
    expect(contact).toMatchObject({ latencyMs: null, riseOverBaseline: null });
  });

  it('obeys the configured limits', () => {
    expect(contactOf({ customer: smiling(5000, 7000, 50) }, { customerPeak: 60 }).verdict).toBe('indifferent');
    expect(contactOf({ customer: smiling(5000, 7000, 50) }, { responseRise: 60 }).verdict).toBe('indifferent');
    expect(contactOf({ customer: smilesFor(5000, 1200) }, { customerMedianMs: 4000 }).verdict).toBe('indifferent');
    expect(contactOf({ customer: smiling(1000, 3000) }, { beforeMs: 3000 }).verdict).toBe('already');
    expect(contactOf({ seller: smiling(4000, 7000, 50) }, { sellerSmile: 60 }).qualified).toBe(false);
    expect(contactOf({ customer: smiling(7000, 9000) }, { responseWindowMs: 2000 }).verdict).toBe('indifferent');
    expect(contactOf({ customer: inWindow(scores({ anger: 15 })) }, { unhappyMargin: 20 }).verdict).toBe('indifferent');
  });
});

/** From 31, a second after the onset. */
function risesTo(happiness: number): Face {
  return (t) => scores({ happiness: t >= 5000 ? happiness : 31 });
}

function smilesFor(from: number, lengthMs: number): Face {
  return smiling(from, from + lengthMs, 70);
}

describe('qualified', () => {
  // The window [3900, 7900] holds the 20 frames 4000 … 7800.
  const hiddenFor = (frames: number, from = 4000): Partial<Scene> => ({
    customerFace: (t) => ({ rejected: t >= from && t < from + frames * 200 ? 'yaw' : null }),
  });

  // The second before, [2900, 3900), holds the 5 frames 3000 … 3800.
  it.each([
    [2, true],
    [3, false],
  ])('when %i of the 5 frames of the second before are not measured: %s', (frames, qualified) => {
    const contact = contactOf(hiddenFor(frames, 3000));
    expect(contact.qualified).toBe(qualified);
    if (!qualified) expect(contact.reason.ru).toContain('за секунду до улыбки продавца, нужно 60 %');
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
      ru: 'счастье поднялось с 0 до 73 через 0,7 с после улыбки продавца, выше удивления и недовольства',
      en: "happiness rose from 0 to 73 at 0.7 s after the seller's smile, above surprise and dissatisfaction",
    });
  });

  it('already', () => {
    const { reason } = contactOf({ customer: smiling(0, 16_000, 55) });
    expect(reason.ru).toBe('покупатель уже улыбался (55) за секунду до улыбки продавца: ответ ли это, не узнать');
    expect(reason.en).toContain('was smiling already (55)');
  });

  it('unhappy', () => {
    const { reason } = contactOf({ customer: inWindow(scores({ happiness: 4, anger: 30 })) });
    expect(reason.ru).toBe(
      'улыбкой не ответил, а перевес удивления или недовольства над счастьем вырос на 26 после улыбки продавца',
    );
    expect(reason.en).toContain('gained 26 on happiness');
  });

  it('indifferent', () => {
    const reasonOf = (there: EmotionScores, elsewhere?: EmotionScores): string =>
      contactOf({ customer: inWindow(there, elsewhere) }).reason.ru;
    expect(reasonOf(scores({ happiness: 23 }))).toBe('счастье дошло до 23, для ответа нужно 40');
    expect(reasonOf(scores({ happiness: 50 }), scores({ happiness: 35 }))).toBe(
      'счастье поднялось с 35 до 50, для ответа нужен подъём на 20',
    );
    expect(reasonOf(scores({ happiness: 45, surprise: 46 }))).toContain('не поднялось после улыбки продавца над');
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

  it('is of those who answered only, and never below 0.2 s', () => {
    const crossed = contactOf({ customer: inWindow(scores({ happiness: 45, surprise: 46 })) });
    expect(crossed).toMatchObject({ verdict: 'indifferent', latencyMs: null });
    // Customer and seller cross in the same instant.
    expect(contactOf({ customer: smiling(4000, 8000) }).verdict).not.toBe('already');
    for (const from of [4000, 4200, 4400, 5000]) {
      const { latencyMs, verdict } = contactOf({ customer: smiling(from, from + 3000) });
      expect(latencyMs === null || (verdict === 'happy' && latencyMs >= 200)).toBe(true);
    }
  });
});
