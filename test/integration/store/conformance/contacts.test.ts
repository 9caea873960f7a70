import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedContact } from '../../../../src/metrics/contact/counted-contact.js';
import { VERDICTS, type Burst, type Contact } from '../../../../src/contracts/contact.js';
import { seeded } from '../../../fixtures/seeded.js';
import { contact } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
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

  describe('contacts', () => {
    it('pages contacts newest first and shows one with its curve and bursts', async () => {
      const store = await stores.memory();
      const many = Array.from({ length: 7 }, (_, n) =>
        contact({ id: `c${n}`, startTs: DAY + Math.floor(n / 2) * 1000, verdict: n % 2 === 0 ? 'happy' : 'unhappy' }),
      );
      store.append({ contacts: many });
      await store.flush();
      const period = { fromTs: DAY, toTs: DAY + 60_000 };
      const seen: string[] = [];
      let before: { startTs: number; id: string } | null = null;
      for (;;) {
        const page: Awaited<ReturnType<typeof store.contacts>> = await store.contacts({ ...period, before, limit: 3 });
        const last = page.at(-1);
        if (last === undefined) break;
        seen.push(...page.map(({ id }) => id));
        before = { startTs: last.startTs, id: last.id };
      }
      expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
      expect(await store.contacts({ ...period, verdict: 'unhappy', limit: 10 })).toHaveLength(3);
      expect(await store.contacts({ ...period, points: ['other'], limit: 10 })).toEqual([]);
      expect(await store.contact('c3')).toEqual(many[3]);
      expect(await store.contact('nobody')).toBeNull();
      expect((await store.contacts({ ...period, limit: 1, curves: false }))[0]?.curve).toEqual([]);
      const [totals] = await store.contactTotals(period);
      expect(totals).toMatchObject({
        contacts: 7,
        qualified: 7,
        happy: 4,
        unhappy: 3,
        positiveBursts: 7,
        contagious: 7,
      });
      expect(totals).toMatchObject({ already: 0, former: 0, netBasis: 7, netAnswered: 4, netByChance: 1.75 });
    });

    it('replaces a contact that comes again, bursts included', async () => {
      const store = await stores.memory();
      store.append({ contacts: [contact()] });
      await store.flush();
      store.append({ contacts: [contact({ verdict: 'indifferent', bursts: [] })] });
      await store.flush();
      expect(await store.contact('c1')).toMatchObject({ verdict: 'indifferent', bursts: [] });
      store.append({ contacts: [contact({ id: 'c2' }), contact({ id: 'c2', bursts: [] })] });
      await store.flush();
      expect(await store.contact('c2')).toMatchObject({ bursts: [] });
      expect(await store.contact('c1')).toMatchObject({ bursts: [] });
    });
  });
});
