import type { z } from 'zod';
import { COUNTER_ROLE, FACE_ROLE_OF, type Role } from '../contracts/role.js';
import { Disclosure } from '../disclosure/disclosure.js';
import type { Asker, ReportQuery } from './offer.js';
import type { ReportSources } from './report-sources.js';
import type { Report } from './report.js';

/** The policy of this moment. */
export const policyOf = ({ config }: Pick<ReportSources, 'config'>): Disclosure => {
  const roleOf = (id: string): Role | null =>
    FACE_ROLE_OF[config().streams.find((stream) => stream.id === id)?.role ?? COUNTER_ROLE];
  return new Disclosure(config().privacy, roleOf);
};

/** The report that a request asks for, as far as it may be seen; every door takes it from here. */
export const shownReport = async <Parameters extends z.ZodRawShape, Request, Model>(
  report: Report<Parameters, Request, Model>,
  request: Request,
  sources: ReportSources,
): Promise<Model> => report.disclose(await report.build(sources, request), policyOf(sources));

/** The report that a parsed query asks for; throws what reading, building and disclosing it throw. */
export const makeReport = async (
  report: Report,
  query: ReportQuery,
  asker: Asker,
  sources: ReportSources,
): Promise<unknown> => {
  const request = report.request(query, asker, { config: sources.config(), policy: policyOf(sources) });
  return shownReport(report, request, sources);
};
