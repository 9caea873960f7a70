import { describe, expect, it } from 'vitest';
import { countedContact } from '../../../src/metrics/contact/counted-contact.js';
import type { CountedContact } from '../../../src/contracts/contact.js';
import type { QuestionId } from '../../../src/contracts/figures/questions.js';
import type { QuestionAnswer } from '../../../src/contracts/figures/questions-schema.js';
import { atOnce } from '../../../src/runtime/turns.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { Me1Accumulator } from '../../fixtures/me1-accumulator.js';
import type { QuestionsInput } from '../../../src/metrics/questions/findings.js';
import { questionFindings } from '../../../src/metrics/questions/questions.js';
import { figureText, plural, valueText } from '../../../src/report/figure-text.js';
import { wordedAnswers } from '../../../src/reporting/questions/worded-answers.js';
import { askedOf, type Visitor } from '../../fixtures/visitors.js';
import { simulateContacts } from '../../../scripts/simulate/contacts.js';
import { calm, contactsOf, nobody, smiling } from '../metrics/contact/contact-scene.js';
import { face, frame, scores } from '../metrics/faces.js';

const localTime = new LocalTime('Europe/Moscow');
const NINE = Date.parse('2026-11-22T09:00:00+03:00');
const limits = { kAnonymity: 5, minorsAge: 18 };
/** Visitors as they are asked about. */
const asked = (list: readonly Visitor[]) => askedOf(list, { ...limits, localTime });

const empty: QuestionsInput = {
  ...asked([]),
  ...limits,
  threshold: 20,
  localTime,
  contacts: [],
  aggregates: [],
  sellerAnalytics: true,
};

const answersTo = (input: QuestionsInput): readonly QuestionAnswer[] =>
  wordedAnswers(atOnce(questionFindings(input)), [{ id: 'shelf', name: 'Полка' }]);

const answer = (id: QuestionId, over: Partial<QuestionsInput>): QuestionAnswer => {
  const found = answersTo({ ...empty, ...over }).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no answer to ${id}`);
  return found;
};
const figure = (of: QuestionAnswer, key: string) => of.figures.find((one) => one.key === key);

const visitor = (over: Partial<Visitor> = {}): Visitor => ({
  startTs: 0,
  streamId: 'shelf',
  zoneId: null,
  role: 'display',
  emotions: scores({}),
  moodMean: 50,
  dwellMs: 10_000,
  attentionMs: 4000,
  glances: 1,
  longestLookMs: 3000,
  age: 30,
  gender: 0.9,
  ...over,
});
const visitors = (count: number, over: Partial<Visitor> = {}): Visitor[] =>
  Array.from({ length: count }, () => visitor(over));

const contactsAt = (startTs: number, count: number, sellerSmiles: boolean, answers: boolean) =>
  Array.from({ length: count }, (_, i) =>
    contactsOf({
      lengthMs: 12_000,
      startTs: startTs + i * 60_000,
      seller: sellerSmiles ? smiling(3000, 6000) : calm,
      customer: answers ? smiling(3800, 7000) : calm,
    }),
  )
    .flat()
    .map(countedContact);

describe('the five questions', () => {
  it('come in their order and say so when there is nothing to answer from', () => {
    const answers = answersTo(empty);
    expect(answers.map(({ id }) => id)).toEqual([
      'sellers-smile',
      'attention',
      'age',
      'exit-over-entrance',
      'smile-back',
    ]);
    for (const one of answers) {
      expect(one.verdict).toBeNull();
      expect(one.answer).toEqual({ ru: 'За этот период нет данных.', en: 'There are no data for this period.' });
    }
  });

  it('do not speak of sellers where the configuration forbids it', () => {
    const contacts = contactsAt(NINE, 6, true, true);
    for (const id of ['sellers-smile', 'smile-back'] as const) {
      const found = answer(id, { contacts, sellerAnalytics: false });
      expect(found).toMatchObject({ figures: [], table: null, verdict: null });
      expect(found.answer.ru).toContain('Не измеряется');
    }
  });
});

describe('do our sellers smile at customers', () => {
  const contacts = [
    ...contactsAt(NINE, 7, true, false),
    ...contactsAt(NINE + 3_600_000, 2, false, false),
    ...contactsOf({ lengthMs: 12_000, startTs: NINE + 7_200_000, seller: nobody, customer: calm }).map(countedContact),
  ];
  const found = answer('sellers-smile', { contacts });

  it('counts contacts with the seller in view, and those without apart', () => {
    expect(found.answer.ru).toMatch(
      /^Продавец улыбнулся в 7 из 9 контактов: 78\u00a0% \(95\u00a0% интервал \d+…\d+\u00a0%\)/,
    );
    expect(found.answer.en).toMatch(/^The seller smiled in 7 of 9 contacts: 78% \(95% interval /);
    expect(figure(found, 'without-seller')?.figure.value).toBe(1);
    expect(figure(found, 'seller-smile-index')?.figure.value).toBeCloseTo((7 * 15) / (9 * 60), 6);
  });

  it('shows hours of the site, and hides one of fewer than k contacts', () => {
    const rows = found.table?.rows.map(({ label, figures }) => [label.ru, figures[0]?.basis, figures[0]?.figure.value]);
    expect(rows).toEqual([
      ['09:00–10:00', 7, 1],
      ['10:00–11:00', null, null],
    ]);
  });

  it.each([
    [30, 0, 'yes'],
    [0, 30, 'no'],
    [6, 6, 'unproven'],
    [4, 4, 'too-few'],
  ])('with %i smiles and %i without: %s', (smiles, without, verdict) => {
    const mixed = [...contactsAt(NINE, 1, true, false), ...contactsAt(NINE, 1, false, false)];
    const [yes, no] = mixed;
    const many = [...Array.from({ length: smiles }, () => yes), ...Array.from({ length: without }, () => no)];
    const spread = many.flatMap((one, i) =>
      one === undefined ? [] : { ...one, startTs: one.startTs + (i % 6) * 86_400_000 },
    );
    expect(answer('sellers-smile', { contacts: spread }).verdict).toBe(verdict);
    // All in one shift: its seller is seen, not ours.
    const together = answer('sellers-smile', { contacts: many.filter((one) => one !== undefined) });
    expect(together.judgement).toMatchObject({ code: 'too-few', test: 'student', n: smiles + without });
  });
});

describe('what customers pay attention to', () => {
  it('ranks displays by attention time and leaves sellers and passages out', () => {
    const found = answer(
      'attention',
      asked([
        ...visitors(6),
        ...visitors(4, { glances: 0, attentionMs: 0, longestLookMs: 0 }),
        ...visitors(8, { zoneId: 'screen', attentionMs: 9000, longestLookMs: 5000 }),
        ...visitors(50, { role: 'seller' }),
        ...visitors(50, { role: 'entrance', streamId: 'door' }),
      ]),
    );
    expect(found.table?.rows.map(({ key }) => key)).toEqual(['shelf/screen', 'shelf']);
    expect(found.answer.ru).toBe(
      'Больше всего смотрят на «Полка / screen»: 72,0\u00a0с внимания, посмотрели 8 из 8 посетителей, медиана взгляда 5,0\u00a0с.',
    );
    const [time, viewers, share, look] = found.table?.rows[1]?.figures ?? [];
    expect([time?.figure.value, viewers?.figure.value, share?.figure.value, look?.figure.value]).toEqual([
      24_000, 6, 0.6, 3000,
    ]);
  });

  it('takes every customer view where there is no display, and hides fewer than k', () => {
    const found = answer(
      'attention',
      asked([
        ...visitors(6, { role: 'exit', streamId: 'door' }),
        ...visitors(4, { role: 'customer', attentionMs: 1e6 }),
      ]),
    );
    expect(found.table?.rows.map(({ key, figures }) => [key, figures[0]?.basis])).toEqual([
      ['shelf', null],
      ['door', 6],
    ]);
    expect(found.answer.ru).toContain('«door»');
  });
});

describe('the average age', () => {
  it('is per visitor and gender, without minors and sellers', () => {
    const found = answer(
      'age',
      asked([
        ...visitors(6, { age: 30 }),
        ...visitors(6, { age: 50 }),
        ...visitors(8, { age: 24, gender: 0.1 }),
        ...visitors(5, { age: 10 }),
        ...visitors(5, { age: 60, role: 'seller' }),
        ...visitors(5, { age: null }),
        ...visitors(5, { gender: null, age: 90 }),
      ]),
    );
    expect(figure(found, 'mean-age-male')).toMatchObject({ basis: 12, figure: { value: 40 } });
    expect(figure(found, 'mean-age-female')).toMatchObject({ basis: 8, figure: { value: 24 } });
    expect(found.answer.ru).toMatch(/^Средний возраст женщин 24 .*мужчин 40 /);
  });

  it('hides a gender of fewer than k', () => {
    const found = answer('age', asked([...visitors(9), ...visitors(4, { gender: 0.1 })]));
    expect(figure(found, 'mean-age-female')).toMatchObject({ basis: null, figure: { value: null } });
    expect(found.answer.ru).toMatch(/^Средний возраст мужчин .*; женщин слишком мало\.$/);
    expect(found.answer.en).toMatch(/men .* years old on average; there are too few women\.$/);
  });
});

describe('exit over entrance', () => {
  const aggregates = (exitSmiles: number, entranceSmiles: number, people = 40) => {
    const params = { fromTs: 0, toTs: 1e9, threshold: 20, smileIndex: 'face' } as const;
    const accumulator = new Me1Accumulator(params, localTime, 60_000);
    for (const [role, smiles] of [
      ['exit', exitSmiles],
      ['entrance', entranceSmiles],
    ] as const)
      for (let person = 0; person < people; person += 1)
        for (let i = 0; i < 10 + (person % 5); i += 1) {
          const emotions = scores(person < smiles ? { happiness: 80 } : {});
          const one = face({ trackId: `${role}${person}`, role, emotions });
          accumulator.add(frame(person * 10_000 + i * 200, [one], role), { id: role, role, zones: [] });
        }
    return accumulator.aggregates();
  };

  it.each([
    [30, 10, 'yes', 'Выше'],
    [10, 30, 'no', 'Ниже'],
    [21, 19, 'unproven', 'Различие не доказано'],
  ] as const)('%i of 40 smile at the exit, %i at the entrance: %s', (exit, entrance, verdict, words) => {
    const found = answer('exit-over-entrance', { aggregates: aggregates(exit, entrance) });
    expect(found.verdict).toBe(verdict);
    expect(found.answer.ru.startsWith(`${words}: на выходе улыбнулись `)).toBe(true);
    expect(found.figures).toHaveLength(6);
    expect(found.judgement).toMatchObject({ test: 'welch', n: 40, against: 40, short: null });
  });

  it('gives no verdict on fewer than ten a side', () => {
    const found = answer('exit-over-entrance', { aggregates: aggregates(7, 0, 7) });
    expect(found).toMatchObject({ verdict: 'too-few', judgement: { short: { unit: 'visitors', has: 7, needs: 10 } } });
    expect(found.answer.ru).toMatch(/^Мало посетителей для вывода \(7 из 10\): /);
    expect(found.answer.en).toMatch(/^Too few visitors for a verdict \(7 of 10\): /);
  });

  it('has no answer with one side only', () => {
    const [exit] = aggregates(10, 10);
    expect(answer('exit-over-entrance', { aggregates: exit === undefined ? [] : [exit] })).toMatchObject({
      verdict: null,
      figures: [],
    });
  });
});

describe('do customers smile back', () => {
  it('rests on the net response, with the Happy-Index, the latency and each point beside it', () => {
    const already = contactsOf({
      lengthMs: 12_000,
      startTs: NINE - 60_000,
      seller: smiling(3000, 6000),
      customer: smiling(0, 12_000),
    }).map(countedContact);
    const contacts = [...already, ...contactsAt(NINE, 8, true, true), ...contactsAt(NINE + 7_200_000, 2, true, false)];
    const found = answer('smile-back', { contacts });
    expect(figure(found, 'happy-index')?.figure.value).toBeCloseTo(0.8, 12);
    expect(Math.abs((figure(found, 'median-latency')?.figure.value ?? NaN) - 800)).toBeLessThanOrEqual(100);
    expect(figure(found, 'net-response')).toMatchObject({ basis: 10, figure: { value: 0.8 } });
    expect(found.verdict).toBe('yes');
    expect(found.answer.ru).toMatch(
      /^Да: на улыбку продавца ответили улыбкой 8 из 10 покупателей; в другие минуты .*«ответили» бы 0\u00a0%, сверх случайного 80\u00a0% .*\. Уже улыбались 1, не ответили 2; Happy-Index 0,80 /,
    );
    expect(found.answer.en).toMatch(/^Yes: 8 of 10 customers answered .*\. 1 smiled already, 2 did not answer; /);
    expect(found.table?.rows.map(({ key }) => key)).toEqual(['till']);
  });

  const DAY = 86_400_000;
  const widthOf = (found: ReturnType<typeof answer>, key: string): number => {
    const { low, high } = figure(found, key)?.figure ?? { low: null, high: null };
    return (high ?? NaN) - (low ?? NaN);
  };
  /** The same contacts as if all were of one shift. */
  const together = (contacts: readonly CountedContact[]): CountedContact[] =>
    contacts.map((one) => ({ ...one, startTs: NINE }));

  it('gives the medians intervals, wider where shifts differ, and withholds them of fewer than k who answered', () => {
    const contacts = Array.from({ length: 6 }, (_, day) =>
      contactsAt(NINE + day * DAY, 6, true, true).map((one) => ({ ...one, latencyMs: 400 + 300 * day })),
    ).flat();
    const over = answer('smile-back', { contacts });
    const alone = answer('smile-back', { contacts: together(contacts) });
    expect(widthOf(over, 'median-latency')).toBeGreaterThan(widthOf(alone, 'median-latency'));
    expect(widthOf(alone, 'median-rise')).toBeGreaterThan(0);
    expect(figure(over, 'median-latency')).toMatchObject({ basis: 36, figure: { value: 1150 } });

    const few = [...contactsAt(NINE, 4, true, true), ...contactsAt(NINE + 7_200_000, 8, true, false)];
    const hidden = answer('smile-back', { contacts: few });
    expect(figure(hidden, 'median-latency')).toMatchObject({ basis: null, figure: { value: null, low: null } });
    expect(figure(hidden, 'median-rise')?.figure.low).not.toBeNull();
  });

  it('gives the share who answered the interval of its shifts and days', () => {
    const contacts = Array.from({ length: 8 }, (_, day) => contactsAt(NINE + day * DAY, 8, true, day % 2 === 0)).flat();
    const [over, alone] = [contacts, together(contacts)].map((own) => answer('smile-back', { contacts: own }));
    if (over === undefined || alone === undefined) throw new Error('no answer');
    expect(widthOf(over, 'happy-share')).toBeGreaterThan(1.5 * widthOf(alone, 'happy-share'));
  });

  it('proves nothing from nine customers, nor where they smile as much at other moments', () => {
    expect(answer('smile-back', { contacts: contactsAt(NINE, 9, true, true) })).toMatchObject({
      verdict: 'too-few',
      judgement: { code: 'too-few', test: 'student', short: { unit: 'contacts', has: 9, needs: 10 } },
    });
    const lively = simulateContacts({ seed: 3, contacts: 60, lengthMs: 60_000, liveliness: 12 });
    const found = answer('smile-back', { contacts: lively.map(countedContact) });
    expect(figure(found, 'happy-share')?.figure.value).toBeGreaterThan(0.25);
    expect(found.verdict).toBe('unproven');
    expect(found.answer.ru).toMatch(/^Не доказано: /);
  });
});

describe('words', () => {
  it.each([
    [0.625, 'share', '63\u00a0%', '63%'],
    [-0.004, 'index', '0,00', '0.00'],
    [-0.25, 'index', '−0,25', '−0.25'],
    [1234, 'ms', '1,2\u00a0с', '1.2\u00a0s'],
    [null, 'years', '–', '–'],
  ] as const)('%s as %s', (value, unit, ru, en) => {
    expect(valueText(value, unit)).toEqual({ ru, en });
  });

  it('puts the interval beside the value', () => {
    expect(figureText({ value: 0.5, low: 0.25, high: 0.75 }, 'share').en).toBe('50% (95% interval 25…75%)');
  });

  it.each([
    [1, 'а'],
    [22, 'б'],
    [12, 'в'],
    [111, 'в'],
    [0, 'в'],
  ])('%i takes %s', (count, form) => {
    expect(plural(count, 'а', 'б', 'в')).toBe(form);
  });
});
