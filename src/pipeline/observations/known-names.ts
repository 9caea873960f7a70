import type { Config } from '../../config/schema.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { ObservationInput } from '../../contracts/observation.js';

/** What facts may be about at this site. */
export interface KnownNames {
  readonly places: ReadonlySet<string>;
  readonly employees: ReadonlySet<string>;
  readonly factors: ReadonlySet<string>;
}

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

/** A camera is a place of its own, so that what is counted before it needs no place. */
export const knownNames = ({ places, streams, employees, factors }: Config): KnownNames => ({
  places: new Set([...idsOf(places), ...idsOf(streams)]),
  employees: new Set(idsOf(employees)),
  factors: new Set(idsOf(factors)),
});

const KINDS = {
  places: { ru: 'Нет места', en: 'No place is called' },
  employees: { ru: 'Нет сотрудника', en: 'No employee is called' },
  factors: { ru: 'Нет фактора', en: 'No factor is called' },
} as const;

const LONGEST_SHOWN = 80;

/** What a fact names that is not there; null where it names nothing of the kind. */
export const unknownName = (fact: ObservationInput, known: KnownNames): Bilingual | null => {
  const object = fact.kind === 'press' ? fact.object : undefined;
  const named: [keyof KnownNames, string][] = [
    ['places', fact.placeId],
    ...('employeeId' in fact && fact.employeeId !== undefined
      ? [['employees', fact.employeeId] as [keyof KnownNames, string]]
      : []),
    ...(object === undefined ? [] : [[`${object.kind}s`, object.id] as [keyof KnownNames, string]]),
  ];
  const missing = named.find(([kind, id]) => !known[kind].has(id));
  if (missing === undefined) return null;
  const [kind, id] = missing;
  const shown = id.slice(0, LONGEST_SHOWN);
  return { ru: `${KINDS[kind].ru} «${shown}».`, en: `${KINDS[kind].en} "${shown}".` };
};
