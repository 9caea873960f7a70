import type { Bilingual } from '../../contracts/bilingual.js';
import { FACE_SIZE_STEPS_PX, type Cell, type Covered } from '../../contracts/cell.js';
import type { Me1Params } from '../../contracts/me1.js';
import type { Language } from '../../contracts/language.js';
import { formatMoment } from '../../time/format-time.js';
import type { Clock } from '../../runtime/clock.js';
import type { Period } from '../../contracts/period.js';
import type { CellSources } from '../released/released.js';
import { MINUTE_MS } from '../../time/units.js';

/** A part of the period shorter than this at its ends is not worth a word. */
const SHORT_MS = MINUTE_MS;

/**
 * Which period is really answered, in words: the report is made of whole intervals with at least k visitors each, and
 * what came last follows later.
 */
export const coveredNotes = (
  { config, localTime }: Pick<CellSources, 'config' | 'localTime'>,
  { fromTs, toTs, role }: Period & Pick<Me1Params, 'role'>,
  covered: readonly Covered[],
  now: ReturnType<Clock['now']>,
): Bilingual[] => {
  const { streams, privacy } = config();
  const k = privacy.kAnonymity;
  // What is known of sellers alone says nothing of visitors.
  if (!covered.some((one) => one.role === role || one.role !== 'seller')) {
    return [
      {
        ru: `За этот период ещё нет ни одного промежутка не менее чем с ${k} посетителями: показатели появятся, когда он наберётся.`,
        en: `The period holds no interval with at least ${k} visitors yet: figures appear when one is complete.`,
      },
    ];
  }
  const bounds = new Map<string, { fromTs: number; toTs: number }>();
  for (const one of covered) {
    const known = bounds.get(one.streamId) ?? { fromTs: Infinity, toTs: -Infinity };
    bounds.set(one.streamId, {
      fromTs: Math.min(known.fromTs, one.fromTs),
      toTs: Math.max(known.toTs, one.toTs),
    });
  }
  const isShort = [...bounds.values()].every(
    (own) => own.fromTs - fromTs < SHORT_MS && Math.min(toTs, now) - own.toTs < SHORT_MS,
  );
  if (isShort) return [];
  const nameOf = (id: string): string => streams.find((stream) => stream.id === id)?.name ?? id;
  const list = (language: Language): string =>
    [...bounds]
      .map(([id, own]) => {
        const [from, to] = [own.fromTs, own.toTs].map((ts) => formatMoment(ts, localTime, language));
        return `${nameOf(id)} ${from} – ${to}`;
      })
      .join('; ');
  const lastTs = Math.min(toTs, now);
  const later = Math.round((lastTs - Math.min(...[...bounds.values()].map((own) => own.toTs))) / MINUTE_MS);
  const isNow = toTs >= now - MINUTE_MS && later > 0;
  return [
    {
      ru:
        `Показатели составлены из целых промежутков не менее чем по ${k} посетителей: ${list('ru')}.` +
        (isNow ? ` Последние ${later} мин войдут позже.` : ''),
      en:
        `Figures are made of whole intervals with at least ${k} visitors each: ${list('en')}.` +
        (isNow ? ` The last ${later} min follow later.` : ''),
    },
  ];
};

const STEPS = FACE_SIZE_STEPS_PX.join(', ');

/** By which size of faces is answered in place of the asked one, and that a zone cannot be asked by size. */
export const sizeNotes = (
  asked: Pick<Me1Params, 'minFacePx' | 'zoneId'>,
  answered: Pick<Me1Params, 'minFacePx'>,
): Bilingual[] => {
  const { minFacePx = 0 } = answered;
  if (minFacePx === 0) return [];
  if (asked.zoneId !== undefined) {
    return [
      {
        ru: 'О зоне и размере лица сразу не отвечают: спросите о чём-то одном.',
        en: 'A zone and a size of faces at once are not answered: ask for one of them.',
      },
    ];
  }
  const instead =
    asked.minFacePx === minFacePx
      ? { ru: '', en: '' }
      : {
          ru: ` вместо ${String(asked.minFacePx)} (есть ступени ${STEPS})`,
          en: ` in place of ${String(asked.minFacePx)} (the steps are ${STEPS})`,
        };
  return [
    {
      ru: `Лица не меньше ${minFacePx} пикселей${instead.ru}. Вошли только промежутки, где таких лиц и лиц меньше — ни у кого или не менее чем у k посетителей; пол и возраст по размеру лиц не показывают. Кадры с лицами и заполненность — с лицами любого размера, поэтому Smile-Index «улыбок на кадр» не показывают.`,
      en: `Faces of at least ${minFacePx} pixels${instead.en}. Only intervals are in it in which such faces, and smaller ones, are nobody's or at least k visitors'; gender and age are not shown by size. Frames with faces and utilization are those of faces of any size, so the Smile-Index by frames is not shown.`,
    },
  ];
};

/** The same of contact points: their figures are made of whole shifts, or of several where few contacts came. */
export const pointNotes = (
  { config, localTime }: Pick<CellSources, 'config' | 'localTime'>,
  cells: readonly Cell[],
): Bilingual[] => {
  const k = config().privacy.kAnonymity;
  const lastTs = cells.reduce((last, { toTs }) => Math.max(last, toTs), -Infinity);
  if (lastTs === -Infinity) {
    return [
      {
        ru: `За этот период ещё нет ни одной смены не менее чем с ${k} контактами: показатели точек появятся, когда она закончится.`,
        en: `The period holds no shift with at least ${k} contacts yet: figures of the points appear when one is over.`,
      },
    ];
  }
  const words = (language: Language): string => formatMoment(lastTs, localTime, language);
  return [
    {
      ru: `Показатели точек составлены из целых смен не менее чем по ${k} контактов, по ${words('ru')}; отдельные контакты видны в течение смены тем, кому показывают лица.`,
      en: `Figures of the points are made of whole shifts with at least ${k} contacts each, up to ${words('en')}; single contacts are shown within the shift to those who may see faces.`,
    },
  ];
};
