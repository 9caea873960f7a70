import type { Employee, Factor, Place } from '../../contracts/place.js';

/** What a site is made of, besides cameras and contact points. */
export interface Registers {
  readonly places: Place;
  readonly factors: Factor;
  readonly employees: Employee;
}

export const REGISTERS = ['places', 'factors', 'employees'] as const satisfies readonly (keyof Registers)[];
export type Register = (typeof REGISTERS)[number];

/** The registers of the site; what changes is written back into the configuration file before it applies. */
export interface RegistersPort {
  list<Name extends Register>(register: Name): readonly Registers[Name][];
  /** Throws EXISTS for an id that is taken, CONFIG_INVALID, CONFIG_WRITE; nothing is changed then. */
  add<Name extends Register>(register: Name, item: Registers[Name]): Promise<void>;
  /** Replaces what has this id, or adds it. */
  put<Name extends Register>(register: Name, item: Registers[Name]): Promise<void>;
  /** Throws NOT_FOUND. Facts that name it stay as they are. */
  remove(register: Register, id: string): Promise<void>;
}
