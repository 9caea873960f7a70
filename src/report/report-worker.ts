import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReportRequest } from './report-request.js';

/** Cameras come first. On Linux this lowers the calling thread alone; elsewhere it would lower the whole process. */
const LOWER_PRIORITY = 10;
if (process.platform === 'linux') setPriority(LOWER_PRIORITY);

// Loading the renderers is a good part of the work, so it comes after.
const { renderReport } = await import('./report-request.js');
const rendered = await renderReport(workerData as ReportRequest);
parentPort?.postMessage(rendered);
