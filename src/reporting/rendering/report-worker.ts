import { parentPort, workerData } from 'node:worker_threads';
import type { Rendered } from '../../report/render/rendered.js';
import type { Report } from '../report.js';
import { reportOf } from '../report-of.js';
import { renderReport } from './render-report.js';
import type { ReportRequest } from './report-request.js';

/** What a request is answered with: the file, or what was thrown. */
export type ReportAnswer = { readonly rendered: Rendered } | { readonly error: unknown };

/** What the thread is started with: the module that has the registry, since reports do not cross to it. */
export interface ReportWorkerData {
  readonly registry: string;
}

const { registry } = workerData as ReportWorkerData;
const { REPORTS } = (await import(registry)) as { readonly REPORTS: readonly Report[] };

const answer = async ({ kind, model, format, language }: ReportRequest): Promise<ReportAnswer> => {
  try {
    return { rendered: await renderReport(reportOf(REPORTS, kind), model, format, language) };
  } catch (error) {
    return { error };
  }
};

parentPort?.on('message', (request: ReportRequest) => {
  void answer(request).then((answered) => parentPort?.postMessage(answered));
});
