import type { ContactsReport, PointSummary, ShiftSummary } from '../../contracts/contact.js';
import type { QuestionsReport } from '../../contracts/questions.js';
import type { VisitorsReport } from '../../contracts/visitors.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { ReportSources } from './period-reports.js';
const pending = <T>(_s: ReportSources, _r: object): Promise<T> =>
  Promise.reject(new EmoscopeError('NOT_FOUND', 'pending'));
export const contactsReport = pending<ContactsReport>;
export const questionsReport = pending<QuestionsReport>;
export const shiftSummaries = pending<ShiftSummary[]>;
export const visitorsReport = pending<VisitorsReport>;
export const pointSummaries = pending<PointSummary[]>;
