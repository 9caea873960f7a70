import type { RegistersPort, Register } from '../../api/registers/registers-port.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { RunningConfig } from '../configuration/running-config.js';
import { attempt } from './attempt.js';

const TAKEN: Readonly<Record<Register, (id: string) => Bilingual>> = {
  places: (id) => ({
    ru: `Место «${id}» уже есть; оно не изменено.`,
    en: `A place called "${id}" exists already; it is as it was.`,
  }),
  factors: (id) => ({
    ru: `Фактор «${id}» уже есть; он не изменён.`,
    en: `A factor called "${id}" exists already; it is as it was.`,
  }),
  employees: (id) => ({
    ru: `Сотрудник «${id}» уже есть; запись не изменена.`,
    en: `An employee called "${id}" exists already; the entry is as it was.`,
  }),
};

const MISSING: Readonly<Record<Register, (id: string) => Bilingual>> = {
  places: (id) => ({ ru: `Места «${id}» нет.`, en: `No place is called "${id}".` }),
  factors: (id) => ({ ru: `Фактора «${id}» нет.`, en: `No factor is called "${id}".` }),
  employees: (id) => ({ ru: `Сотрудника «${id}» нет.`, en: `No employee is called "${id}".` }),
};

/** Places, factors and employees as the API sees them. */
export const createRegistersPort = (running: RunningConfig): RegistersPort => {
  const listed = (register: Register): readonly { readonly id: string }[] => running.current[register];
  return {
    list: (register) => running.current[register] as never,
    add: (register, item) =>
      attempt(() => {
        if (listed(register).some(({ id }) => id === item.id))
          throw new EmoscopeError('EXISTS', TAKEN[register](item.id));
        running.change({ [register]: [...listed(register), item] });
      }),
    put: (register, item) =>
      attempt(() => {
        const before = listed(register);
        const known = before.some(({ id }) => id === item.id);
        running.change({
          [register]: known ? before.map((one) => (one.id === item.id ? item : one)) : [...before, item],
        });
      }),
    remove: (register, id) =>
      attempt(() => {
        const others = listed(register).filter((item) => item.id !== id);
        if (others.length === listed(register).length) throw new EmoscopeError('NOT_FOUND', MISSING[register](id));
        running.change({ [register]: others });
      }),
  };
};
