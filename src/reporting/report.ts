import type { z } from 'zod';
import type { Config } from '../config/schema.js';
import type { Language } from '../contracts/language.js';
import type { Period } from '../contracts/period.js';
import type { Disclosure } from '../disclosure/disclosure.js';
import type { ReportDocument } from '../report/document.js';
import type { Asker, ReportOffer, ReportQuery } from './offer.js';
import type { ReportSources } from './report-sources.js';

/** What holds at the site when a report is asked for. */
export interface Site {
  readonly config: Config;
  readonly policy: Disclosure;
}

/** The periods that a report is about, and the zone of its days. */
export interface Covers {
  readonly periods: readonly Period[];
  readonly timeZone: string;
}

/** One report, from the question to the document: a folder of this room and a line of its registry. */
export interface Report<
  Parameters extends z.ZodRawShape = z.ZodRawShape,
  Request = unknown,
  Model = unknown,
> extends ReportOffer<Parameters, Model> {
  /** Reads a query; throws PERIOD_INVALID, STREAM_UNKNOWN or PRIVACY_REFUSED before anything is read. */
  request(query: ReportQuery<Parameters>, asker: Asker, site: Site): Request;
  /** The report from what is kept, small groups left out; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
  build(sources: ReportSources, request: NoInfer<Request>): Promise<NoInfer<Model>>;
  /** What of it may be seen here; throws PRIVACY_REFUSED where nothing may. */
  disclose(model: NoInfer<Model>, policy: Disclosure): NoInfer<Model>;
  covered(model: NoInfer<Model>): Covers;
  document(model: NoInfer<Model>, language: Language): ReportDocument;
}

/** A report whose parts fit each other, by the compiler. */
export const defineReport = <Parameters extends z.ZodRawShape, Request, Model>(
  report: Report<Parameters, Request, Model>,
): Report<Parameters, Request, Model> => report;

/** Of a report about the one period that its model names. */
export const coversItsPeriod = ({ fromTs, toTs, timeZone }: Period & Pick<Covers, 'timeZone'>): Covers => ({
  periods: [{ fromTs, toTs }],
  timeZone,
});
