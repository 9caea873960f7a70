import { describe, expect, it } from 'vitest';
import { durationWords } from '../../../src/reporting/privacy/duration-words.js';
import { noticeText, type NoticeInput } from '../../../src/reporting/privacy/notice-text.js';
import { renderNotice } from '../../../src/reporting/privacy/render-notice.js';
import { hasPoppler, pdfPages, pdfText } from '../report/tools.js';

const input: NoticeInput = {
  siteName: 'Магазин «Ромашка»',
  operator: 'ООО «Ромашка»',
  contact: 'privacy@example.org',
  jurisdiction: 'ru',
  sellerAnalytics: 'aggregate',
  retention: { samples: '30d', rollups: '5y' },
  kAnonymity: 5,
  generatedTs: Date.UTC(2026, 10, 8),
};
const whole = (given: NoticeInput, lang: 'ru' | 'en'): string => JSON.stringify(noticeText(given, lang));

describe('the notice for the door', () => {
  it('names who answers, for what, how long, and the rights', () => {
    const text = whole(input, 'ru');
    for (const words of [
      'ООО «Ромашка»',
      'privacy@example.org',
      '30 дней',
      '5 лет',
      'Зачем',
      'Роскомнадзор',
      '152-ФЗ',
      'видимое выражение',
    ])
      expect(text.toLowerCase()).toContain(words.toLowerCase());
  });

  it('in the European Union names the systems as the AI Act does, the article, and the supervisory authority', () => {
    const eu = whole({ ...input, jurisdiction: 'eu', sellerAnalytics: 'off' }, 'en');
    for (const words of [
      'emotion recognition system',
      'biometric categorisation',
      'Article 50(3)',
      '2024/1689',
      'supervisory authority',
      'erasure',
      'No figures about staff',
    ])
      expect(eu).toContain(words);
    expect(whole(input, 'en')).not.toContain('50(3)');
  });

  it('leaves a line to fill in where the configuration names nobody', () => {
    expect(whole({ ...input, operator: '', contact: ' \u202e ' }, 'ru').match(/_{20}/g)?.length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it.each(['ru', 'eu', 'other'] as const)(
    'for %s speaks of expression, not of feelings, in both languages',
    (jurisdiction) => {
      expect(whole({ ...input, jurisdiction }, 'ru')).toContain('а не чувств человека');
      expect(whole({ ...input, jurisdiction }, 'en')).toContain('not what a person feels');
    },
  );

  it('as HTML runs nothing, loads nothing, escapes what people typed', async () => {
    const html = String((await renderNotice({ ...input, operator: '<b onclick=x>"A" & Co</b>' }, 'html', 'ru')).body);
    expect(html).toContain('&lt;b onclick=x&gt;&quot;A&quot; &amp; Co&lt;/b&gt;');
    expect(html).not.toMatch(/<script|\sstyle=|https?:|<b\b/);
  });

  it.skipIf(!hasPoppler).each(['ru', 'eu', 'other'] as const)('as PDF fits one page for %s', async (jurisdiction) => {
    for (const lang of ['ru', 'en'] as const) {
      const { body } = await renderNotice(
        { ...input, jurisdiction, operator: 'Очень длинное название '.repeat(8) },
        'pdf',
        lang,
      );
      expect(pdfPages(body)).toBe(1);
      expect(pdfText(body)).toContain('privacy@example.org');
    }
  });
});

it.each([
  ['1d', '1 день', '1 day'],
  ['2d', '2 дня', '2 days'],
  ['5y', '5 лет', '5 years'],
  ['11d', '11 дней', '11 days'],
  ['21d', '21 день', '21 days'],
  ['112h', '112 часов', '112 hours'],
  ['forever', 'forever', 'forever'],
])('%s in words', (duration, ru, en) => {
  expect(durationWords(duration, 'ru')).toBe(ru);
  expect(durationWords(duration, 'en')).toBe(en);
});
