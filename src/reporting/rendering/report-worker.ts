import { parentPort } from 'node:worker_threads';
import type { Rendered } from '../../report/render/rendered.js';
import { renderReport, type ReportRequest } from './report-request.js';

/** What a request is answered with: the file, or what was thrown. */
export type ReportAnswer = { readonly rendered: Rendered } | { readonly error: unknown };

const answer = async (request: ReportRequest): Promise<ReportAnswer> => {
  try {
    return { rendered: await renderReport(request) };
  } catch (error) {
    return { error };
  }
};

parentPort?.on('message', (request: ReportRequest) => {
  void answer(request).then((answered) => parentPort?.postMessage(answered));
});
