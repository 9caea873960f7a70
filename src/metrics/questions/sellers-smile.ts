import type { CountedContact } from '../../contracts/contact.js';
import type { Judgement } from '../../contracts/figures/figure-schema.js';
import { sellerSmileIndex, smiledShare, smiledSums, withSeller } from '../contact/seller-smiles.js';
import { shiftAndDay, type UnitsOf } from '../contact/units.js';
import { grouped } from '../../runtime/grouped.js';
import { differenceFrom } from '../statistics/difference.js';
import { FEWEST_PERIODS } from '../statistics/estimate.js';
import { judge } from '../statistics/judge.js';
import {
  answerCode,
  exact,
  found,
  foundFrom,
  type FoundRow,
  type QuestionsInput,
  type SellersSmileFinding,
} from './findings.js';

/** 1. Do our sellers smile at customers? */
export const sellersSmile = (input: QuestionsInput): SellersSmileFinding => {
  const { contacts, threshold, sellerAnalytics, kAnonymity, contactHours = 1 } = input;
  const head = { id: 'sellers-smile', verdict: null } as const;
  if (!sellerAnalytics) return { ...head, told: 'not-measured', figures: [], rows: null };
  const served = withSeller(contacts);
  if (served.length === 0) return { ...head, told: 'no-data', figures: [], rows: null };
  const unitsOf = shiftAndDay(input.localTime);
  const share = smiledShare(served, unitsOf);
  const index = sellerSmileIndex(served, threshold, unitsOf);
  const judgement = againstHalf(served, unitsOf);
  return {
    ...head,
    verdict: answerCode(judgement),
    judgement,
    told: {
      contacts: served.length,
      smiled: served.filter(({ sellerSmiles }) => sellerSmiles > 0).length,
      share,
      smileIndex: index,
      rowHours: contactHours,
    },
    figures: [
      found('smiled-share', share, served.length),
      found('seller-smile-index', index, served.length),
      found('without-seller', exact(contacts.length - served.length), contacts.length),
    ],
    rows: byHour(served, input).map(([hour, own]): FoundRow => ({
      key: String(hour),
      figures: [
        foundFrom(kAnonymity, 'smiled-share', smiledShare(own, unitsOf), own.length),
        foundFrom(kAnonymity, 'seller-smile-index', sellerSmileIndex(own, threshold, unitsOf), own.length),
      ],
    })),
  };
};

const byHour = (
  contacts: readonly CountedContact[],
  { localTime, contactHours = 1 }: QuestionsInput,
): [number, readonly CountedContact[]][] => {
  const hours = grouped(contacts, ({ startTs }) => Math.floor(localTime.hour(startTs) / contactHours) * contactHours);
  return [...hours].sort(([a], [b]) => a - b);
};

/** More, or fewer, than half of the contacts: of few shifts it is their sellers that are seen, not ours. */
const againstHalf = (served: readonly CountedContact[], unitsOf: UnitsOf<CountedContact>): Judgement => {
  const sums = smiledSums(served, unitsOf);
  const { figure, p } = differenceFrom(0.5, sums);
  const has = sums.periods[0]?.m ?? 0;
  return judge({
    test: 'student',
    n: served.length,
    against: null,
    unit: 'contacts',
    p,
    direction: figure.value ?? 0,
    short: has < FEWEST_PERIODS ? { unit: 'shifts', has, needs: FEWEST_PERIODS } : null,
  });
};
