import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { countedContact } from '../../../src/metrics/contact/counted-contact.js';
import { VERDICTS, type Burst, type Contact } from '../../../src/contracts/contact.js';
import { seeded } from '../../fixtures/seeded.js';
import { contact } from '../../fixtures/store-rows.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const FROM = DAY;
const TO = DAY + 3_600_000;
const [SMILE] = contact().smiles;

const anyBurst = fc.record<Burst>({
  kind: fc.constantFrom('positive', 'negative'),
  startTs: fc.integer({ min: FROM, max: TO }),
  endTs: fc.constant(TO),
  rise: fc.integer({ min: 0, max: 100 }),
});
const maybe = (max: number) => fc.option(fc.integer({ min: 0, max }));

const anyContact = fc.record({
  at: fc.integer({ min: -60_000, max: TO - FROM + 60_000 }),
  pointId: fc.constantFrom('till-1', 'till-2', 'касса'),
  sellerPresent: fc.boolean(),
  qualified: fc.boolean(),
  verdict: fc.option(fc.constantFrom(...VERDICTS)),
  answerByChance: fc.option(fc.constantFrom(0, 0.25, 1)),
  peakVerdict: fc.option(fc.constantFrom('happy' as const, 'unhappy' as const, 'indifferent' as const)),
  riseOverBaseline: maybe(90),
  latencyMs: maybe(3000),
  crossLag: fc.option(fc.constantFrom({ r: 0.5, lagMs: 400, pValue: 0.01 }, { r: 0, lagMs: 0, pValue: 0 })),
  smiles: fc.array(fc.constantFrom(...(SMILE === undefined ? [] : [SMILE])), { maxLength: 3 }),
  bursts: fc.uniqueArray(anyBurst, { maxLength: 4, selector: ({ startTs, kind }) => `${kind} ${String(startTs)}` }),
  curve: fc.constantFrom([], contact().curve),
});

type Drawn = typeof anyContact extends fc.Arbitrary<infer D> ? D : never;

const contactsOf = (drawn: readonly Drawn[]): Contact[] =>
  drawn.map(({ at, ...fields }, index) =>
    contact({ ...fields, id: `c${String(index).padStart(3, '0')}`, startTs: FROM + at, endTs: FROM + at + 20_000 }),
  );

const inOrder = (contacts: readonly Contact[]): Contact[] =>
  contacts
    .filter(({ startTs }) => startTs >= FROM && startTs < TO)
    .sort((a, b) => a.startTs - b.startTs || a.id.localeCompare(b.id));

it('the store counts contacts as figures do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyContact, { maxLength: 60 }), fc.boolean(), async (drawn, curves) => {
      const contacts = contactsOf(drawn);
      const store = await stores.memory();
      store.append({ contacts });
      await store.flush();
      const expected = inOrder(contacts)
        .map(countedContact)
        .map((one) => (curves ? one : { ...one, curve: [] }));
      const period = { fromTs: FROM, toTs: TO, curves, limit: 1000 };
      expect(await store.countedContacts(period)).toEqual(expected);
      const one = expected.filter(({ pointId }) => pointId === 'касса');
      expect(await store.countedContacts({ ...period, points: ['касса'] })).toEqual(one);
      expect(await store.countedContacts({ ...period, limit: 3 })).toHaveLength(Math.min(3, expected.length));
      await stores.closeAll();
    }),
    seeded('counted contacts', 15),
  );
});
