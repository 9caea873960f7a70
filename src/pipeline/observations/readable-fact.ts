import { z } from 'zod';
import type { Bilingual } from '../../contracts/bilingual.js';
import { issueInRussian } from '../configuration/issue-in-russian.js';
import { observationInput, type ObservationInput } from '../../contracts/observation.js';

/** A check on the spot has its own way in, which looks at its times and its camera. */
type ToldInput = Exclude<ObservationInput, { readonly kind: 'spot-check' }>;

const told = observationInput.options
  .filter((option) => option.shape.kind.value !== 'spot-check')
  // A misspelt field would be lost without a word.
  .map((option) => option.strict());
const strictInput = z.discriminatedUnion('kind', told as never) as unknown as z.ZodType<ToldInput>;

const LONGEST_REASON = 300;

const reasonOf = (issue: z.core.$ZodIssue | undefined): Bilingual => {
  const ru = issue === undefined ? '' : issueInRussian(issue);
  const at = issue?.path.map(String).join('.').slice(0, 100) ?? '';
  const where = at === '' ? '' : `${at}: `;
  return {
    ru: `${where}${ru}`.slice(0, LONGEST_REASON),
    en: `${where}${issue?.message ?? ''}`.slice(0, LONGEST_REASON),
  };
};

/** A fact as it was sent, or why it cannot be read. */
export type Reading = { readonly fact: ToldInput } | { readonly reason: Bilingual };

/** Reads one fact; ids are told apart without regard to case. */
export const readFact = (given: unknown): Reading => {
  const read = strictInput.safeParse(given);
  if (!read.success) return { reason: reasonOf(read.error.issues[0]) };
  return { fact: { ...read.data, id: read.data.id.toLowerCase() } };
};

const idOnly = z.looseObject({ id: z.uuid() });

/** The id of whatever was sent; null where there is none that can be read. */
export const idOf = (given: unknown): string | null => {
  const read = idOnly.safeParse(given);
  return read.success ? read.data.id.toLowerCase() : null;
};
