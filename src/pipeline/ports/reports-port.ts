import type { Rendered, ReportModel, ReportsPort } from '../../api/ports.js';
import type { HappyIndexReading } from '../../contracts/contact.js';
import type { Role } from '../../contracts/role.js';
import { Disclosure } from '../../disclosure/disclosure.js';
import type { Me1Params } from '../../contracts/me1.js';
import type { ReportRenderer } from '../../reporting/rendering/report-renderer.js';
import { comparisonFromStore } from '../../reporting/comparison/build-comparison.js';
import { contactsReport } from '../../reporting/contacts/build-contacts.js';
import { shiftSummaries } from '../../reporting/contacts/shifts.js';
import { questionsReport } from '../../reporting/questions/build-questions.js';
import { visitorsReport } from '../../reporting/visitors/build-visitors.js';
import { me1FromStore } from '../../reporting/me1/build-me1.js';
import { seriesFromStore } from '../../reporting/me1/series.js';
import { askedBy, type ReportSources } from '../../reporting/report-sources.js';

const isoDay = (ts: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(ts);

interface Covers {
  readonly periods: readonly { readonly fromTs: number; readonly toTs: number }[];
  readonly timeZone: string;
}

/** The periods that a report is about. */
const coversOf = ({ kind, model }: ReportModel): Covers => {
  if (kind === 'comparison') return { periods: [model.a.params, model.b.params], timeZone: model.a.timeZone };
  return { periods: [kind === 'me1' ? model.params : model], timeZone: model.timeZone };
};

/** `me1_2026-11-01_2026-11-07.xlsx`: the kind, the first and the last day of each period that the report covers. */
const fileNameOf = (report: ReportModel, extension: string): string => {
  const { periods, timeZone } = coversOf(report);
  const days = periods.flatMap(({ fromTs, toTs }) => [isoDay(fromTs, timeZone), isoDay(toTs - 1, timeZone)]);
  return `${[report.kind, ...days].join('_')}.${extension}`;
};

/** Rendering in a worker thread, so that a large document does not hold live frames up. */
const renderIn =
  (renderer: ReportRenderer, signal: AbortSignal | undefined): ReportsPort['render'] =>
  async (report, format, language): Promise<Rendered> => {
    const { contentType, extension, body } = await renderer.render({ report, format, lang: language }, signal);
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return { contentType, fileName: fileNameOf(report, extension), body: bytes };
  };

/**
 * Report models of past periods: the store's sums through the metrics' definitions, as far as they may be shown. Every
 * door takes them from here, so that none shows more than another.
 */
export const createReportModels = (sources: ReportSources): Omit<ReportsPort, 'render' | 'askedBy'> => {
  const { config } = sources;
  const roleOf = (id: string): Role | null => config().streams.find((stream) => stream.id === id)?.role ?? null;
  const policy = (): Disclosure => new Disclosure(config().privacy, roleOf);
  const sellersToo = <Answer>(answer: (policy: Disclosure) => Promise<Answer>): Promise<Answer> => {
    const current = policy();
    return new Promise((resolve) => {
      current.assertSellers();
      resolve(answer(current));
    });
  };
  return {
    series: async (request) => policy().series(await seriesFromStore(sources, request), request.bucketMs),
    me1: async (params, bucketMs) => policy().me1(await me1FromStore(sources, params, bucketMs)),
    comparison: (a, b) => comparisonFromStore(sources, a, b, (report) => policy().me1(report)),
    questions: async (period) => policy().questions(await questionsReport(sources, period)),
    visitors: async (request) => policy().visitors(await visitorsReport(sources, request)),
    contacts: (request) =>
      sellersToo(async (current) => {
        const report = await contactsReport(sources, request);
        return { ...report, contacts: report.contacts.map((contact) => current.contact(contact)) };
      }),
    shifts: (period) => sellersToo(() => shiftSummaries(sources, period)),
  };
};

/** The models with the renderers behind them. */
export const createReportsPort = (sources: ReportSources, renderer: ReportRenderer): ReportsPort => ({
  ...createReportModels(sources),
  render: renderIn(renderer, sources.signal),
  askedBy: (signal) => createReportsPort(askedBy(sources, signal), renderer),
});

/** The report of one kind over one period; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
export const reportModel = async (
  reports: ReturnType<typeof createReportModels>,
  kind: Exclude<ReportModel['kind'], 'comparison'>,
  request: Parameters<ReportsPort['visitors']>[0] &
    Pick<Me1Params, 'threshold' | 'smileIndex'> & { readonly happyIndex: HappyIndexReading },
): Promise<ReportModel> => {
  switch (kind) {
    case 'me1': {
      const { happyIndex: _ofContacts, ...params } = request;
      return { kind, model: await reports.me1(params, null) };
    }
    case 'questions':
      return { kind, model: await reports.questions(request) };
    case 'contacts':
      return { kind, model: await reports.contacts({ ...request, points: [], singles: false }) };
    case 'visitors':
      return { kind, model: await reports.visitors(request) };
  }
};
