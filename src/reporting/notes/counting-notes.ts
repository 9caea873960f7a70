import type { Bilingual } from '../../contracts/bilingual.js';
import type { Role } from '../../contracts/role.js';
import { LONG_STAY_MS } from '../../metrics/faces/visitors/long-stays.js';
import type { CountingRow, PortraitReader } from '../../store/ports/portrait-reader.js';
import type { RowFilter } from '../../store/ports/row-filter.js';
import { both } from '../../report/figure-text.js';
import { formatNumber } from '../../report/number-format.js';
import { MINUTE_MS } from '../../time/units.js';

type Named = readonly { readonly id: string; readonly name: string }[];

const MINUTES = LONG_STAY_MS / MINUTE_MS;

/** «Вход»: 12, … of the streams whose number is not 0, or null when all are. */
const listed = (
  rows: readonly CountingRow[],
  streams: Named,
  numberOf: (row: CountingRow) => number,
  say: (number: string, row: CountingRow) => Bilingual,
): Bilingual | null => {
  const sums = new Map<string, CountingRow>();
  for (const row of rows) {
    const known = sums.get(row.streamId);
    if (known === undefined || numberOf(row) > numberOf(known)) sums.set(row.streamId, row);
  }
  const some = [...sums.values()].filter((row) => numberOf(row) > 0);
  if (some.length === 0) return null;
  const list = (language: 'ru' | 'en'): string =>
    some
      .map((row) => {
        const name = streams.find(({ id }) => id === row.streamId)?.name ?? row.streamId;
        const quoted = language === 'ru' ? `«${name}»` : `“${name}”`;
        return `${quoted}: ${say(formatNumber(numberOf(row), 0, language), row)[language]}`;
      })
      .join('; ');
  return both(list);
};

/** A number of people that stands for fewer than k only as that; beyond, it is told in steps of k, so that no difference is below. */
const stayWords = (count: number, k: number): Bilingual => {
  if (k <= 1) return { ru: String(count), en: String(count) };
  if (count < k) return { ru: `меньше ${k}`, en: `fewer than ${k}` };
  const least = Math.floor(count / k) * k;
  return { ru: `не меньше ${least}`, en: `at least ${least}` };
};

/** What a reader must know of who was counted: faces that do not live, people who stay, minutes too slow to follow anyone. */
const notesOf = (rows: readonly CountingRow[], streams: Named, k: number): Bilingual[] => {
  const notes: Bilingual[] = [];
  const still = listed(
    rows,
    streams,
    ({ stillFaces }) => stillFaces,
    (n) => ({ ru: `${n} отметок`, en: `${n} samples` }),
  );
  if (still !== null) {
    notes.push({
      ru: `Неживые лица (плакат, упаковка, экран) не вошли ни в один показатель. ${still.ru}.`,
      en: `Faces that do not live (poster, packaging, screen) are left out of every figure. ${still.en}.`,
    });
  }
  const stays = listed(
    rows,
    streams,
    ({ longStays }) => longStays,
    (_n, { longStays }) => stayWords(longStays, k),
  );
  if (stays !== null) {
    notes.push({
      ru: `Постоянно в кадре (дольше ${MINUTES} минут), к посетителям не отнесены. ${stays.ru}.`,
      en: `Always in view (longer than ${MINUTES} minutes), not counted as visitors. ${stays.en}.`,
    });
  }
  const slow = listed(
    rows,
    streams,
    ({ slowMinutes }) => slowMinutes,
    (n, { minutes }) => ({
      ru: `${n} из ${formatNumber(minutes, 0, 'ru')} минут`,
      en: `${n} of ${formatNumber(minutes, 0, 'en')} minutes`,
    }),
  );
  if (slow !== null) {
    notes.push({
      ru: `Кадров было слишком мало, чтобы следить за людьми: одного человека могли сосчитать несколько раз. ${slow.ru}.`,
      en: `Frames were too few to follow people: one person may have been counted several times. ${slow.en}.`,
    });
  }
  return notes;
};

/** Said wherever visitors of several cameras are added. */
export const SEVERAL_CAMERAS: Bilingual = {
  ru: 'Посетители нескольких камер сложены: один человек у двух камер считается дважды.',
  en: 'Visitors of several cameras are added: one person before two cameras counts twice.',
};

/**
 * The notes on who was counted in a period, `k`: where small groups are guarded (else 1); `several` where the report adds
 * the visitors of all its streams.
 */
export const countingNotes = async (
  store: Pick<PortraitReader, 'counting'>,
  filter: RowFilter & { readonly roles?: readonly Role[] },
  streams: Named,
  { several, k }: { readonly several: boolean; readonly k: number },
): Promise<Bilingual[]> => {
  const rows = await store.counting({ ...filter, longStayMs: LONG_STAY_MS });
  const cameras = new Set(rows.filter(({ role }) => role !== 'seller').map(({ streamId }) => streamId));
  return [...notesOf(rows, streams, k), ...(several && cameras.size > 1 ? [SEVERAL_CAMERAS] : [])];
};
