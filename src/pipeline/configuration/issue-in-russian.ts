import { z } from 'zod';

const russian = z.locales.ru().localeError;

/** The schema's sentence in Russian; the English one where there is none. */
export const issueInRussian = (issue: z.core.$ZodIssue): string => {
  const translated = russian({ ...issue, message: undefined } as never);
  return (typeof translated === 'string' ? translated : translated?.message) ?? issue.message;
};
