import type { SystemPort } from '../../api/ports.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { ReportSources } from './period-reports.js';
export const createPapers = (_s: ReportSources): Pick<SystemPort, 'privacyReport' | 'notice'> => ({
  privacyReport: () => Promise.reject(new EmoscopeError('NOT_FOUND', 'pending')),
  notice: () => Promise.reject(new EmoscopeError('NOT_FOUND', 'pending')),
});
