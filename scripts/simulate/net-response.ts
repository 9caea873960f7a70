import type { Contact } from '../../src/contracts/contact.js';
import type { Figure } from '../../src/contracts/figure.js';
import { netResponse as netResponseOf } from '../../src/metrics/contact/judgement/net-response.js';
import { summarizePoint } from '../../src/metrics/contact/point-summary.js';
import { countedContact } from '../../src/metrics/contact/counted-contact.js';
import { simulateContacts, type SimulatedContacts } from './contacts.js';
import { coverageOf, SIZES, type Cell } from './coverage.js';
import { sampled } from './figures.js';
import type { Draws } from './simulation.js';

type Case = Omit<SimulatedContacts, 'seed' | 'contacts'> & { readonly name: string };

/** Contacts whose truth is known: how many answer beyond chance. */
export interface NetResponseCell {
  readonly case: string;
  readonly lengthMs: number;
  /** Customer's own smiles a minute. */
  readonly liveliness: number;
  /** Probability that the seller's smile is answered; 0: nobody is moved by it. */
  readonly contagion: number;
  readonly contacts: number;
  readonly qualified: number;
  /** The net response of all these contacts, and the literal reading beside it. */
  readonly netResponse: Figure;
  readonly literal: number | null;
  /** Share of the intervals of `n` of the contacts that hold the value of all. */
  readonly coverage: readonly Pick<Cell, 'n' | 'coverage'>[];
}

const LENGTHS_MS = [15_000, 60_000, 120_000];
const LIVELINESS = [0, 3, 12];
const MINUTE_MS = 60_000;

const usual = LENGTHS_MS.flatMap((lengthMs): Case[] =>
  LIVELINESS.map((liveliness) => ({
    name: `${lengthMs / 1000} s, ${liveliness} own smiles a minute`,
    lengthMs,
    liveliness,
  })),
);

const CASES: readonly Case[] = [
  ...usual,
  { name: 'resting red of 20', lengthMs: MINUTE_MS, liveliness: 3, restingRed: 20 },
  { name: 'one bad frame in a hundred', lengthMs: MINUTE_MS, liveliness: 3, badFrames: 0.01 },
  { name: 'half answer', lengthMs: MINUTE_MS, liveliness: 3, contagion: 0.5 },
];

const OPTIONS = { k: 1, happyIndex: 'peak' } as const;

const cellOf = ({ name, ...shape }: Case, row: number, { seed, replications, contacts }: Draws): NetResponseCell => {
  const all = simulateContacts({ ...shape, contacts, seed: seed + row }).map((contact): Contact => ({
    ...contact,
    curve: [],
  }));
  const { netResponse, peak, qualified } = summarizePoint('', all.map(countedContact), OPTIONS);
  const { value, low, high } = netResponse;
  const tested = all.filter((contact) => contact.qualified && contact.answerByChance !== null);
  const figure = sampled(name, tested, value ?? NaN, (own) => netResponseOf(own));
  return {
    case: name,
    lengthMs: shape.lengthMs,
    liveliness: shape.liveliness,
    contagion: shape.contagion ?? 0,
    contacts,
    qualified,
    netResponse: { value, low, high },
    literal: peak?.value ?? null,
    coverage: SIZES.map((n, column) => {
      const { coverage } = coverageOf(figure, n, replications, seed + 31 * row + column);
      return { n, coverage };
    }),
  };
};

/** Contacts of several lengths and livelinesses, in all but the last of which nobody answers the seller. */
export const netResponses = (draws: Draws): NetResponseCell[] => CASES.map((one, row) => cellOf(one, row, draws));
