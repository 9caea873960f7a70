import { configSchema } from '../../src/config/schema.js';
import type { Contact } from '../../src/contracts/contact.js';
import { ContactDetector } from '../../src/metrics/contact/detector.js';
import { seededRandom } from '../../src/metrics/statistics/random.js';
import { framesOf, passingScene, type Stay } from './passing-scene.js';
import { worded } from '../../src/reporting/contacts/reason-words.js';

export interface PassingRates {
  readonly cameras: 1 | 2;
  /** Walks of sellers through the customers' view that last long enough to be a contact, and those counted as one. */
  readonly passes: number;
  readonly counted: number;
  /** Customers who stay long enough, and those of them without any contact. */
  readonly customers: number;
  readonly lost: number;
}

const { metrics } = configSchema.parse({});

const overlaps = ({ startTs, endTs }: Contact, { fromMs, toMs }: Stay): boolean =>
  Math.min(endTs, toMs) - Math.max(startTs, fromMs) >= 1000;

/** How often sellers who pass are taken for customers, and customers for sellers, over some hours of a point. */
export const passingRates = (cameras: 1 | 2, hours: number, seed: number): PassingRates => {
  const random = seededRandom(seed);
  const scene = passingScene(random, hours * 3_600_000, cameras === 1);
  const point =
    cameras === 1 ? { seller: 'cam/till', customer: 'cam' } : { seller: 'seller-cam', customer: 'customer-cam' };
  let next = 0;
  const deps = { newId: () => String((next += 1)), maxLagMs: 12_000 };
  const detector = new ContactDetector({ id: 'till', ...point }, metrics, deps);
  const contacts: Contact[] = [];
  for (const result of framesOf(random, scene))
    for (const change of detector.push(result)) if (change.kind === 'end') contacts.push(worded(change.contact));
  const long = scene.stays.filter(({ view, fromMs, toMs }) => view === 'customer' && toMs - fromMs >= 4000);
  const customers = long.filter(({ kind }) => kind === 'customer');
  // Where a customer stands as well, whose contact it is cannot be told from outside.
  const passes = long.filter(
    (stay) =>
      stay.kind === 'passing' &&
      !customers.some(({ fromMs, toMs }) => fromMs < stay.toMs + 3000 && toMs > stay.fromMs - 3000),
  );
  return {
    cameras,
    passes: passes.length,
    counted: passes.filter((stay) => contacts.some((contact) => overlaps(contact, stay))).length,
    customers: customers.length,
    lost: customers.filter((stay) => !contacts.some((contact) => overlaps(contact, stay))).length,
  };
};
