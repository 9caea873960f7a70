import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import {
  FEWEST_CHECKED_VISITORS,
  FEWEST_CHECKS,
  type SpotCheckError,
} from '../../contracts/figures/spot-check-schema.js';
import type { Language } from '../../contracts/language.js';
import { FIGURE_WORDS } from '../../contracts/words.js';
import { both, plural } from '../../report/figure-text.js';
import { formatInterval, formatNumber } from '../../report/number-format.js';
import { thresholdText } from '../me1/params-words.js';

const checks = (count: number, lang: Language): string => {
  const number = formatNumber(count, 0, lang);
  if (lang === 'en') return `${number} ${count === 1 ? 'check' : 'checks'}`;
  return `${number} ${plural(count, 'проверка', 'проверки', 'проверок')}`;
};

const visitors = (count: number, lang: Language): string => {
  const number = formatNumber(count, 0, lang);
  if (lang === 'en') return `${number} ${count === 1 ? 'visitor' : 'visitors'}`;
  return `${number} ${plural(count, 'посетитель', 'посетителя', 'посетителей')}`;
};

const percent = (lang: Language): string => (lang === 'ru' ? '\u00a0%' : '%');

/** «94 % (95 % интервал 88–100)», or «+2 п. п. (−5…9)». */
const detectionText = ({ value, low, high }: Figure, lang: Language): string => {
  const [shown, from, to] = [value, low, high].map((one) => (one === null ? null : 100 * one));
  const interval = formatInterval(from, to, 0, lang);
  const name = lang === 'ru' ? '95\u00a0% интервал' : '95% interval';
  return `${formatNumber(shown ?? null, 0, lang)}${percent(lang)} (${name} ${interval})`;
};

const pointsText = ({ value, low, high }: Figure, lang: Language): string => {
  const [shown, from, to] = [value, low, high].map((one) => (one === null ? null : 100 * one));
  const unit = lang === 'ru' ? 'п.\u00a0п.' : 'points';
  return `${formatNumber(shown ?? null, 0, lang, true)}\u00a0${unit} (${formatInterval(from, to, 0, lang)})`;
};

const found = (error: SpotCheckError, lang: Language): string => {
  const { detection, smileDifference, menDifference, threshold } = error;
  const at = threshold === null ? '' : thresholdText(threshold, lang);
  const smiles = smileDifference.value === null ? null : pointsText(smileDifference, lang);
  const men = menDifference.value === null ? null : pointsText(menDifference, lang);
  return lang === 'ru'
    ? [
        `камера сосчитала ${detectionText(detection, lang)} посетителей, сосчитанных человеком`,
        ...(smiles === null ? [] : [`доля улыбнувшихся (T = ${at}) у камеры ${smiles}`]),
        ...(men === null ? [] : [`доля мужчин ${men}`]),
      ].join('; ')
    : [
        `the camera counted ${detectionText(detection, lang)} of the visitors whom a person counted`,
        ...(smiles === null ? [] : [`its share of visitors who smiled (T = ${at}) is off by ${smiles}`]),
        ...(men === null ? [] : [`its share of men by ${men}`]),
      ].join('; ');
};

/** What is still to be counted before there is a figure: «нужны ещё 1 проверка и 6 посетителей». */
const wanted = ({ needs }: SpotCheckError, lang: Language): string => {
  const parts = [
    ...(needs.checks > 0 ? [checks(needs.checks, lang)] : []),
    ...(needs.visitors > 0 ? [visitors(needs.visitors, lang)] : []),
  ].join(lang === 'ru' ? ' и ' : ' and ');
  return lang === 'ru'
    ? `Погрешность показывают от ${FEWEST_CHECKS} проверок и ${FEWEST_CHECKED_VISITORS} посетителей; не хватает: ${parts}.`
    : `The error is shown from ${FEWEST_CHECKS} checks and ${FEWEST_CHECKED_VISITORS} visitors on; still missing: ${parts}.`;
};

const LATER: Bilingual = {
  ru: 'Человек сосчитал достаточно; погрешность появится, когда будут раскрыты промежутки, в которые попали проверки. Если этого не происходит, камера увидела в них слишком мало людей.',
  en: 'People have counted enough; the error appears when the intervals in which the checks lie are given out. Where that does not happen, the camera saw too few people in them.',
};

const more = ({ made, pooled }: SpotCheckError, lang: Language): string => {
  const rest = made.checks - pooled.checks;
  if (rest <= 0) return '';
  return lang === 'ru' ? ` Ещё не вошли: ${checks(rest, lang)}.` : ` Not in it yet: ${checks(rest, lang)}.`;
};

/** The measured error of the shop in a sentence, or what is still needed for one. */
export const spotCheckNote = (error: SpotCheckError): Bilingual =>
  both((lang) => {
    const isTold = error.detection.value !== null;
    const { checks: count, visitors: people } = isTold ? error.pooled : error.made;
    const head = `${FIGURE_WORDS.spotCheck[lang]}: ${checks(count, lang)}, ${visitors(people, lang)}`;
    if (isTold) return `${head}; ${found(error, lang)}.${more(error, lang)}`;
    const isMissing = error.needs.checks > 0 || error.needs.visitors > 0;
    return `${head}. ${isMissing ? wanted(error, lang) : LATER[lang]}`;
  });
