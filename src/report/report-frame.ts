import type { Bilingual } from '../contracts/bilingual.js';
import type { Fact, ReportDocument } from './document.js';
import type { Language } from '../contracts/language.js';
import { printable } from './printable-text.js';
import { formatMoment, formatPeriod } from '../time/format-time.js';
import { LocalTime } from '../time/local-time.js';

/** What every report model has in common. */
export interface PeriodReport {
  readonly fromTs: number;
  readonly toTs: number;
  readonly timeZone: string;
  readonly generatedTs: number;
  readonly notes: readonly Bilingual[];
}

/** What every report says about what its figures are. */
export const EXPRESSION_NOTE: Bilingual = {
  ru: 'Показатели описывают видимое выражение лица, а не внутреннее состояние человека.',
  en: 'The figures describe the visible facial expression, not the inner state of a person.',
};

/** Title, period, zone, notes and time of generation of a report's document. */
export const reportFrame = (
  report: PeriodReport,
  title: Bilingual,
  lang: Language,
  facts: readonly Fact[] = [],
): Omit<ReportDocument, 'sections' | 'footnotes'> => {
  const zone = new LocalTime(report.timeZone);
  const period = formatPeriod(report.fromTs, report.toTs, zone, lang);
  const say = (ru: string, en: string): string => (lang === 'ru' ? ru : en);
  return {
    lang,
    timeZone: zone.timeZone,
    generatedTs: report.generatedTs,
    title: title[lang],
    subtitle: period,
    facts: [
      { label: say('Период', 'Period'), value: period },
      { label: say('Часовой пояс', 'Time zone'), value: zone.timeZone },
      ...facts,
      { label: say('Сформирован', 'Generated'), value: formatMoment(report.generatedTs, zone, lang) },
    ],
    notes: report.notes.map((note) => printable(note[lang])),
  };
};
