import type { LocalTime } from '../../time/local-time.js';
import type { InventedVisit } from './invented-visit.js';
import { HOUR_MS } from '../../time/units.js';

/** Ids of the demo cameras that the week is told of. */
export interface DemoStreams {
  readonly entrance: string;
  readonly exit: string;
  readonly customer: string;
  readonly seller: string;
}

export const WEEK_DAYS = 7;
const OPENS = 9;
/** Visitors at the entrance per hour from nine o'clock: lunch and the end of work are busy, and so is Saturday. */
const CURVE = [8, 10, 13, 17, 18, 14, 12, 13, 17, 20, 16, 9] as const;
const SATURDAY = 6;
const WEEKEND = 1.35;
/** Share of the visitors who come to the till, and of those who are seen at the exit. */
const TO_THE_TILL = 0.5;
const SEEN_LEAVING = 0.9;
/** From the first to the last second of a contact at the till; before the next one nobody is there. */
const CONTACT_S = { least: 8, most: 12 } as const;
const AGES = [9, 16, 19, 23, 27, 31, 35, 38, 44, 47, 52, 58, 64, 71] as const;

const pick = <Item>(items: readonly [Item, ...Item[]], random: () => number): Item =>
  items[Math.floor(random() * items.length)] ?? items[0];

interface Place {
  readonly streamId: string;
  readonly role: InventedVisit['role'];
  readonly fromTs: number;
  readonly seconds: number;
}

/** Makes the visits of one day: the same day of the week is the same wherever and whenever it is made. */
class Day {
  private people = 0;

  constructor(
    private readonly name: string,
    private readonly random: () => number,
  ) {}

  visit(place: Place, smiles: InventedVisit['smiles'], rest: number): InventedVisit {
    this.people += 1;
    const trackId = `demo-${this.name}-${String(this.people)}`;
    return { ...place, trackId, age: pick(AGES, this.random), male: this.random() < 0.46, rest, smiles };
  }

  /** How happy a visitor's face is at rest: most hardly, some a good deal. */
  rest(lift: number): number {
    return 3 + lift + 22 * this.random() ** 3;
  }

  passing(streamId: string, role: 'entrance' | 'exit', fromTs: number, smiling: number): InventedVisit {
    const smiles = this.random() < smiling ? [{ fromMs: 700, toMs: 2700, rise: 35 + 40 * this.random() }] : [];
    return this.visit({ streamId, role, fromTs, seconds: 3 + 2 * this.random() }, smiles, this.rest(0));
  }

  /** Both sides of a contact: a seller who mostly smiles, and a customer who answers more often than not. */
  contact(streams: DemoStreams, fromTs: number): InventedVisit[] {
    const { random } = this;
    const seconds = CONTACT_S.least + (CONTACT_S.most - CONTACT_S.least) * random();
    const sellerSmiles = random() < 0.78;
    const answers = sellerSmiles ? random() < 0.52 : random() < 0.12;
    const smileMs = 3600 + 1200 * random();
    const answerMs = smileMs + 500 + 900 * random();
    const rise = 45 + 35 * random();
    return [
      this.visit(
        { streamId: streams.seller, role: 'seller', fromTs, seconds },
        sellerSmiles ? [{ fromMs: smileMs, toMs: smileMs + 2600, rise: 60 }] : [],
        6,
      ),
      this.visit(
        { streamId: streams.customer, role: 'customer', fromTs, seconds },
        answers ? [{ fromMs: answerMs, toMs: answerMs + 2400, rise }] : [],
        this.rest(1),
      ),
    ];
  }
}

/** The visits of one day up to `untilTs`, in order of their beginning. */
const dayOf = (midnightTs: number, weekday: number, streams: DemoStreams, random: () => number): InventedVisit[] => {
  const day = new Day(new Date(midnightTs).toISOString().slice(0, 10), random);
  const visits: InventedVisit[] = [];
  let tillFreeTs = 0;
  CURVE.forEach((perHour, index) => {
    const people = Math.round(perHour * (weekday >= SATURDAY ? WEEKEND : 1) * (0.85 + 0.3 * random()));
    const hourTs = midnightTs + (OPENS + index) * HOUR_MS;
    for (let person = 0; person < people; person += 1) {
      const inTs = hourTs + ((person + random() * 0.8) * HOUR_MS) / people;
      visits.push(day.passing(streams.entrance, 'entrance', inTs, 0.2));
      const tillTs = Math.max(inTs + 120_000 + 240_000 * random(), tillFreeTs);
      const pays = random() < TO_THE_TILL;
      if (pays) {
        visits.push(...day.contact(streams, tillTs));
        tillFreeTs = tillTs + 30_000;
      }
      const leaves = random() < SEEN_LEAVING;
      if (leaves) visits.push(day.passing(streams.exit, 'exit', tillTs + 40_000, pays ? 0.34 : 0.18));
    }
  });
  return visits;
};

/** Invented visits of the seven days up to `nowTs`, days of `localTime`; `randomOf` gives the numbers of a day of the week. */
export const inventedWeek = (
  nowTs: number,
  localTime: LocalTime,
  streams: DemoStreams,
  randomOf: (weekday: number) => () => number,
): InventedVisit[] => {
  const visits: InventedVisit[] = [];
  for (let back = WEEK_DAYS; back >= 0; back -= 1) {
    const midnightTs = localTime.startOfDay(nowTs, -back);
    const weekday = new Date(midnightTs + 12 * HOUR_MS).getUTCDay() || 7;
    visits.push(...dayOf(midnightTs, weekday, streams, randomOf(weekday)));
  }
  const ended = visits.filter(({ fromTs, seconds }) => fromTs + seconds * 1000 < nowTs - 60_000);
  return ended.sort((a, b) => a.fromTs - b.fromTs);
};
