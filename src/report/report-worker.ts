import { parentPort, workerData } from 'node:worker_threads';
import { renderReport, type ReportRequest } from './report-request.js';

const rendered = await renderReport(workerData as ReportRequest);
parentPort?.postMessage(rendered);
