import type { ComparisonReport } from '../../contracts/comparison.js';
import type { ContactsReport } from '../../contracts/contact.js';
import type { Me1Report } from '../../contracts/me1.js';
import type { QuestionsReport } from '../../contracts/questions.js';
import type { VisitorsReport } from '../../contracts/visitors.js';
import { comparisonDocument } from '../comparison/comparison-document.js';
import { contactsDocument } from '../contacts/contacts-document.js';
import type { Language } from '../../contracts/language.js';
import { me1Document } from '../me1/me1-document.js';
import { questionsDocument } from '../questions/questions-document.js';
import { renderDocument, type RenderOptions } from '../../report/render/render-document.js';
import type { Rendered, ReportFormat } from '../../report/render/rendered.js';
import { visitorsDocument } from '../visitors/visitors-document.js';

/** МЭ-1 as a file of the asked format, in Russian or English. */
export const renderMe1 = (
  report: Me1Report,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, me1Document(report, lang), format, options);

/** Two periods side by side as a file of the asked format. */
export const renderComparison = (
  report: ComparisonReport,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, comparisonDocument(report, lang), format, options);

/** The five questions as a file of the asked format. */
export const renderQuestions = (
  report: QuestionsReport,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, questionsDocument(report, lang), format, options);

/** Contacts with Happy-Index and C-Value as a file of the asked format. */
export const renderContacts = (
  report: ContactsReport,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, contactsDocument(report, lang), format, options);

/** Visitors with the cross-tab as a file of the asked format. */
export const renderVisitors = (
  report: VisitorsReport,
  format: ReportFormat,
  lang: Language,
  options?: RenderOptions,
): Promise<Rendered> => renderDocument(report, visitorsDocument(report, lang), format, options);
