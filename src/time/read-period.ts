import { EmoscopeError } from '../runtime/errors.js';
import type { Language } from '../contracts/language.js';
import type { Period } from '../contracts/period.js';
import { formatMoment } from './format-time.js';
import { LocalTime } from './local-time.js';
import { monthLength, readDay, readMoment } from './read-moment.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './units.js';

/** What a person may say about a period: `last`, `day`, or `from` with or without `to`. */
export interface PeriodInput {
  /** Moment: 2026-11-01, 2026-11-01T09:30, ISO with an offset, 01.11.2026, today, yesterday, now, or epoch ms. */
  readonly from?: string;
  /** Moment, not included; default: now. */
  readonly to?: string;
  /** 15m, 24h, 7d, 2w, 1y up to now. */
  readonly last?: string;
  /** One calendar day: a date, today or yesterday. */
  readonly day?: string;
}

export interface PeriodContext {
  /** Epoch ms UTC. */
  readonly now: number;
  /** IANA name or `auto`. */
  readonly timeZone: string;
  /** Of the error messages; default en. */
  readonly lang?: Language;
}

interface Reader extends PeriodContext {
  readonly zone: LocalTime;
  readonly say: (ru: string, en: string) => string;
}

/** Reads a period in the site's local time; throws PERIOD_INVALID saying what was understood and what was not. */
export const parsePeriod = (input: PeriodInput, context: PeriodContext): Period => {
  const zone = new LocalTime(context.timeZone);
  const reader: Reader = { ...context, zone, say: (ru, en) => (context.lang === 'ru' ? ru : en) };
  const given = (['from', 'to', 'last', 'day'] as const).filter((key) => input[key] !== undefined);
  const { from, to, last, day } = input;
  if (last !== undefined && given.length === 1) return parseLast(last, reader);
  if (day !== undefined && given.length === 1) return parseDay(day, reader);
  if (from === undefined || last !== undefined || day !== undefined) throw unclear(given, reader);
  const fromTs = parseMoment('from', from, reader);
  const toTs = to === undefined ? context.now : parseMoment('to', to, reader);
  return checked({ fromTs, toTs }, to === undefined, reader);
};

const invalid = (message: string, details: Record<string, unknown> = {}): EmoscopeError =>
  new EmoscopeError('PERIOD_INVALID', message, { details });

const unclear = (given: readonly string[], { say }: Reader): EmoscopeError =>
  given.length === 0
    ? invalid(
        say(
          'Период не задан: укажите from (и to), last или day.',
          'No period is given: say from (and to), last, or day.',
        ),
      )
    : invalid(
        say(
          `Период задан как ${given.join(' и ')}: нужно from с to или без, либо last, либо day.`,
          `The period is given as ${given.join(' and ')}: expected from with or without to, or last, or day.`,
        ),
        { given },
      );

const checked = (period: Period, open: boolean, { zone, lang = 'en', say }: Reader): Period => {
  const from = formatMoment(period.fromTs, zone, lang);
  const to = formatMoment(period.toTs, zone, lang) + (open ? say(' (сейчас)', ' (now)') : '');
  const understood = say(
    `понято: с ${from} по ${to}, ${zone.timeZone}`,
    `understood: from ${from} to ${to}, ${zone.timeZone}`,
  );
  if (period.fromTs > period.toTs)
    throw invalid(say(`Период перевёрнут (${understood}).`, `The period is reversed (${understood}).`), { ...period });
  if (period.fromTs === period.toTs)
    throw invalid(
      say(
        `Период пуст (${understood}); конец в период не входит.`,
        `The period is empty (${understood}); its end is not part of it.`,
      ),
      { ...period },
    );
  return period;
};

const LAST = /^(\d{1,6})\s*(s|m|h|d|w|y|с|мин|ч|д|н|г)$/iu;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  с: SECOND_MS,
  m: MINUTE_MS,
  мин: MINUTE_MS,
  h: HOUR_MS,
  ч: HOUR_MS,
};
/** Calendar units keep the wall clock, so `7d` spans a change of the clock right. */
const UNIT_DAYS: Readonly<Record<string, number>> = { d: 1, д: 1, w: 7, н: 7 };

const parseLast = (text: string, reader: Reader): Period => {
  const { now, zone, say } = reader;
  const [, digits = '', unit = ''] = LAST.exec(text.trim()) ?? [];
  const count = Number(digits);
  const key = unit.toLowerCase();
  if (unit === '')
    throw invalid(
      say(
        `last «${text}» не понято: ожидалось, например, 15m, 24h, 7d, 2w или 1y.`,
        `last "${text}" is not understood: expected for example 15m, 24h, 7d, 2w or 1y.`,
      ),
    );
  const ms = UNIT_MS[key];
  const days = UNIT_DAYS[key];
  let fromTs: number;
  if (ms !== undefined) fromTs = now - count * ms;
  else if (days !== undefined) fromTs = zone.addDays(now, -count * days);
  else fromTs = yearsBefore(now, count, zone);
  if (!(fromTs >= 0))
    throw invalid(say(`last «${text}» начинается раньше 1970 года.`, `last "${text}" begins before the year 1970.`));
  return checked({ fromTs, toTs: now }, true, reader);
};

const yearsBefore = (now: number, years: number, zone: LocalTime): number => {
  const wall = zone.wall(now);
  const year = wall.year - years;
  return year < 1970
    ? Number.NaN
    : zone.toTs({ ...wall, year, day: Math.min(wall.day, monthLength(year, wall.month)) });
};

const parseDay = (text: string, reader: Reader): Period => {
  const { zone, say } = reader;
  const start = readDay(text.trim(), reader);
  if (start === null)
    throw invalid(
      say(
        `day «${text}» не понято: ожидалась дата (2026-11-02), today или yesterday.`,
        `day "${text}" is not understood: expected a date (2026-11-02), today or yesterday.`,
      ),
    );
  return { fromTs: start, toTs: zone.startOfDay(start, 1) };
};

const parseMoment = (field: 'from' | 'to', text: string, reader: Reader): number => {
  const moment = readMoment(text.trim(), reader);
  if (moment !== null) return moment;
  throw invalid(
    reader.say(
      `${field} «${text}» не понято: ожидалась дата (2026-11-01), дата и время (2026-11-01T09:30), today, yesterday или now.`,
      `${field} "${text}" is not understood: expected a date (2026-11-01), a date and time (2026-11-01T09:30), today, yesterday or now.`,
    ),
    { [field]: text },
  );
};
