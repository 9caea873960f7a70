import { EmoscopeError } from '../runtime/errors.js';

/** The report of that name; throws NOT_FOUND. */
export const reportOf = <Offer extends { readonly kind: string }>(reports: readonly Offer[], kind: string): Offer => {
  const report = reports.find((one) => one.kind === kind);
  if (report === undefined) {
    throw new EmoscopeError('NOT_FOUND', {
      ru: `Отчёта «${kind}» нет.`,
      en: `No report is called "${kind}".`,
    });
  }
  return report;
};
